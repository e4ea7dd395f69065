### Danger: alerts, reports that nobody has assessed, and what became of them.

## Summary, section Danger

# Nothing to show. Never say that a visit is safe.
no-danger = No alert and no report of danger is known to you. Checked: { $at }. { not-evidence }
# Alerts or reports of danger were known, and none of them counts now.
none-in-force = No alert in force and no open report of danger is known to you. Checked: { $at }. { not-evidence }
# A label before a name.
about-person = about
# A label before a description of the place.
about-household = about a household
about-premises = about premises
about-animal = about an animal
precautions = precautions
provisional-precautions = provisional precautions
decided-on = decided
not-decided = proposed, not decided
review-by = review by
review-was-due = review was due
told-on = those concerned were told
not-told = those concerned were not told
told-unknown = not known to you whether those concerned were told
danger-reported = danger reported
no-decision-known = no decision on an alert is known to you. Was one approved or refused, and why?

## Summary, section Danger: what became of an alert or a report

# Challenged; the challenge is answered within a month.
disputed-since = disputed since { $since }; to be answered by { $by }
disputed-unanswered = disputed since { $since }; an answer was due by { $by }
# Past its review date, for three months at most.
lapses-on = lapses on { $on } unless it is assessed afresh
lapsed-on = lapsed on { $on }; its account is gone from here, and renewing it takes a fresh assessment
# The incident that it rests on was withdrawn.
suspended-on = suspended on { $on }: an incident that it rests on was withdrawn
undecided-since = reported { $reported }; nobody had decided by { $by }
refused-on = an alert was refused on { $on }; reason: { $reason }
