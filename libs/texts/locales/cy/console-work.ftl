### Lists on the console: approvals, escalations, meetings, governance.

## Console, approvals

console-waiting = Yn aros am benderfyniad
console-waiting-what = Rhywun heblaw'r sawl a'i cynigiodd sy'n penderfynu. Ar ôl tri diwrnod gwaith rhestrir cynnig fel un heb ei benderfynu, heb ragofalon.
console-reviews-due = Adolygiadau sy'n ddyledus
console-reviews-what = Rhybuddion y mae eu hadolygiad wedi mynd heibio, sydd wedi dod i ben ers hynny, neu sydd wedi'u hatal dros dro. Mae asesiad o'r newydd yn adnewyddu rhybudd, neu daw'r rhybudd i ben.
console-objections = Gwrthwynebiadau i'w hateb
console-objections-what = Mae'r person yn gwrthwynebu rhybudd, neu'n gofyn am gyfyngiad. Mae'r rhybudd yn aros fel y mae nes i chi ateb.
console-further = Tudalen nesaf

## Console, escalations

console-raised-by = Codwyd gan
console-open-only = Dim ond y rhai sy'n parhau
console-over-too = Y rhai sydd ar ben hefyd

## Console, meetings and the summary

console-meeting = Crynodeb cyn cyfarfod
console-chaired = Cyfarfodydd y mae eich asiantaeth yn eu cadeirio
console-attended-meetings = Cyfarfodydd y mae eich asiantaeth yn eu mynychu
console-for-chair = I'r cadeirydd yn unig
console-for-table = I bawb wrth y bwrdd
console-for-family = I'r aelodau hyn o'r teulu
console-for-family-show = Dangos eu tudalen
console-aloud-never = PEIDIWCH BYTH Â'I DDARLLEN YN UCHEL
console-aloud-table = DIM OND PAN NAD YW'R TEULU'N BRESENNOL Y GELLIR EI DDARLLEN YN UCHEL
console-aloud-family = GELLIR EI DDARLLEN YN UCHEL IDDYNT
console-family-attends = Pwy o'r teulu sy'n bresennol
console-family-member = Aelod o'r teulu
console-since-when = Nodi beth sy'n newydd ers
console-since-hint = Y dydd yr edrychoch ddiwethaf
console-new = NEWYDD
console-note-exclusion = Nodi yr ystyriwyd eithrio rhywun

## Console, indicators

console-indicators = Dangosyddion
console-indicators-what = Yr hyn y mae'r Bwrdd yn ei gyfrif, yn ôl chwarter a blwyddyn, fel y gellir ei ddangos.
console-table = Tabl
console-period = Cyfnod
console-no-period = Nid oes unrhyw gyfnod wedi bod ar ben ers deg diwrnod eto: nid oes dim i'w ddangos.
console-early = Ymarfer: rhyddhawyd cyn i'w gyfnod ddod i ben. Nid ffigurau bwrdd mo'r rhain.
console-headline = Cyfanswm yn { $period }: { $total }
console-drawing = Y rhifau wedi'u llunio fel barrau
console-same-numbers = Mae'r un rhifau yn y tabl isod.
console-code = Cod
console-category = Categori
console-count = Cyfrif, i'r 5 agosaf
console-percent = Y cant o'r cyfanswm
console-total = Cyfanswm
console-hidden-means = Mae * yn sefyll am 0 i 4, am nifer gan lai na thair asiantaeth neu'n bennaf gan un asiantaeth, neu am nifer a fyddai'n datgelu nifer arall.
console-several = Gall un cofnod gyfrif mewn sawl categori: nid ydynt yn gwneud y cyfanswm.
console-coverage =
    { $contributing ->
        [zero] Ni chyhoeddodd yr un asiantaeth o { NUMBER($agencies) } ddim.
        [one] Cyhoeddwyd gan 1 asiantaeth o { NUMBER($agencies) }.
        [two] Cyhoeddwyd gan 2 asiantaeth o { NUMBER($agencies) }.
        [few] Cyhoeddwyd gan 3 asiantaeth o { NUMBER($agencies) }.
        [many] Cyhoeddwyd gan 6 asiantaeth o { NUMBER($agencies) }.
       *[other] Cyhoeddwyd gan { $contributing } asiantaeth o { NUMBER($agencies) }.
    }
