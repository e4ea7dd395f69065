### Atebolrwydd: pwy a wyddai beth a phryd, pwy fyddai'n gweld beth.

## Cronoleg, Egluro, Rhagolwg: y llinell olaf

any-others-entitled = ac unrhyw rai eraill sydd â hawl

## Cronoleg: labeli o flaen amser

occurred = digwyddodd
recorded = cofnodwyd
published = cyhoeddwyd
available = ar gael
first-seen = gwelwyd gyntaf
acknowledged = cydnabuwyd
taken-back = tynnwyd yn ôl

## Cronoleg: yn lle'r amser pan oedd ar gael

precautions-alone = rhagofalon yn unig

## Egluro: o dan asiantaeth

removal-not-acknowledged = dywedwyd wrthi am dynnu neu ddisodli rhywbeth; nid yw wedi cydnabod iddi wneud hynny

## Rhagolwg: pwy a welai'r cyhoeddiad, o flaen colon

the-chair = y cadeirydd
everybody-at-the-table = pawb o amgylch y bwrdd
the-family = y teulu

## Rhagolwg: ar ei ddiwedd

who-else-must-know = Pwy arall y mae angen iddynt wybod? Gellid dweud wrth: { $agencies }

## Uwchgyfeiriadau: y gofrestr, llinell yr un

register-stage = cam { $number }: { $acts }
register-due = erbyn { $on }
register-near = YN FUAN, erbyn { $on }
register-passed = WEDI MYND HEIBIO, erbyn { $on }
register-proposes = cam { $number } sydd nesaf
register-dissent = anghytundeb wedi'i gofnodi
register-over = drosodd: { $how }, { $on }
register-none = Dim anghytundeb sy'n hysbys i chi.
