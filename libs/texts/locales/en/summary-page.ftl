### The meeting summary: head, foot, key, marks, and the headings of its sections.

## Summary, head of every page

title = Summary before a meeting
# Where no name may be seen.
the-person = the person of this meeting
marking = OFFICIAL-SENSITIVE
for = For
attending = Attending
purpose = Purpose
made-at = Made at
handling = Handling
handling-rule = For this recipient and this purpose only. The default is no: nothing is read out or told to the family unless the key at the end says that it may be, and never a line marked { dont-read-out }. Don't forward it. It may be disclosed to a court or on an access request.
check = Check first
birth-dates-differ = the events known to you give different dates of birth: make sure that they are about one person

## Summary, the key to the events cited, and the foot

key = Events cited
key-note = Event, agency, day of publication, and what the family may be told. A line marked { dont-read-out } stays unread whatever stands here.
only-what-is-known = It holds what is known to its recipient at that time. Nothing here is a score or a finding.
guidance = Prompts follow the Cwm Taf Morgannwg Safeguarding Board's guidance of October 2022; its review, due in October 2025, is overdue.

## Summary, after a line that says that nothing is known

not-evidence = That is not evidence of none.

## Summary, where many lines are gathered into one

besides-these = Besides these: { NUMBER($count) }, { $span }

## Summary, marks before a line, in capitals

dont-read-out = DON'T READ OUT
chair-only = CHAIR ONLY
reported-not-assessed = REPORTED, NOT YET ASSESSED
stale = STALE, VERIFY AGAIN
overdue = OVERDUE UNLESS DONE
uncorroborated = UNCONFIRMED
# A challenge to it hasn't been answered.
disputed = DISPUTED
lapsed = LAPSED
# An incident that it rests on was withdrawn.
suspended = SUSPENDED
# Reported, and nobody has decided in time.
undecided = UNDECIDED
# Of an event in a chronology: what became of it.
mark-corrected = CORRECTED
mark-entered-in-error = ENTERED IN ERROR
mark-superseded = SUPERSEDED
mark-erased = ERASED
# Of an event in a chronology: agencies learned of it late, or perhaps never.
mark-published-late = PUBLISHED LATE
mark-not-seen = NOT KNOWN TO BE SEEN

## Summary, headings of the sections

needs-heading = Language and access needs
voice-heading = The person's own voice and account
progress-heading = Progress and strengths
changes-heading = Changes not yet sustained for six months
danger-heading = Danger
hostility-heading = Hostility and resistance
exclusion-heading = Whether to exclude somebody from all or part of the meeting
unconfirmed-heading = Borne out by nobody known to you
room-heading = Who is in the room
before-the-family-heading = What each agency may say before the family
plan-heading = Plan
disagreements-heading = Disagreements (CRISP)
asks-heading = To ask the agencies
agencies-heading = Agencies that are silent, or were never asked
signs-heading = Signs in the network
since-heading = Since the last meeting
not-recorded-heading = Not recorded by anybody known to you
statutory-heading = Statutory dates
closing-heading = To close

## Summary, around every page

for-chair = FOR THE CHAIR
for-professionals = FOR PROFESSIONALS
for-family = FOR THE FAMILY
handling-short = For this recipient and purpose only; don't copy it or forward it.
# "page 1 of 2"
page = page
of = of
not-shown = □ stands for a character that the typeface of this page lacks; the text and the screen show it.

## Summary, kinds of points of the timeline

point-incident = Incident
point-alert = Alert
point-contact = Contact
point-meeting = Meeting
point-plan = Plan
point-other = Other
