### A chronology for a practice review: what is known to one agency about one person, in the order in which it occurred, and who knew of it when.

## Chronology for a review, head

chronology = Chronology
# Before a time: what was known then, not what is known now.
chronology-as-of = As of

## Chronology for a review, its first section: how to read it, and what to look at

chronology-overview = What to look at
chronology-order = Each event stands when it occurred; where it has no such time, or it isn't told, when it was recorded.
# About "first seen" and "not known to you to have been seen" in the lines.
chronology-seen-note = First seen is when an agency's systems were first given something of it, not when somebody read it. Of other agencies much isn't told to you: what isn't known to you to have been seen may have been seen.
chronology-then-note = It shows what your agency held at that time, and no more of it than your agency may see now.
chronology-family-note = Who knew of what, and when, is never told to the family.
chronology-none = No event is known to you. { not-evidence }
chronology-events =
    { $count ->
        [one] 1 event known to you: { $span }
       *[other] { $count } events known to you: { $span }
    }
chronology-late =
    { $count ->
        [one] 1 event published more than { $days } after what it reports
       *[other] { $count } events published more than { $days } after what they report
    }
chronology-shared-late =
    { $count ->
        [one] 1 event that an agency could know of only more than { $days } after it was published
       *[other] { $count } events that an agency could know of only more than { $days } after they were published
    }
chronology-late-seen =
    { $count ->
        [one] 1 event first seen by an agency more than { $days } after it was available there
       *[other] { $count } events first seen by an agency more than { $days } after they were available there
    }
chronology-unseen =
    { $count ->
        [one] 1 event available to an agency for more than { $days } and not known to you to have been seen there
       *[other] { $count } events available to an agency for more than { $days } and not known to you to have been seen there
    }
chronology-changed =
    { $count ->
        [one] 1 event corrected, entered in error, superseded or erased
       *[other] { $count } events corrected, entered in error, superseded or erased
    }
chronology-gaps =
    { $count ->
        [one] 1 stretch of more than { $days } in which nothing is known to you to have happened: { $spans }
       *[other] { $count } stretches of more than { $days } in which nothing is known to you to have happened: { $spans }
    }

## Chronology for a review, headings: a month, or where that isn't known a year

chronology-year = The year { $year }, month not known to you

## Chronology for a review, a stretch in which nothing is known

chronology-gap = From { $from } to { $to } ({ $days }) nothing is known to you to have happened. That is not evidence that nothing did.

## Chronology for a review, below an event: when it was published

chronology-recorded = recorded on { $on }
chronology-published = published on { $on }
# Later than what it reports.
chronology-published-late = published on { $on }, { $days } later
# Later than what it reports, of which the day isn't known.
chronology-published-late-at-least = published on { $on }, at least { $days } later

## Chronology for a review, below an event: what it says

# That it exists is all that its reader may see.
chronology-nothing-more = nothing more of it is known to you
chronology-erased = its content was destroyed
# What was entered in error may be about somebody else.
chronology-not-repeated = what it said isn't repeated here
# Before a quotation.
chronology-own-account = the person's own account
# Before the event that a step or a correction is about.
chronology-concerns = about
# Before the event that took its place, or says that it was entered in error.
chronology-see = see
# Before the originator's conditions, in quotation marks: they bind whoever has anything of the event.
chronology-conditions = conditions of handling
# Before a quotation.
chronology-reason = reason
chronology-since = since { $on }
chronology-at-home = at the family's home
chronology-person-seen = the person was seen
chronology-person-seen-alone = the person was seen alone
chronology-changed-meeting = changed or cancelled
chronology-audience-changed = who may see an event was changed
chronology-not-shared = not shared

## Chronology for a review, below an event: who knew of it when. After the agency's name and a colon

chronology-available = available since { $on }
chronology-available-late = available since { $on }, { $days } after it was published
chronology-seen = first seen on { $on }
chronology-seen-late = first seen on { $on }, { $days } after that
# Never, or it isn't told.
chronology-not-seen = not known to you to have been seen
chronology-acknowledged = acknowledged on { $on }
chronology-taken-back = taken back on { $on }

## Chronology for a review, the timeline

chronology-timeline = What occurred when, as far as is known to you
# What a reader who doesn't see the drawing has to know of it: from when to when, and how many of each kind.
chronology-timeline-alt = A drawing of what occurred when, { $span }: { $kinds }. Each is listed below.

## Chronology for a review, foot

chronology-others = Known to the agencies named { any-others-entitled }.
chronology-holds = It holds what is known to its recipient as of { $at }. Nothing here is a score or a finding.

## Chronology as a spreadsheet, names of columns

sheet-event = Event
sheet-from = From
sheet-to = To
sheet-precision = Precision
sheet-recorded = Recorded
sheet-published = Published
sheet-agency = Agency
sheet-kind = Kind
sheet-said = What it says
sheet-marks = Marks
sheet-concerns = About event
sheet-known-to = Known to
sheet-available = Available since
sheet-first-seen = First seen
sheet-acknowledged = Acknowledged
sheet-taken-back = Taken back
sheet-family = Family
sheet-handling = Handling
