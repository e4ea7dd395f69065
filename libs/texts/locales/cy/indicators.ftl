### The Board's indicators: names of tables, and what each counts.

## Indicators, names of tables

table-incidents-month = Adroddiadau o ddigwyddiadau
table-incidents-threat = Digwyddiadau yn ôl math o fygythiad
table-incidents-behaviour = Digwyddiadau yn ôl math o wrthwynebiad
table-incidents-harm = Digwyddiadau yn ôl niwed
table-incidents-setting = Digwyddiadau yn ôl math o le
table-incidents-directed = Digwyddiadau yn ôl at bwy y'u cyfeiriwyd
table-incidents-sector = Digwyddiadau yn ôl sector yr asiantaeth a adroddodd
table-incidents-police = Digwyddiadau yn ôl adrodd i'r heddlu
table-incidents-corroborated = Digwyddiadau yn ôl beth sy'n ategu'r hanes
table-alerts-target = Rhybuddion yn ôl am beth y maent
table-alerts-severity = Rhybuddion yn ôl difrifoldeb
table-alerts-told = Rhybuddion yn ôl a ddywedwyd wrth y person
table-alerts-steps = Camau a gymerwyd ar rybuddion ac adroddiadau
table-escalations-topic = Uwchgyfeiriadau yn ôl pwnc
table-escalations-stage = Uwchgyfeiriadau yn ôl y cam y'u codwyd arno
table-escalations-outcome = Uwchgyfeiriadau a ddaeth i ben, yn ôl canlyniad
table-contacts = Cysylltiadau yn ôl sut yr aethant
table-contacts-home = Cysylltiadau yn ôl a oeddent yn y cartref
table-checks = Gwiriadau cyn ymweliadau, fesul mis
table-alerts-age = Rhybuddion yn ôl oedran y person
table-requests = Ceisiadau am wybodaeth i asiantaethau, yn ôl ateb
table-board-requests = Ceisiadau'r Bwrdd o dan adran 137, yn ôl ateb
table-escalations-time = Uwchgyfeiriadau a ddaeth i ben, yn ôl faint o amser a gymerwyd
table-lens = Asiantaethau mewn cyswllt lle adroddodd eraill am fygythiadau
table-alerts-standing = Rhybuddion ar ddiwedd y cyfnod
table-alerts-standing-target = Rhybuddion ar ddiwedd y cyfnod, yn ôl am beth y maent
table-alerts-standing-told = Rhybuddion ar ddiwedd y cyfnod, yn ôl a ddywedwyd wrth y person
table-escalations-open = Uwchgyfeiriadau agored ar ddiwedd y cyfnod
table-plans = Cynlluniau diogelwch ar ddiwedd y cyfnod
table-measures = Mesurau cynlluniau diogelwch ar ddiwedd y cyfnod

## Indicators, what a table counts

