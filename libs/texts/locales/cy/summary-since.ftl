### Beth sydd wedi newid ers y cyfarfod diwethaf, a dyddiadau statudol.

## Crynodeb, adran Ers y cyfarfod diwethaf

last-meeting = Y cyfarfod diwethaf: { $on }
no-last-meeting = Nid oes cyfarfod cynharach yn hysbys i chi.
nothing-since = Nid oes cofnod ers hynny yn hysbys i chi.
since-incidents =
    { $count ->
        [zero] 0 digwyddiad newydd
        [one] 1 digwyddiad newydd
        [two] 2 ddigwyddiad newydd
        [few] 3 digwyddiad newydd
        [many] 6 digwyddiad newydd
       *[other] { $count } digwyddiad newydd
    }
since-alerts =
    { $count ->
        [zero] 0 rhybudd newydd
        [one] 1 rhybudd newydd
        [two] 2 rybudd newydd
        [few] 3 rhybudd newydd
        [many] 6 rhybudd newydd
       *[other] { $count } rhybudd newydd
    }
since-alerts-ended =
    { $count ->
        [zero] 0 rhybudd wedi dod i ben
        [one] 1 rhybudd wedi dod i ben
        [two] 2 rybudd wedi dod i ben
        [few] 3 rhybudd wedi dod i ben
        [many] 6 rhybudd wedi dod i ben
       *[other] { $count } rhybudd wedi dod i ben
    }
since-corrected =
    { $count ->
        [zero] 0 cofnod wedi'i gywiro neu ei dynnu'n ôl
        [one] 1 cofnod wedi'i gywiro neu ei dynnu'n ôl
        [two] 2 gofnod wedi'u cywiro neu eu tynnu'n ôl
        [few] 3 chofnod wedi'u cywiro neu eu tynnu'n ôl
        [many] 6 chofnod wedi'u cywiro neu eu tynnu'n ôl
       *[other] { $count } cofnod wedi'u cywiro neu eu tynnu'n ôl
    }
since-measures-done =
    { $count ->
        [zero] 0 mesur wedi'i wneud
        [one] 1 mesur wedi'i wneud
        [two] 2 fesur wedi'u gwneud
        [few] 3 mesur wedi'u gwneud
        [many] 6 mesur wedi'u gwneud
       *[other] { $count } mesur wedi'u gwneud
    }
since-measures-overdue =
    { $count ->
        [zero] 0 mesur yn hwyr
        [one] 1 mesur yn hwyr
        [two] 2 fesur yn hwyr
        [few] 3 mesur yn hwyr
        [many] 6 mesur yn hwyr
       *[other] { $count } mesur yn hwyr
    }

## Crynodeb, adran Dyddiadau statudol

date-by = { $what }: erbyn { $by }
date-met = { $what }: erbyn { $by }, cyflawnwyd ar { $on }
date-late = { $what }: erbyn { $by }, cynhaliwyd yn hwyr, ar { $on }
date-passed = { $what }: i fod erbyn { $by }; nid oes dim yn hysbys i chi yn dweud iddo ddigwydd
date-last-working-day = { $what }: erbyn { $by }; y diwrnod gwaith olaf cyn hynny: { $day }
date-provisional = dros dro: nid yw gwyliau banc y flwyddyn honno wedi'u rhestru eto
dates-if = { $meeting } (os dyna oedd y cyfarfod ar { $on }): { $dates }
