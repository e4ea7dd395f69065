### Cwestiynau i asiantaethau: gofynion, tawelwch, arwyddion yn y rhwydwaith, ac arfer nad oes dim yn ei ateb.

## Crynodeb, adran I'w ofyn i'r asiantaethau

asks-note = Cwestiynau, nid casgliadau: am asiantaethau, byth am weithwyr.
quiet-agency = { $agency }: y cofnod diwethaf sy'n hysbys i chi: { $last }, ar ôl y bygythiad ar { $threat }; mae eraill wedi adrodd ers hynny, yn fwyaf diweddar ar { $since }. Beth fyddai'n gwneud ymweliad yn ddiogel?
no-event = { $agency }: dim cofnod yn hysbys i chi. Beth y mae'n ei wybod am fywyd bob dydd y person?

## Crynodeb, adran Asiantaethau sy'n dawel, neu na ofynnwyd iddynt erioed

agencies-note = Gall tawelwch olygu na ofynnodd neb.
agency-silent = { $agency }: yn ymwneud ers { $since }; dim cofnod yn hysbys i chi
agency-no-report = { $agency }: wedi'i gwahodd; nid oes adroddiad ar gyfer y cyfarfod yn hysbys i chi
agency-never-asked = { $agency }: nid oes dim yn hysbys i chi yn dweud y gofynnwyd iddi erioed
agency-asked = { $agency }: gofynnwyd iddi ar { $on } am ateb erbyn { $by }; nid oes ateb yn hysbys i chi
agency-answered = { $agency }: gofynnwyd iddi ar { $on }; { $answer }, { $answered }
asked-to-answer-by = i ateb erbyn { $by }

## Crynodeb, adran Arwyddion yn y rhwydwaith

signs-note = Cwestiynau gyda'u tystiolaeth, nid casgliadau: maent yn enwi asiantaethau, byth weithwyr (canllawiau, adran 7).
sign-backing-off = { $agency }: dim cyswllt yn hysbys i chi ers { $last }, ar ôl y digwyddiad ar { $incident }. Beth fyddai'n gwneud cyswllt yn ddiogel, a phwy sy'n gweld y plentyn neu'r oedolyn yn y cyfamser?
sign-service-withheld = { $agency }: gwasanaeth nad yw'n cael ei roi, ers { $since }: { $service }. A allai leihau'r risg, a beth fyddai'n caniatáu iddo barhau?
# Unsure: "cyswllt" counted, for contacts one by one.
sign-contact-withheld =
    { $count ->
        [zero] { $agency }: 0 cyswllt nas gwnaed gan yr asiantaeth ei hun, { $span }. A allai hyn leihau'r risg, a beth fyddai'n caniatáu iddo barhau?
        [one] { $agency }: 1 cyswllt nas gwnaed gan yr asiantaeth ei hun, { $span }. A allai hyn leihau'r risg, a beth fyddai'n caniatáu iddo barhau?
        [two] { $agency }: 2 gyswllt nas gwnaed gan yr asiantaeth ei hun, { $span }. A allent leihau'r risg, a beth fyddai'n caniatáu iddynt barhau?
        [few] { $agency }: 3 chyswllt nas gwnaed gan yr asiantaeth ei hun, { $span }. A allent leihau'r risg, a beth fyddai'n caniatáu iddynt barhau?
        [many] { $agency }: 6 chyswllt nas gwnaed gan yr asiantaeth ei hun, { $span }. A allent leihau'r risg, a beth fyddai'n caniatáu iddynt barhau?
       *[other] { $agency }: { $count } cyswllt nas gwnaed gan yr asiantaeth ei hun, { $span }. A allent leihau'r risg, a beth fyddai'n caniatáu iddynt barhau?
    }
