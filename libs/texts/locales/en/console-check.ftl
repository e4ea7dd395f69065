### The console's check before a visit, and finding items about somebody.

## Console, check before a visit: the form

console-check-how = Give all that you have: a person's identifiers and the premises. Only exact identifiers find anything.
console-nhs = NHS number
console-nhs-hint = Ten digits
console-uprn = UPRN of the premises
console-uprn-hint = Unique property reference number, up to twelve digits
console-local = Your own case number
console-local-hint = As your agency's case system has it
console-upn = Unique pupil number
console-upn-hint = A letter and twelve characters
console-planned = When the visit is planned
console-planned-hint = Optional: it brings reminders of daylight and working hours
console-day = Day
console-time = Time
console-check-now = Check
console-identifier-needed = Give at least one identifier
console-day-wrong = The day isn't a date: use the calendar, or YYYY-MM-DD
console-time-wrong = The time isn't a time of day: write 14:05

## Console, check before a visit: the answer

console-checked = What is known to you
console-check-another = Check another
console-finding = Take these precautions
console-finding-without = Danger reported, no precautions named
console-open-item = Open the item
console-reminders = To remember
console-more-findings = There are more findings than one answer holds: ask again with fewer identifiers.
console-searched = Searched for
console-check-note = I have taken note
console-check-note-what = It is written down that you did. Whoever reported is told of it as of a read.
console-check-noted = Taken down
console-check-noted-what = That you have taken note was written down at

## Console, items about a person or premises

console-about = Items about a person or premises
console-about-what = Find items about a person or premises
console-about-another = Find about another
console-about-how = By exact identifiers. They stand in no address and no history.
console-find = Find