counts-incidents-month = Yn ôl mis cyhoeddi. Mae digwyddiad yn cyfrif unwaith, yn y mis y cyhoeddwyd ei adroddiad, oni bai iddo gael ei gofnodi ar gam cyn rhyddhau'r chwarter.
counts-incidents-threat = Y mathau o fygythiad y mae adroddiad yn eu henwi (canllawiau, adran 2). Gall adroddiad enwi sawl un, felly nid ydynt yn gwneud y cyfanswm.
counts-incidents-behaviour = Y mathau o ymddygiad gwrthwynebus y mae adroddiad yn eu henwi (canllawiau, adran 5.1). Gall adroddiad enwi sawl un.
counts-incidents-harm = Y niwed a wnaed, fel y dywed yr adroddiad. Mae angen adroddiadau heb niwed: nid adroddir digon am fygythiadau (canllawiau, adran 6.3).
counts-incidents-setting = Y math o le y digwyddodd ynddo, neu'r modd, fel y dywed yr adroddiad. Byth pa le yn union.
counts-incidents-directed = At bwy y cyfeiriwyd yr ymddygiad. Gall adroddiad enwi sawl un.
counts-incidents-sector = Gall mwy o adroddiadau olygu adrodd gwell, nid mwy o berygl. Ni ddangosir sector â llai na thair asiantaeth byth.
counts-incidents-police = A yw'r adroddiad yn dweud bod yr heddlu wedi cael gwybod pan gyhoeddwyd ef.
counts-incidents-corroborated = Y ffynonellau y mae adroddiad yn eu henwi. Gall adroddiad enwi sawl un; nid oes angen yr un ar hanes y plentyn neu'r oedolyn ei hun.
counts-alerts-target = Rhybuddion a gyhoeddwyd, heb ymarferion a phrofion: am berson, plentyn dan 18 pan gyhoeddwyd y rhybudd, aelwyd, mangre, anifail.
counts-alerts-severity = Rhybuddion a gyhoeddwyd, yn ôl y difrifoldeb a roddodd eu tarddwr.
counts-alerts-told = Beth mae'r rhybudd yn ei ddweud pan gyhoeddir ef: dywedwyd, heb ddweud gyda rheswm, neu heb ei nodi.
counts-alerts-steps = Cymeradwywyd, gwrthodwyd, adnewyddwyd, daeth i ben; ategwyd gan asiantaeth arall; gwrthwynebiadau, a gadarnhawyd ac na chadarnhawyd.
counts-escalations-topic = Anghytundebau a godwyd o dan brotocol CRISP y Bwrdd.
counts-escalations-stage = Uwchlaw'r cam cyntaf dim ond lle mae risg ar fin digwydd.
counts-escalations-outcome = Cyfrifir yn y cyfnod y daethant i ben. Mae datrys yn gynnar yn cyfrif hefyd.
counts-contacts = Cysylltiadau a gyhoeddwyd gan asiantaethau. Nid yw pob asiantaeth yn bwydo ei chysylltiadau: ni wneir cyfradd ohonynt oni bai bod naw o bob deg yn gwneud.
counts-contacts-home = Cysylltiadau a gyhoeddwyd gan asiantaethau, yn ôl a oeddent yng nghartref y person.
counts-checks = Gwiriadau cyn ymweliad a atebwyd, yn ôl y mis y gofynnwyd amdanynt, o'r cofnod mynediad. Nid yw gwiriad ynghlwm wrth ymweliad: ochr yn ochr â chysylltiadau yn y cartref, mae'n dangos a yw pobl yn edrych cyn mynd.
# Unsure: "er mwyn tegwch" for "for fairness": counted so that unfairness by age can be seen.
counts-alerts-age = Oedran y person pan gyhoeddwyd y rhybudd, er mwyn tegwch. Yn achos aelwydydd, mangreoedd ac anifeiliaid, a lle na roddwyd dyddiad geni, nid yw'n hysbys.
counts-requests = Mae pob asiantaeth y gofynnwyd iddi yn cyfrif unwaith am bob cais yn y cyfnod, yn ôl ei hateb diwethaf cyn diwedd y cyfnod. Ceisiadau o dan brotocol: mae ceisiadau'r Bwrdd ei hun mewn tabl arall.
counts-board-requests = Deddf Gwasanaethau Cymdeithasol a Llesiant (Cymru) 2014, adran 137. Mae pob asiantaeth y gofynnwyd iddi yn cyfrif unwaith am bob cais yn y cyfnod, yn ôl ei hateb diwethaf cyn diwedd y cyfnod.
counts-escalations-time = Diwrnodau gwaith Cymru a Lloegr o'r diwrnod ar ôl eu codi hyd y diwrnod y daethant i ben. Ni chyfrifir y rhai a gyfeiriwyd i'r lle priodol.
counts-lens = O blith asiantaethau a nododd gyswllt mewn achos lle adroddodd asiantaeth arall am fygythiadau: a wnaethant hwythau adrodd am fygythiadau yn y cyfnod hwnnw. Cwestiwn am adrodd, nid am asiantaethau (canllawiau, adran 6.3).
counts-alerts-standing = Rhybuddion nad oeddent wedi'u gwrthod nac wedi dod i ben (gan gynnwys dod i ben heb eu hadolygu), yn ôl sut yr oeddent yn sefyll. Heb ymarferion a phrofion.
counts-alerts-standing-target = Pobl, plant dan 18 pan gyhoeddwyd y rhybudd, aelwydydd, mangreoedd ac anifeiliaid yr oedd rhybudd amdanynt.
counts-alerts-standing-told = Fel y dywed y rhybudd, neu gam a gymerwyd arno erbyn diwedd y cyfnod.
counts-escalations-open = Yn ôl y cam yr oeddent wedi'i gyrraedd.
counts-plans = Cynlluniau nad oeddent wedi dod i ben, yn ôl a oedd eu hadolygiad yn hwyr.
counts-measures = Mesurau cynlluniau nad oeddent wedi dod i ben, yn ôl yr hyn a ddaeth ohonynt.
