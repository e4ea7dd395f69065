### Incidents, their trend, and what nobody bears out.

## Summary, section Hostility and resistance: headings within it

threats = Threats and violence
confrontation = Confrontation
keeping-away = Avoidance and other resistance

## Summary, section Hostility and resistance: labels before a value

behaviour-of = behaviour of
directed-at = directed at
reported-as = reported as
borne-out-by = borne out by
extent = extent
kind-of-place = kind of place

## Summary, section Hostility and resistance

prevents-task = keeps the agency from its task
no-incident = No incident is known to you. { not-evidence }
none-at-the-person = No report known to you says that it was directed at a child or adult at risk. { not-evidence }
# Counts by month, then one of the three comparisons with its two counts, the last three months first.
trend = Reports of threats, violence or confrontation known to you, last six months: { $months }. { $comparison }: { NUMBER($late) }, { NUMBER($early) }. More reports may mean better reporting; fewer may mean fewer visits or less reporting.
trend-more = More in the last three months than in the three before
trend-fewer = Fewer in the last three months than in the three before
trend-same = As many in the last three months as in the three before

## Summary, section Borne out by nobody known to you

unconfirmed-note = Check what parents or carers say with others (guidance, section 4). The account of a child or adult at risk is never listed here.
key-withdrawn = signed with a key that was withdrawn later. Ask the agency whether it holds before you rely on it.
who-can-confirm = Who else knows of it?
