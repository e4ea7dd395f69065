### Lists on the console: approvals, escalations, meetings, governance.

## Console, approvals

console-waiting = Waiting for a decision
console-waiting-what = Somebody other than who proposed it decides. After three working days a proposal is listed as undecided, without precautions.
console-reviews-due = Reviews that are due
console-objections = Objections to be answered

## Console, escalations

console-raised-by = Raised by
console-open-only = Only those that go on
console-over-too = Those that are over, too

## Console, meetings and the summary

console-meeting = Summary before a meeting
console-chaired = That your agency chairs
console-attended-meetings = That your agency attends
console-for-chair = For the chair alone
console-for-table = For everybody at the table
console-for-family = For these members of the family
console-for-family-show = Show their page
console-aloud-never = NEVER READ OUT
console-aloud-table = READ OUT ONLY WITHOUT THE FAMILY
console-aloud-family = MAY BE READ OUT TO THEM
console-family-attends = Who of the family attends
console-family-member = Member of the family
console-since-when = Mark what is new since
console-since-hint = The day on which you last looked
console-new = NEW
console-note-exclusion = Note that excluding somebody was considered

## Console, indicators

console-indicators = Indicators
console-indicators-what = What the Board counts, by quarter and year, as it may be shown.
console-table = Table
console-period = Period
console-no-period = No period has been over for ten days yet: there is nothing to show.
console-early = An exercise: released before its period was over. These are no figures of a board's.
console-headline = Total in { $period }: { $total }
console-drawing = The numbers drawn as bars
console-same-numbers = The table below has the same numbers.
console-code = Code
console-category = Category
console-count = Count, to the nearest 5
console-percent = Per cent of the total
console-total = Total
console-hidden-means = * stands for 0 to 4, for a count of fewer than three agencies or mostly of one, or for one that would give another away.
console-several = One event may count in several categories: they don't add up to the total.
console-coverage =
    { $contributing ->
        [one] Published by 1 agency of { NUMBER($agencies) }.
       *[other] Published by { $contributing } agencies of { NUMBER($agencies) }.
    }
console-reporting = More reports may mean better reporting, not more danger. No agency is ranked.
console-released = Released
console-up-to = Holds what was published up to
console-download = Download

## Console, governance

console-accesses = Who looked, and why
console-accesses-of = One of your agency's events
console-accesses-hint = Its id, as the item's page shows it; empty: what your own agency looked at
console-own-accesses = What your own agency looked at
console-outstanding = Still to be taken
console-outstanding-what = Systems that haven't acknowledged that something was corrected, narrowed or erased; emergency disclosures that the Board hasn't reviewed.
console-emergencies = Emergency disclosures
console-not-let-in = Who wasn't let in
console-not-taken = Not acknowledged by
console-acknowledge = Acknowledge
console-at = At
console-who-looked = Who
console-call = Call
console-events = Events
console-why-column = Why not
console-refused = refused
