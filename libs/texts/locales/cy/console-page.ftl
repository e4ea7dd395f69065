### What frames every page of the console: places to go, who is signed in, what went wrong.

## Console, every page

console-skip = Neidio i'r cynnwys
console-navigation = Lleoedd i fynd iddynt
console-this-language = Cymraeg
console-sign-out = Allgofnodi
console-signed-in-as = Wedi mewngofnodi fel
console-marking = SWYDDOGOL-SENSITIF (OFFICIAL-SENSITIVE). Caewch y dudalen ar ôl ei darllen.
console-footer = Yr hyn a welwch yw'r hyn y caiff eich asiantaeth ei weld yn awr. Cofnodir bob tro yr edrychwch, gyda'ch enw a'ch diben. Mewn argyfwng, ffoniwch 999.
console-warning = Rhybudd
console-errors = Mae problem
console-error = Gwall
console-yes = ie
console-no = na
console-nothing = dim byd
console-nothing-here = Dim byd yma.
console-show = Dangos
console-newest = Diweddaraf
console-older = Hŷn
console-more-than-looked = Mae mwy nag yr edrychwyd drwyddynt.
console-any-others = Ac unrhyw rai eraill sydd â hawl: ni enwir yma y rhai na chewch wybod amdanynt.

## Console, places to go, and what each is for

console-home = Dechrau
console-check = Gwirio cyn ymweliad
console-check-what = Rhagofalon ar gyfer person neu fangre, yn ôl dynodwyr union.
console-report = Adrodd
console-report-what = Dweud wrth asiantaethau eraill am ddigwyddiad, cynnig rhybudd, uwchgyfeirio anghytundeb.
console-approvals = Cymeradwyo
console-approvals-what = Rhybuddion sy'n aros am eich penderfyniad, ac adolygiadau sy'n ddyledus.
console-items = Eitemau
console-items-what = Yr hyn sydd gan eich asiantaeth, y diweddaraf yn gyntaf, a pham.
console-escalations = Uwchgyfeiriadau
console-escalations-what = Anghytundebau: cam, tro pwy, erbyn pryd.
console-meetings = Cyfarfodydd
console-meetings-what = Eich cyfarfodydd, a'r crynodeb cyn pob un.
console-governance = Llywodraethu
console-governance-what = Pwy welodd beth, a pham; beth sydd eto i'w dderbyn neu ei adolygu.

## Console, why somebody looks

console-purpose = Diben
console-purpose-heading = Pam rydych chi'n edrych
console-purpose-what = Mae protocolau rhannu gwybodaeth yn caniatáu llifoedd at rai dibenion. Cofnodir yr hyn a ddywedwch yma gyda phopeth a agorwch.
console-not-said = heb ei ddweud
console-purpose-set = Gosod y diben

## Console, signing in and out

console-sign-in = Mewngofnodi
console-sign-in-again = Mewngofnodi eto
console-choose-what = Arddangosiad yw hwn. Mae pawb yma wedi'u dyfeisio; dewiswch pwy i fod.
console-choose-caption = Pobl a ddyfeisiwyd
console-person = Person
console-agency = Asiantaeth
console-roles = Rolau
console-signed-out = Rydych wedi allgofnodi
console-signed-out-what = Ni chedwir dim o'r hyn a welsoch yn y porwr hwn.
console-role-practitioner = ymarferydd
console-role-approver = yn cymeradwyo rhybuddion
console-role-chair = yn cadeirio cyfarfodydd
console-role-analyst = dadansoddwr
console-role-governance = llywodraethu gwybodaeth
console-role-operator = gweithredwr

## Console, when it didn't work: what, and what to do

console-problem = Aeth rhywbeth o'i le
console-problem-what = Ni allai'r hyb ateb. Ni dderbyniwyd dim a anfonwyd gennych yn rhannol yn unig.
console-problem-do = Rhowch gynnig arall arni. Os bydd yn parhau, dywedwch wrth bwy bynnag sy'n rhedeg yr hyb.
console-not-found = Heb ei ganfod
console-not-found-what = Nid oes y fath beth, neu nid yw i'ch asiantaeth ei weld: yr un yw'r ateb.
console-not-found-do = Gwiriwch y cyfeiriad, neu ewch yn ôl i'r rhestr.
console-forbidden = Nid ar gyfer eich rôl chi
console-forbidden-what = Nid yw eich rolau'n agor y dudalen hon.
console-forbidden-do = Os dylent, gofynnwch i bwy bynnag sy'n rhoi rolau yn eich asiantaeth.
console-not-signed-in = Nid ydych wedi mewngofnodi
console-not-signed-in-what = Ni weithiodd y mewngofnodi, neu mae ar ben.
console-not-signed-in-do = Mewngofnodwch eto. Rhaid anfon eto yr hyn yr oeddech wedi'i lenwi.
console-busy = Ddim ar gael nawr
console-busy-what = Ni all yr hyb brofi nawr y byddai ei ateb yn gyflawn, felly nid yw'n rhoi un.
console-busy-do = Rhowch gynnig arall arni ymhen ychydig eiliadau. Cyn ymweliad, peidiwch â chymryd hyn fel ateb: gofynnwch dros y ffôn.
console-bad-request = Ni ellir gofyn hynny fel hyn
console-bad-request-what = Gwrthododd gwasanaeth yr hyn y gofynnodd y dudalen amdano.
console-bad-request-do = Ewch yn ôl, a dechreuwch eto o'r rhestr.
console-to-the-start = I'r dechrau
