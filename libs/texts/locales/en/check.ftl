### The pre-visit check. It never says that somebody, somewhere or a visit is safe.

## Pre-visit check, its statement: the first thing read, with the time of the check

check-nothing-known = No alert known to you, checked at { $at }. This does not say that a visit is safe.
check-found =
    { $count ->
        [one] 1 finding known to you, checked at { $at }.
       *[other] { $count } findings known to you, checked at { $at }.
    }
# As of another time: no evidence of what was known then.
check-as-of = As of { $then }, of what you may still see: { NUMBER($count) }. Asked at { $at }. What was taken back or corrected since is left out, so this does not say what was known to you then.
# After the statement: the findings are more than an answer may hold.
check-more = There are more than one answer holds.

## Pre-visit check, what each finding is, before a colon

check-in-force = in force
check-stale = STALE, verify again
check-reported = reported, not yet assessed
# Past the days in which somebody had to decide.
check-undecided = UNDECIDED, ask the originator
# Of a standing that this reader doesn't know.
check-ask = ask the originator

## Pre-visit check, below a finding's precautions

check-behaviour-not-told = behaviour not told to you
check-claim-alone = your involvement isn't confirmed: the precautions are all that you are told
check-review-by = review by { $on }
check-about = about: { $target }; from { $originator }, { $on }
check-date-not-told = date not told
check-on-condition = on condition: { $condition }
# A challenge to the alert that its originator has still to answer.
check-disputed = disputed, not yet answered: heed it until you know
check-reported-by = reported by: { $agencies }
check-borne-out-by = borne out by: { $agencies }
# Before the time for which a visit is planned is spoken of: daylight, working hours.
check-planned = Planned for { $at }
check-key-withdrawn = signed with a key that was withdrawn later: ask { $originator } whether it holds; heed it until you know

## Pre-visit check, what a finding is about, after "about:"

check-target-person = person
check-target-household = household
check-target-premises = premises
check-target-animal = animal
check-target-incident = incident

## Pre-visit check, at its end

check-heed-these = { check-more } Heed these, and look through the rest with `diogel view`.
check-not-heard-from = Not heard from lately, so possibly missing: { $agencies }
