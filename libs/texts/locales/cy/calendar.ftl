### Dyddiadau ac amserau hir. Ni ddefnyddir dyddiadau byr byth.

## Dyddiadau ym mhobman: enwau'r misoedd

january = Ionawr
february = Chwefror
march = Mawrth
april = Ebrill
may = Mai
june = Mehefin
july = Gorffennaf
august = Awst
september = Medi
october = Hydref
november = Tachwedd
december = Rhagfyr

## Dyddiadau ym mhobman

long-date = { NUMBER($day) } { $month } { $year }
long-month = { $month } { $year }
long-moment = { $date }, { $time }
interval = { $from } – { $to }

## Hyd amser a chyfrif, ym mhobman

# Unsure: with digits, "5 diwrnod" is written here as CLDR has it, not the spoken nasal mutation "pum niwrnod".
count-days =
    { $count ->
        [zero] 0 diwrnod
        [one] 1 diwrnod
        [two] 2 ddiwrnod
        [few] 3 diwrnod
        [many] 6 diwrnod
       *[other] { $count } diwrnod
    }
count-working-days =
    { $count ->
        [zero] 0 diwrnod gwaith
        [one] 1 diwrnod gwaith
        [two] 2 ddiwrnod gwaith
        [few] 3 diwrnod gwaith
        [many] 6 diwrnod gwaith
       *[other] { $count } diwrnod gwaith
    }
count-weeks =
    { $count ->
        [zero] 0 wythnos
        [one] 1 wythnos
        [two] 2 wythnos
        [few] 3 wythnos
        [many] 6 wythnos
       *[other] { $count } wythnos
    }
count-months =
    { $count ->
        [zero] 0 mis
        [one] 1 mis
        [two] 2 fis
        [few] 3 mis
        [many] 6 mis
       *[other] { $count } mis
    }
# Unsure: 4 takes "blynedd" (pedair blynedd), which CLDR's categories don't know; so do numbers ending in 13, 14, 16, left as CLDR has them.
count-years =
    { $count ->
        [4] 4 blynedd
        [zero] 0 mlynedd
        [one] 1 flwyddyn
        [two] 2 flynedd
        [few] 3 blynedd
        [many] 6 blynedd
       *[other] { $count } mlynedd
    }
count-hours =
    { $count ->
        [zero] 0 awr
        [one] 1 awr
        [two] 2 awr
        [few] 3 awr
        [many] 6 awr
       *[other] { $count } awr
    }
