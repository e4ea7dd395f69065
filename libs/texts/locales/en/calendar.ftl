### Long dates and times. Short dates are never used: the two languages order and abbreviate them differently.

## Dates, everywhere: names of months, in long dates

january = January
february = February
march = March
april = April
may = May
june = June
july = July
august = August
september = September
october = October
november = November
december = December

## Dates, everywhere

# A day.
long-date = { NUMBER($day) } { $month } { $year }
# A month, where the day isn't known.
long-month = { $month } { $year }
# A day with a time, as clocks in Wales show it: 09:30.
long-moment = { $date }, { $time }
# From one date to another.
interval = { $from } – { $to }

## Lengths of time and counts, everywhere

count-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
count-working-days =
    { $count ->
        [one] 1 working day
       *[other] { $count } working days
    }
count-weeks =
    { $count ->
        [one] 1 week
       *[other] { $count } weeks
    }
count-months =
    { $count ->
        [one] 1 month
       *[other] { $count } months
    }
count-years =
    { $count ->
        [one] 1 year
       *[other] { $count } years
    }
count-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