sign-splitting = Adroddir am elyniaeth gan: { $reporting }. Adroddir am gyswllt heb elyniaeth gan: { $others }. A geir gelyniaeth yno heb ei hadrodd, ynteu a yw un asiantaeth yn cael ei thrin fel cynghreiriad?
sign-nearly-all-contact = { $agency }: bron y cyfan o'r cyswllt sy'n hysbys i chi, { NUMBER($count) } o { NUMBER($total) }. A yw'n cario hyn ar ei phen ei hun, ac ar ba risg iddi hi ei hun?
sign-unread-alert = { $agency }: cyrhaeddodd rhybudd ar { $delivered }, ac nid yw'n hysbys iddo gael ei ddarllen cyn yr ymweliad ar { $visit }. Sut y mae rhybuddion yn cyrraedd y sawl sy'n ymweld?
sign-plan-changed =
    { $count ->
        [zero] Ni newidiwyd y cynllun, { $span }. A yw'n dal yn glir i bawb, y teulu hefyd, pwy sy'n gwneud beth?
        [one] Newidiwyd y cynllun unwaith, { $span }. A yw'n dal yn glir i bawb, y teulu hefyd, pwy sy'n gwneud beth?
        [two] Newidiwyd y cynllun ddwywaith, { $span }. A yw'n dal yn glir i bawb, y teulu hefyd, pwy sy'n gwneud beth?
        [few] Newidiwyd y cynllun deirgwaith, { $span }. A yw'n dal yn glir i bawb, y teulu hefyd, pwy sy'n gwneud beth?
        [many] Newidiwyd y cynllun chwe gwaith, { $span }. A yw'n dal yn glir i bawb, y teulu hefyd, pwy sy'n gwneud beth?
       *[other] Newidiwyd y cynllun { $count } gwaith, { $span }. A yw'n dal yn glir i bawb, y teulu hefyd, pwy sy'n gwneud beth?
    }
sign-targeting-worker = Ymddygiad wedi'i gyfeirio at un gweithiwr: { $agency }, { NUMBER($count) } o { NUMBER($total) } o ddigwyddiadau sy'n hysbys i chi. Pa gefnogaeth sydd ar gael, a phwy sy'n mynd gyda'r gweithiwr, neu yn ei le?
sign-targeting = Ymddygiad wedi'i gyfeirio at un asiantaeth: { $agency }, { NUMBER($count) } o { NUMBER($total) } o ddigwyddiadau sy'n hysbys i chi. Beth y mae'r lleill yn ei wneud, fel nad yw'n wynebu hyn ar ei phen ei hun?

## Crynodeb, tudalen y cadeirydd: cwestiynau i'w gofyn i'r cyfarfod

chair-prompts-heading = I'r cadeirydd ei ofyn
prompt-collusion = A oes rhywun yn ochri gyda'r teulu yn erbyn asiantaethau eraill, neu'n cadw pethau rhagddynt?
prompt-appeasing = A yw pryderon yn cael eu bychanu, neu eu gadael heb eu dweud, er mwyn osgoi gwrthdaro?
prompt-blame = A yw asiantaethau'n beio ei gilydd?
prompt-hostile = A yw gelyniaeth yn cael ei hateb â gelyniaeth?
prompt-personal = A oes rhywun yn teimlo mai atynt hwy yn unig y mae wedi'i anelu? Pa gefnogaeth sydd ar gael?
prompt-out-of-sight = A yw'r plentyn neu'r oedolyn sy'n wynebu risg yn dal mewn golwg?
prompt-strategies = Os na all un asiantaeth weithio gyda'r teulu: beth a wna'r lleill, a sut?
prompt-shared = A yw pob asiantaeth yn arddel y pryderon, ac yn rhannu'r penderfyniadau?

## Crynodeb, adran Heb ei gofnodi: awgrymiadau arfer y canllawiau, adran 5

not-recorded-note = Nid oes maes yn y cofnodion sy'n hysbys i chi yn ateb y rhain; gall hanes sôn amdanynt (canllawiau, adran 5).
tip-meaning = Beth y mae'r ymddygiadau hyn yn ei olygu i ddiogelwch a llesiant y person?
tip-daily-life = Sut beth yw bywyd bob dydd, wrth fyw yn yr amgylchedd hwn, gyda'r rhieni neu'r gofalwyr hyn?
tip-impact = Beth yw'r effaith debygol, yn awr neu yn y dyfodol, o fyw yn y sefyllfa hon a phrofi'r ymddygiadau hyn?
# Unsure: "gwyliadwriaeth rewedig" for frozen watchfulness.
tip-afraid = A yw'r person i'w weld yn ofnus, neu'n dangos “gwyliadwriaeth rewedig”?
# Unsure: the idiom "cadw'r ddysgl yn wastad" for appease.
tip-appeasing = A yw'r person yn bychanu'r ymddygiad, neu'n ceisio cadw'r ddysgl yn wastad?
tip-desensitised = A yw'r person wedi cynefino â'r ymddygiad, gan ymddwyn fel pe bai'n beth arferol?
