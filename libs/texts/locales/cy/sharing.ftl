### Pwy sy'n cael beth o gofnod, a pham nad mwy.

## Egluro, Rhagolwg: pam y mae derbynnydd yn cael grŵp, neu beidio

# Unsure: "tarddwr" for originator, everywhere.
why-originator = cofnod y derbynnydd ei hun ydyw
why-flow = wedi'i ganiatáu, ac mae'r llif a nodir yn ei gario
why-emergency = wedi'i ddatgelu gan y tarddwr mewn argyfwng, y tu hwnt i'r protocolau
why-not-an-active-agency = nid yw'r Bwrdd yn adnabod yr asiantaeth, neu mae wedi'i hatal
why-originator-only = mae'r tarddwr yn ei gadw iddo'i hun
why-not-granted = ni wnaeth y tarddwr ei ganiatáu
why-withheld = mae'r tarddwr yn ei atal rhag yr asiantaeth hon
why-narrowed = mae'r tarddwr wedi'i dynnu'n ôl
why-withdrawn = mae'r tarddwr wedi'i dynnu'n ôl oddi wrth bawb
why-expired = mae'r amser a bennodd y tarddwr ar ben
why-no-flow = nid oes llif mewn protocol rhwng y ddwy sy'n ei gario
why-not-signed = byddai llif yn ei gario, ond nid yw un o'r ddwy wedi llofnodi'r protocol
why-not-valid-then = byddai llif yn ei gario, ond nid oedd yn ddilys pan gyhoeddwyd ef
why-review-over = byddai llif yn ei gario, ond roedd cyfnod ei adolygiad ar ben pan ganiataodd y tarddwr ef
why-not-reached = nid yw fersiwn bresennol y protocol yn cyrraedd yn ôl ato
why-not-involved = mae llif yn ei gario i asiantaethau sy'n ymwneud â'r person
why-claim-not-confirmed = nid yw ymwneud yr asiantaeth wedi'i gadarnhau: dim ond rhagofalon y mae'n eu hagor
why-not-attending = mae llif yn ei gario i asiantaethau sy'n mynychu'r cyfarfod

## Cronoleg, protocolau fel testun: y grwpiau y rhennir y cynnwys iddynt

group-existence = bodolaeth
group-safety = diogelwch
group-identity = pwy yw'r bobl
group-narrative = yr hanes
group-place = lleoliad
group-worker = y gweithiwr
group-reporter = pwy a adroddodd
group-voice = llais y plentyn neu'r oedolyn
group-health = iechyd
group-criminal = materion troseddol
group-plan = y cynllun
group-dispute = anghytundeb
group-precautions = rhagofalon
group-topic = pwnc

## Protocolau fel testun: i ba raddau y mae protocol wedi dod

status-draft = drafft
status-for-signature = i'w lofnodi

## Protocolau fel testun: yr hyn y mae'n rhaid iddo fod yn wir am yr asiantaeth sy'n derbyn

condition-any = dim y tu hwnt i ganiatâd y tarddwr
condition-involved = yn ymwneud â'r person, ac wedi'i gadarnhau
condition-attending = yn mynychu'r cyfarfod am y person