console-reporting = Gall mwy o adroddiadau olygu adrodd gwell, nid mwy o berygl. Ni osodir asiantaethau mewn trefn restrol.
console-released = Rhyddhawyd
console-up-to = Yn cynnwys yr hyn a gyhoeddwyd hyd at
console-download = Lawrlwytho

## Console, governance

console-accesses = Pwy edrychodd, a pham
console-accesses-of = Un o gofnodion eich asiantaeth
console-accesses-hint = Ei ddynodwr, fel y mae tudalen yr eitem yn ei ddangos; gwag: yr hyn yr edrychodd eich asiantaeth eich hun arno
console-own-accesses = Yr hyn yr edrychodd eich asiantaeth eich hun arno
console-outstanding = Eto i'w dderbyn
console-outstanding-what = Systemau nad ydynt wedi cydnabod bod rhywbeth wedi'i gywiro, ei gulhau neu ei ddileu; datgeliadau brys nad yw'r Bwrdd wedi'u hadolygu.
console-emergencies = Datgeliadau brys
console-not-let-in = Pwy na chafodd fynediad
console-not-taken = Heb ei gydnabod gan
console-acknowledge = Cydnabod
console-at = Pryd
console-who-looked = Pwy
console-call = Galwad
console-events = Cofnodion
console-why-column = Pam ddim
console-refused = gwrthodwyd

## Cau cyfarfod

console-close-meeting = Cau'r cyfarfod
console-attended-hint = Heblaw eich asiantaeth chi, sy'n cadeirio
console-reported = Adroddwyd yn ysgrifenedig gan
console-next-hint = Gofynnol os 'na' yw un o'r atebion. Peidiwch byth â rhoi cynnwys cyngor cyfreithiol.
console-next-what = CRISP, neu gyngor cyfreithiol
console-family-is-told = Yr hyn a ddywedir wrth y teulu
console-family-who = Pwy, yn ôl rôl
console-family-what = Beth
console-family-how = Sut
console-family-by = Gan bwy, yn ôl rôl
console-family-on = Dywedwyd wrthynt ar
console-family-on-hint = Gadewch yn wag os yw hyn i'w wneud o hyd
console-since-looked = Nodir fel newydd: yr hyn a ddaeth ers i chi edrych yma ddiwethaf
console-first-look = Rydych yn edrych yma am y tro cyntaf: nid oes dim wedi'i nodi fel newydd.

## Dangosyddion: mathau o dabl, y gyfradd, yr adroddiad blynyddol

console-nature-published = Cyhoeddwyd yn y cyfnod
# Unsure: "came to something": what became of things in the period (answers, endings), against what was published or stood.
console-nature-became = Yr hyn a ddaeth ohonynt yn y cyfnod
console-nature-stood = Y sefyllfa ar ddiwedd y cyfnod
console-rate = Adroddiadau fesul cant o gysylltiadau
console-rate-checks = Gwiriadau fesul cant o gysylltiadau yn y cartref
console-rate-not-covered = dim: daeth llai na naw o bob deg ohonynt oddi wrth asiantaethau sy'n cyhoeddi eu cysylltiadau
console-rate-hidden = dim: byddai'n seiliedig ar ffigurau cudd, neu ar lai na 50 o gysylltiadau
console-annual = Drafft o'r adroddiad blynyddol
console-annual-what = Ffigurau'r hyb o dan benawdau'r adroddiad blynyddol (Deddf Gwasanaethau Cymdeithasol a Llesiant (Cymru) 2014, adran 136; Rheoliadau Byrddau Diogelu (Cyffredinol) (Cymru) 2015). Pob un fel y'i rhyddhawyd, gyda'r hyn y mae'n ei gyfrif.
console-annual-to-write = Nid yw'r hyb yn cadw dim ar gyfer y pennawd hwn: y Bwrdd sydd i ysgrifennu'r rhan hon.
console-annual-members = Aelodau'r Bwrdd
console-annual-actions = Yr hyn a wnaed i gyflawni pob canlyniad
console-annual-plan = I ba raddau y gweithredwyd y cynllun blynyddol
console-annual-collaborated = Cydweithio ag eraill
console-annual-requests = Ceisiadau o dan adran 137, ac a gydymffurfiwyd â hwy
console-annual-achieved = Yr hyn a gyflawnwyd
console-annual-contributed = I ba raddau y cyfrannodd pob partner
console-annual-resources = Sut y defnyddiwyd adnoddau
# Unsure: this and the other headings are not compared with the Welsh text of the 2015 Regulations; theirs should be taken.
console-annual-themes = Themâu sylfaenol
console-annual-took-part = Sut y cymerodd plant ac oedolion ran
console-annual-orders = Gorchmynion amddiffyn a chynorthwyo oedolion
console-annual-learning = Dysgu a hyfforddiant
console-annual-advice = Cyngor Gweinidogion Cymru a'r Bwrdd Cenedlaethol

