### Publishing by hand on the console: forms, preview, receipt, steps.

## Console, report: what can be published

console-no-report = Nid galwad 999 yw hon, nac adroddiad o dan adrannau 128 neu 130 o Ddeddf Gwasanaethau Cymdeithasol a Llesiant (Cymru) 2014, nac adroddiad RIDDOR.
console-report-incident = Adrodd am ddigwyddiad
console-report-incident-what = Mae'n cymryd munud: pryd, pa fath, pa niwed. Mae popeth arall yn ddewisol.
console-report-alert = Cynnig rhybudd
console-report-alert-what = Agorwch yr adroddiad y mae'r rhybudd yn seiliedig arno, a chynigiwch y rhybudd oddi yno. Rhywun arall sy'n ei gymeradwyo.
console-report-escalation = Uwchgyfeirio anghytundeb
console-report-escalation-what = Rhwng asiantaethau, o dan brotocol CRISP y Bwrdd. Y partïon a'r Bwrdd sy'n ei weld.

## Console, report an incident: the form

console-time-hint = Gadewch yn wag os dim ond y dydd sy'n hysbys
console-threats-hint = Dewiswch bob un sy'n berthnasol
console-danger-tick = Mae pwy bynnag sy'n mynd yno nesaf mewn perygl corfforol: rhybuddiwch ar unwaith
console-precautions-until = Rhagofalon hyd nes y caiff ei asesu
console-precautions-until-hint = Dim ond gyda pherygl uniongyrchol
console-whose-behaviour = Ymddygiad pwy ydyw
console-name = Enw
console-place-words = Cyfeiriad neu ddisgrifiad
console-what-happened-hint = Beth ddigwyddodd, a beth a ddywedwyd. Dim diagnosis fel sail, dim cartref, car na theulu gweithwyr.
console-voice-hint = Mae'n cael blaenoriaeth dros bob hanes arall. Gofynnwch i'r plentyn neu'r oedolyn a yw'n ddiogel ei ddweud.
console-account = Yn eu geiriau eu hunain
console-child-nhs = Rhif GIG y plentyn neu'r oedolyn sy'n wynebu risg
console-child-local = Eich rhif achos eich hun ar gyfer y plentyn neu'r oedolyn sy'n wynebu risg
console-child-name = Enw'r plentyn neu'r oedolyn sy'n wynebu risg
console-safe-to-say = Gofynnwyd iddynt, ac mae'n ddiogel ei ddweud o flaen y teulu
console-more-to-say = Mwy y gallwch ei ddweud
console-police-reason = Pam na chafodd ei adrodd i'r heddlu
console-police-reference = Cyfeirnod yr heddlu
console-police-when = Pryd yr adroddwyd ef i'r heddlu
console-day-needed = Dywedwch ar ba ddydd y digwyddodd
console-threat-needed = Dewiswch o leiaf un math o ymddygiad
console-standing-needed = Dywedwch ai ffaith, arsylwad, honiad neu farn ydyw
console-harm-needed = Dywedwch pa niwed a wnaed, neu nad oedd dim
console-account-of-whom = Dywedwch hanes pwy ydyw: rhowch ddynodwr y plentyn neu'r oedolyn

## Console, propose an alert: the form

console-rests-on = Mae'n seiliedig ar yr adroddiad hwn
console-rests-on-needed = Mae rhybudd yn seiliedig ar adroddiad gan eich asiantaeth: agorwch yr adroddiad, a chynigiwch y rhybudd oddi yno.
console-alert-rule = Mae rhybudd yn seiliedig ar fygythiadau, trais neu anifeiliaid, byth ar ddiagnosis nac ar osgoi cyswllt. Hyd nes y bydd rhywun arall yn ei gymeradwyo, fe'i dangosir fel un a adroddwyd, heb ei asesu eto.
console-target-hint = Nid yw rhybudd am fangre byth yn nodi person
console-animal = Yr anifail, os yw am un
console-animal-below = a ddisgrifir isod
console-precaution-note = Rhagofal arall, mewn geiriau
console-review-hint = Deuddeg mis ymlaen ar y mwyaf
console-target-needed = Dywedwch am bwy neu am beth y mae
console-precaution-needed = Enwch o leiaf un rhagofal
console-choose-one = Dewiswch un

## Console, escalate a disagreement: the form

