### What changed since the last meeting, and statutory dates.

## Summary, section Since the last meeting

last-meeting = Last meeting: { $on }
no-last-meeting = No earlier meeting is known to you.
nothing-since = No event since then is known to you.
since-incidents =
    { $count ->
        [one] 1 new incident
       *[other] { $count } new incidents
    }
since-alerts =
    { $count ->
        [one] 1 new alert
       *[other] { $count } new alerts
    }
since-alerts-ended =
    { $count ->
        [one] 1 alert ended
       *[other] { $count } alerts ended
    }
since-corrected =
    { $count ->
        [one] 1 event corrected or taken back
       *[other] { $count } events corrected or taken back
    }
since-measures-done =
    { $count ->
        [one] 1 measure done
       *[other] { $count } measures done
    }
since-measures-overdue =
    { $count ->
        [one] 1 measure overdue
       *[other] { $count } measures overdue
    }

## Summary, section Statutory dates: what is due, in the words of its code, and by when

date-by = { $what }: by { $by }
date-met = { $what }: by { $by }, met on { $on }
date-late = { $what }: by { $by }, held late, on { $on }
# It may have taken place elsewhere: only that nothing is known.
date-passed = { $what }: was to be by { $by }; nothing known to you says that it took place
date-last-working-day = { $what }: by { $by }; last working day before: { $day }
# The list of bank holidays ends before the date.
date-provisional = provisional: bank holidays for that year aren't listed yet
# What kind of meeting the last one was isn't recorded: the dates that would follow, after "the initial conference".
dates-if = { $meeting } (if that was the meeting of { $on }): { $dates }