## Rhedeg yr hyb

# Unsure: "Rhedeg yr hyb" (running the hub) for Operations, as in console-problem-do; "Gweithrediadau"?
console-operations = Rhedeg yr hyb
console-operations-what = Cadwyn pob asiantaeth, beth sy'n aros, pa dystysgrifau sy'n dod i ben yn fuan.
# Unsure: ordered and folded: put in the one order of all events, but not yet worked into what people see; "prosesu" for fold.
console-not-folded = Cofnodion mewn trefn, heb eu prosesu eto
console-version = Fersiwn
console-chains = Cadwyni'r asiantaethau
console-chain-state = Cyflwr
# Unsure: "cyfnod" for epoch (a new one begins when a journal is restored); it is also the period of indicators. "dyddlyfr" for journal.
console-admitted = Derbyniwyd hyd at (cyfnod/rhif)
console-in-journal = Yn ei dyddlyfr (cyfnod/rhif)
console-heard-at = Clywyd ganddi ddiwethaf
console-heard-to = Cyflawn hyd at
# Unsure: "yr hyb" for the projection, the hub's service that works out what each agency sees.
console-chain-unknown = heb glywed ganddi ers i'r hyb gychwyn
console-chain-complete = cyflawn
console-chain-behind = ar ei hôl hi, ac yn symud
console-chain-gap = mae rhywbeth ar goll, a gofynnwyd amdano eto
console-chain-forked = wedi stopio: mae dau gofnod gwahanol yn hawlio'r un lle. Rhaid i'r Bwrdd benderfynu.
console-chain-rolled-back = adferwyd ei dyddlyfr o gopi, ac nid yw'n cynnwys popeth a dderbyniwyd
console-chain-not-registered = nid yw'r Bwrdd yn adnabod yr asiantaeth
console-chain-silent = tawel
console-chain-resending = gofynnwyd iddi anfon eto
console-chain-suspended = wedi'i hatal dros dro gan y Bwrdd
console-chain-key-withdrawn = tynnwyd ei hallwedd yn ôl
console-unresolved = Cofnodion nad ydynt yn cyfrif eto
console-unresolved-what = Yn aros: mae'n cyfeirio at gofnod arall nad yw yma eto. Mewn cwarantin: nid yw'r fersiwn hon yn ei ddeall, ac nid oes neb yn ei weld.
console-parked = Yn aros
console-quarantined = Mewn cwarantin
console-ends = Tystysgrifau
console-certificate = Tystysgrif yr hyb
console-revocation-list = Rhestr o dystysgrifau a ddirymwyd
console-ends-soon = Yn dod i ben yn fuan

## Protocolau

