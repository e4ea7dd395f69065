### Y crynodeb cyn cyfarfod: pen, troed, allwedd, marciau, a phenawdau'r adrannau.

## Crynodeb, pen pob tudalen

title = Crynodeb cyn cyfarfod
the-person = y person dan sylw
marking = SWYDDOGOL-SENSITIF (OFFICIAL-SENSITIVE)
for = Ar gyfer
attending = Yn mynychu
purpose = Diben
made-at = Lluniwyd
handling = Sut i'w drin
handling-rule = Ar gyfer y derbynnydd hwn a'r diben hwn yn unig. Na yw'r ateb diofyn: ni ddarllenir dim yn uchel ac ni ddywedir dim wrth y teulu oni bai bod yr allwedd ar y diwedd yn dweud y gellir, ac ni ddarllenir byth linell â'r marc { dont-read-out }. Peidiwch â'i anfon ymlaen. Gellir ei ddatgelu i lys neu mewn ymateb i gais am fynediad.
check = Gwiriwch yn gyntaf
birth-dates-differ = mae'r cofnodion sy'n hysbys i chi yn rhoi dyddiadau geni gwahanol: gwnewch yn siŵr mai am yr un person y maent

## Crynodeb, yr allwedd i'r cofnodion a ddyfynnir, a'r troed

key = Cofnodion a ddyfynnir
key-note = Cofnod, asiantaeth, diwrnod cyhoeddi, a'r hyn y gellir ei ddweud wrth y teulu. Ni ddarllenir llinell â'r marc { dont-read-out }, beth bynnag a ddywedir yma.
only-what-is-known = Mae'n cynnwys yr hyn sy'n hysbys i'w dderbynnydd ar yr adeg honno. Nid oes dim yma sy'n sgôr nac yn gasgliad.
guidance = Mae'r awgrymiadau'n dilyn canllawiau Bwrdd Diogelu Cwm Taf Morgannwg, Hydref 2022; mae eu hadolygiad, a oedd i fod ym mis Hydref 2025, yn hwyr.

## Crynodeb, ar ôl llinell sy'n dweud nad oes dim yn hysbys

not-evidence = Nid yw hynny'n dystiolaeth nad oes dim.

## Crynodeb, lle y cesglir llawer o linellau yn un

besides-these = Yn ogystal â'r rhain: { NUMBER($count) }, { $span }

## Crynodeb, marciau o flaen llinell, mewn priflythrennau

dont-read-out = PEIDIWCH Â DARLLEN YN UCHEL
chair-only = I'R CADEIRYDD YN UNIG
reported-not-assessed = WEDI'I ADRODD, HEB EI ASESU ETO
stale = WEDI DYDDIO, GWIRIWCH ETO
overdue = YN HWYR ONI BAI EI FOD WEDI'I WNEUD
uncorroborated = HEB EI GADARNHAU
# Unsure: "herio" (challenge) for what English calls disputed; "mewn anghydfod" seemed to say a quarrel.
disputed = WEDI'I HERIO
lapsed = WEDI DOD I BEN HEB EI ADOLYGU
suspended = WEDI'I ATAL DROS DRO
undecided = HEB EI BENDERFYNU
mark-corrected = WEDI'I GYWIRO
mark-entered-in-error = COFNODWYD AR GAM
mark-superseded = WEDI'I DDISODLI
mark-erased = WEDI'I DDILEU
mark-published-late = CYHOEDDWYD YN HWYR
# Unsure: "ni wyddys iddo gael ei weld" for "not known to be seen".
mark-not-seen = NI WYDDYS IDDO GAEL EI WELD

## Crynodeb, penawdau'r adrannau

needs-heading = Anghenion iaith a hygyrchedd
# Unsure: "hanes" for the person's own account, everywhere; it may be heard as "history". "Disgrifiad", "yr hyn a ddywedodd"?
voice-heading = Llais a hanes y person ei hun
progress-heading = Cynnydd a chryfderau
changes-heading = Newidiadau sydd heb eu cynnal am chwe mis eto
danger-heading = Perygl
hostility-heading = Gelyniaeth a gwrthwynebiad
exclusion-heading = A ddylid eithrio rhywun o'r cyfarfod cyfan neu o ran ohono
unconfirmed-heading = Heb ei ategu gan neb sy'n hysbys i chi
room-heading = Pwy sydd yn yr ystafell
before-the-family-heading = Yr hyn y caiff pob asiantaeth ei ddweud o flaen y teulu
plan-heading = Cynllun
disagreements-heading = Anghytundebau (CRISP)
asks-heading = I'w ofyn i'r asiantaethau
agencies-heading = Asiantaethau sy'n dawel, neu na ofynnwyd iddynt erioed
signs-heading = Arwyddion yn y rhwydwaith
since-heading = Ers y cyfarfod diwethaf
not-recorded-heading = Heb ei gofnodi gan neb sy'n hysbys i chi
statutory-heading = Dyddiadau statudol
closing-heading = I gloi

## Summary, around every page

for-chair = I'R CADEIRYDD
for-professionals = I WEITHWYR PROFFESIYNOL
for-family = I'R TEULU
handling-short = Ar gyfer y derbynnydd a'r diben hwn yn unig; peidiwch â'i gopïo na'i anfon ymlaen.
page = tudalen
of = o
not-shown = Mae □ yn sefyll am nod nad yw ar gael yn wyneb-deip y dudalen hon; mae'r testun a'r sgrin yn ei ddangos.

## Summary, kinds of points of the timeline

point-incident = Digwyddiad
point-alert = Rhybudd
point-contact = Cyswllt
point-meeting = Cyfarfod
point-plan = Cynllun
point-other = Arall