console-escalation-rule = Nid ar gyfer anghydfod mewnol un asiantaeth, ymddygiad gweithiwr proffesiynol, cwyn na chwythu'r chwiban: mae gan y rheini eu ffyrdd eu hunain. Nid yw perygl uniongyrchol yn aros am hyn.
console-concerns = Yr eitem y mae'n ymwneud â hi
console-topic-hint = Am beth rydych chi'n anghytuno
console-other-parties = Yr asiantaethau eraill sy'n anghytuno
console-disagreement-hint = Pob ochr fel y byddai'n ei roi ei hun
console-whom-about = Y plentyn neu'r oedolyn y mae'n ymwneud ag ef
console-stage-hint = Y cyntaf, oni bai bod risg ar fin digwydd
console-urgent-hint = Gofynnol uwchlaw'r cam cyntaf
console-topic-needed = Dewiswch bwnc
console-parties-needed = Dewiswch o leiaf un asiantaeth arall
console-disagreement-needed = Dywedwch beth yw'r anghytundeb

## Console, who a report is for

console-who-is-it-for = Ar gyfer pwy y mae
console-who-sees = Pwy sy'n ei weld
console-who-sees-hint = Mae'r dudalen nesaf yn dangos pwy fyddai'n gweld beth, cyn anfon dim
console-audience-default = y rhai y mae'r bwrdd wedi'u gosod at y diben hwn
console-audience-own = neb ond fy asiantaeth fy hun
console-withheld = Atal rhag
console-withheld-hint = Ni chaiff y rhain wybod amdano, beth bynnag arall a ddywedir
console-family-hint = Na yw'r rhagosodiad
console-family-reason-needed = Dywedwch pam na ddywedir wrth y teulu

## Console, before sending

console-preview-now = Edrych ar bwy fydd yn gweld beth
console-preview = Cyn i chi ei anfon
console-preview-what = Nid anfonwyd dim eto. Dyma pwy fyddai'n gweld beth.
console-preview-nobody = Ni fyddai neb ond eich asiantaeth eich hun yn ei weld.
console-anybody-else = unrhyw un arall o'r teulu
console-may-be-told = gellir dweud wrthynt amdano
console-who-else = Pwy arall y mae angen iddynt wybod?
console-who-else-what = Byddai protocol yn ei gludo i'r rhain, pe baech yn eu henwi:
console-send = Anfon
console-change = Ei newid

## Console, receipt

console-receipt = Derbyniwyd
console-replayed = Roedd wedi'i anfon o'r blaen: ni dderbyniwyd dim ddwywaith.
console-receipt-what = Cadwyd y cofnod ar ddisg eich asiantaeth eich hun, ac mae ar ei ffordd i'r lleill.
console-due-by = erbyn

## Console, taking a step

console-take-step = Cymryd y cam hwn
console-step-who = Mae eich enw'n mynd gydag ef. Mae pwy bynnag sy'n gweld yr eitem yn gweld y cam.
console-step-taken = Derbyniwyd y cam
console-step-counts = A yw'n cyfrif, yr hyb sy'n penderfynu o fewn eiliadau: agorwch yr eitem i weld sut mae'n sefyll nawr.
console-source-who = Pwy, yn ôl rôl
console-panel-hint = Nid oes unrhyw barti i'r anghytundeb yn eistedd arno
console-ground = Sail
console-extent = Graddau
console-interim = Beth sy'n diogelu'r plentyn neu'r oedolyn yn y cyfamser
console-owner = Pwy sy'n gyfrifol amdano
console-told-hint = Gadewch yn wag os na ddywedwyd wrthynt, a dywedwch pam isod
console-senior = Rwy'n penderfynu fel uwch gymeradwywr

## Ceisiadau am wybodaeth

console-kind-information = Cais am wybodaeth
console-report-request = Gofyn i asiantaethau am wybodaeth
console-report-request-what = Yn ysgrifenedig, i asiantaeth sy'n dawel neu na ofynnwyd iddi erioed. Yr asiantaethau y gofynnir iddynt sy'n ei weld.
console-request-rule = Yr asiantaethau y gofynnir iddynt sy'n gweld y cais, a neb arall. Mae pob un yn ateb yn ysgrifenedig, ac mae'r crynodeb yn dangos pa rai sydd wedi ateb.
console-asked = I bwy y gofynnir
console-asked-needed = Dewiswch o leiaf un asiantaeth
console-needed = Beth sydd ei angen, ac i ba ddiben
console-needed-hint = Fel y bydd yr asiantaeth yn ei ddarllen
console-needed-needed = Dywedwch beth sydd ei angen arnoch, ac i ba ddiben
console-answer-by = Ateb erbyn
console-by-needed = Dywedwch erbyn pryd
console-person-needed = Rhowch rif GIG, neu eich rhif achos eich hun ar gyfer y person
console-power = O dan ba bŵer
console-requests-waiting = Yn aros am ateb eich asiantaeth
