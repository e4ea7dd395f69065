### Tudalen un aelod o'r teulu: geiriau plaen, wedi'u cyfeirio atynt.

## Tudalen y teulu, pen

family-title = Eich cyfarfod
family-handling = I chi yn unig y mae'r dudalen hon.
family-key-note = Yr hyn y mae'r dudalen hon yn seiliedig arno: pa asiantaeth a'i dywedodd, a phryd.

## Tudalen y teulu, penawdau

going-well = Yn mynd yn dda
worries = Pryderon
agreed = Cytunwyd
who-does-what = Pwy sy'n gwneud beth
your-rights = Eich hawliau

## Tudalen y teulu, llinellau

you-asked-for = Gofynasoch am: { $what }
want-it-to-last = Rydym am i hyn bara.
tell-us-going-well = Beth sy'n mynd yn dda? Dywedwch wrthym.
why-worried = Pam: { $reason }
agreed-on = Cytunwyd ar { $on }: { $what }
agreed-by = { $what }, erbyn { $by }
what-happened = Beth ddigwyddodd? Beth fyddai'n helpu?
what-would-you-say = Beth yr hoffech i'r cyfarfod ei wybod?
you-may-disagree = Cewch anghytuno ag unrhyw beth ar y dudalen hon.
you-may-correct = Cewch ofyn am gywiro unrhyw beth arni.
you-may-bring = Cewch ddod ag eiriolwr, neu rywun i'ch cefnogi.
you-may-complain = Cewch gwyno.
contact-us = I wneud unrhyw un o'r rhain: { $contact }
interpreter-there = Bydd cyfieithydd yno: { $language }

## Crynodeb, tudalen y cadeirydd: ynghylch presenoldeb y teulu

attend-separately = Mae cam-drin domestig wedi'i gofnodi: gofynnwch i bob person, ar ei ben ei hun, a yw am fynychu ar wahân, ac i ble y gellir anfon llythyr yn ddiogel.
