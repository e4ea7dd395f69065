### Y cynllun, anghytundebau, a'r cwestiynau i gloi.

## Crynodeb, adran Cynllun

plan-note = Nid yw'r cofnodion hyn yn dweud a gyflawnwyd mesur: gofynnwch i'r sawl sy'n gyfrifol.
no-plan = Nid oes mesur yn hysbys i chi. Beth sydd wedi'i gytuno, gan bwy ac erbyn pryd?
no-owner = neb wedi'i enwi'n gyfrifol
due-on = erbyn { $on }
no-due-date = dim dyddiad wedi'i bennu
earlier-measures = Mesurau y mae eu dyddiad wedi mynd heibio ers mwy o amser: { NUMBER($count) }; { $owners }
measure-done = gwnaed: { $on }
plan-review-by = cynllun i'w adolygu erbyn { $by }
plan-review-overdue = roedd y cynllun i'w adolygu erbyn { $by }

## Crynodeb, adran Anghytundebau

stage = cam { NUMBER($number) }
protect-by = diogelu erbyn { $at }
time-has-passed = mae'r amser hwnnw wedi mynd heibio
no-escalation = Nid oes uwchgyfeiriad yn hysbys i chi.

## Crynodeb, adran Anghytundebau: clociau

stage-due = i'w ddatrys erbyn { $by }
stage-near = i'w ddatrys cyn hir, erbyn { $by }
stage-passed = roedd i'w ddatrys erbyn { $by }: mae oedi'n cynnig y cam nesaf, ac nid yw'n symud dim ohono'i hun
next-stage = y cam nesaf: { $stage }
# Unsure: "trefniant diogelu dros dro" for interim protective position.
interim-position = trefniant diogelu dros dro: { $what }; yn gyfrifol: { $owner }
dissent-recorded = mae anghytundeb wedi'i gofnodi
resolved-early = datryswyd yn gynnar
diverted-to = nid ar gyfer CRISP; mae'n perthyn i: { $to }
child-safety-stays = mae'r hyn sy'n ymwneud â diogelwch y plentyn yn aros yma

## Crynodeb, adran I gloi

close-enough = A oes digon o wybodaeth ar gyfer asesiad o anghenion, neu a ellir ei chasglu?
close-effective = A yw'r cynllun yn diogelu'r person yn effeithiol?
close-if-not = Os na: CRISP, neu gyngor cyfreithiol drwy'r asiantaeth sy'n arwain y cynllun? Tasg pwy, erbyn pryd?
close-family = Beth a rennir gyda'r teulu, sut, gan bwy a phryd?
answered = Wrth gau'r cyfarfod diwethaf, { $on }: { $answer }
answer-enough = digon o wybodaeth
answer-not-enough = dim digon o wybodaeth
answer-effective = effeithiol
answer-not-effective = ddim yn effeithiol
close-worried = Beth yr ydym yn poeni amdano, pam, i beth y gallai arwain yn awr neu'n ddiweddarach, a beth fyddai'n lleihau'r risg?
close-measures = Beth y mae'n rhaid ei roi ar waith i gadw pawb yn ddiogel, gweithwyr hefyd? Pwy fydd yn ei wneud, ac erbyn pryd?
close-roles = A yw'r cynllun yn hysbys i bob asiantaeth ac i'r teulu, gan ddweud pwy sy'n gwneud beth?
close-who-else = Pwy arall y mae angen iddynt wybod?
legal-advice = gofynnwyd am gyngor cyfreithiol: { $owner }, erbyn { $by }
told-to-family = dywedwyd wrth y teulu: { $what }; sut: { $how }; gan: { $who }; ar: { $on }
not-yet-told = heb ei wneud eto