console-protocols = Protocolau rhannu gwybodaeth
console-protocols-adopted = Protocolau a fabwysiadwyd gan y Bwrdd
console-protocol = Protocol
console-valid-from = Dilys o
console-review-by = I'w adolygu erbyn
console-flows = Llifoedd
console-signed = Wedi llofnodi
console-not-signed = Heb lofnodi
console-protocol-ended = Daeth i ben
console-review-passed = Dyddiad adolygu wedi mynd heibio: nid yw'n agor dim newydd
console-review-soon = I'w adolygu'n fuan
console-try = Beth fyddai fersiwn arall yn ei wneud?
console-protocol-file = Ffeil y protocol
console-protocol-file-hint = Fel y byddai'n cael ei fabwysiadu, gyda rhif y fersiwn nesaf. Gall fod yn ddrafft. Ni chedwir dim.
console-protocol-needed = Gludwch ffeil y protocol
console-try-now = Rhoi cynnig arno
console-tried = Yr hyn y byddai'n ei ehangu, a'r hyn y byddai'n ei gulhau
console-tried-at = Y sefyllfa ar
console-looked-at = Cofnodion yr edrychwyd arnynt
console-looked-at-latest = Y rhai diweddaraf; mae rhagor.
console-tried-nothing = Ni fyddai'n newid dim o'r hyn a rennir heddiw.
console-tried-small = I'r Bwrdd, dros bob cofnod: dangosir llai na 5, neu gan ry ychydig o asiantaethau, fel *, a'r lleill i'r 5 agosaf. I asiantaeth: ei chofnodion ei hun.
console-tried-mistakes = Mae gwallau yn y ffeil, ac ni ellir ei darllen: ni roddwyd cynnig ar ddim.
console-findings = Canlyniad gwirio'r ffeil
console-recipient = Derbynnydd
console-all-recipients = Pob derbynnydd
console-widened = Byddai'n cael mwy
console-narrowed = Byddai'n cael llai

## Cronoleg person, a chais gwrthrych am wybodaeth

console-chronology = Cronoleg person
console-chronology-what = Y cyfan y caiff eich asiantaeth ei weld am rywun, yn y drefn y digwyddodd, a phwy a wyddai amdano a phryd. Ar gyfer adolygiad ymarfer; byth ar gyfer y teulu.
console-subject-access = Cais gwrthrych am wybodaeth: rhestr waith
console-subject-access-what = Y cofnodion am rywun sy'n gofyn am yr hyn a gedwir amdanynt. Mae gennych un mis (Erthygl 12(3) o GDPR y DU).
console-subject-access-rule = Mae pob asiantaeth yn rheoli'r hyn a gyhoeddodd: hi sy'n penderfynu beth a roddir i'r person. Awgrymiadau yw'r cwestiynau, yn ôl yr hyn y mae eitem yn ei gynnwys; nid ydynt yn penderfynu dim.
console-exemptions = I'w ystyried cyn ei roi i'r person
console-ask-controller = Asiantaeth arall sy'n ei reoli: gofynnwch i'r tarddwr
console-exempt-third-parties = Yn enwi pobl eraill: Deddf Diogelu Data 2018, Atodlen 2, paragraff 16
console-exempt-crime = Trosedd: a fyddai'n niweidio ymchwiliad? Deddf Diogelu Data 2018, Atodlen 2, paragraff 2
console-exempt-serious-harm = A fyddai'n achosi niwed difrifol i rywun? Deddf Diogelu Data 2018, Atodlen 3 (iechyd, gwaith cymdeithasol, addysg)
console-exempt-voice = Yn cynnwys yr hyn a ddywedodd y plentyn neu'r oedolyn sy'n wynebu risg: a ddywedwyd hynny'n gyfrinachol? Deddf Diogelu Data 2018, Atodlen 3, paragraff 11
console-exempt-place = Yn dweud ble mae rhywun: a allai hynny arwain at ddod o hyd iddynt?
console-exempt-family = Mae ei darddwr wedi dweud nad yw'r teulu i gael gwybod
console-no-prompt = Dim, yn ôl yr hyn y mae'n ei gynnwys
console-ask-originator = Gofyn i'r tarddwr yn ysgrifenedig
console-originators-answer = Ateb y tarddwr
console-given-out = Rhoddwyd i'r person
console-more-than-list = Mae mwy nag y gall y rhestr hon ei ddal: defnyddiwch Chronology dros gRPC, sy'n rhoi'r ateb fesul tudalen.
console-chronology-account = Beth ddigwyddodd, a phwy a wyddai
console-all-parties = Pob parti, yr olaf ar
