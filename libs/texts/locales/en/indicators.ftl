### The Board's indicators: names of tables, and what each counts.

## Indicators, names of tables

table-incidents-month = Reported incidents
table-incidents-threat = Incidents by form of threat
table-incidents-behaviour = Incidents by kind of resistance
table-incidents-harm = Incidents by harm
table-incidents-setting = Incidents by kind of place
table-incidents-directed = Incidents by at whom they were directed
table-incidents-sector = Incidents by sector of the reporting agency
table-incidents-police = Incidents by report to the police
table-incidents-corroborated = Incidents by what bears the account out
table-alerts-target = Alerts by what they are about
table-alerts-severity = Alerts by severity
table-alerts-told = Alerts by whether the person was told
table-alerts-steps = Steps taken on alerts and reports
table-escalations-topic = Escalations by topic
table-escalations-stage = Escalations by the stage at which they were raised
table-escalations-outcome = Escalations that ended, by outcome
table-contacts = Contacts by how they went
table-contacts-home = Contacts by whether they were at home
table-checks = Checks before visits, by month
table-alerts-age = Alerts by the age of the person
table-requests = Requests for information to agencies, by answer
table-board-requests = The Board's requests under section 137, by answer
table-escalations-time = Escalations that ended, by how long they took
table-lens = Agencies in contact where others reported threats
table-alerts-standing = Alerts at the end of the period
table-alerts-standing-target = Alerts at the end of the period, by what they are about
table-alerts-standing-told = Alerts at the end of the period, by whether the person was told
table-escalations-open = Escalations open at the end of the period
table-plans = Safety plans at the end of the period
table-measures = Measures of safety plans at the end of the period

## Indicators, what a table counts

counts-incidents-month = By month of publication. An incident counts once, in the month in which its report was published, unless it was entered in error before the quarter was released.
counts-incidents-threat = The forms of threat that a report names (guidance, section 2). A report may name several, so that they don't add up to the total.
counts-incidents-behaviour = The kinds of resistant behaviour that a report names (guidance, section 5.1). A report may name several.
counts-incidents-harm = The harm that was done, as the report says. Reports of no harm are wanted: threats are under-reported (guidance, section 6.3).
counts-incidents-setting = The kind of place in which it happened, or the means, as the report says. Never which place.
counts-incidents-directed = At whom the behaviour was directed. A report may name several.
counts-incidents-sector = More reports may mean better reporting, not more danger. A sector with fewer than three agencies is never shown.
counts-incidents-police = Whether the report says that the police were told when it was published.
counts-incidents-corroborated = The sources that a report names. A report may name several; the child's or adult's own account needs none.
counts-alerts-target = Alerts published, exercises and tests left out: about a person, a child under 18 when it was published, a household, premises, an animal.
counts-alerts-severity = Alerts published, by the severity that their originator gave.
counts-alerts-told = What the alert says when it is published: told, not told with a reason, or nothing said.
counts-alerts-steps = Approved, refused, renewed, ended; borne out by another agency; objections, upheld and not upheld.
counts-escalations-topic = Disagreements raised under the Board's CRISP protocol.
counts-escalations-stage = Above the first stage only where a risk is imminent.
counts-escalations-outcome = Counted in the period in which they ended. Resolved early counts too.
counts-contacts = Contacts that agencies published. Not every agency feeds its contacts: no rate is made of them unless nine in ten do.
counts-contacts-home = Contacts that agencies published, by whether they were at the person's home.
counts-checks = Pre-visit checks that were answered, by the month in which they were asked, from the log of accesses. A check isn't tied to a visit: beside contacts at home it shows whether people look before they go.
counts-alerts-age = The person's age when the alert was published, for fairness. Of households, premises and animals, and where no date of birth is given, it isn't known.
counts-requests = Each agency asked counts once for each request of the period, by its last answer before the period's end. Under a protocol; the Board's own are another table.
counts-board-requests = Social Services and Well-being (Wales) Act 2014, section 137. Each agency asked counts once for each request of the period, by its last answer before the period's end.
counts-escalations-time = Working days of England and Wales from the day after they were raised to the day they ended. Diverted ones aren't counted.
counts-lens = Of agencies that noted a contact in a case in which another agency reported threats: whether they reported any themselves in that period. A question about reporting, not about agencies (guidance, section 6.3).
counts-alerts-standing = Alerts that were neither refused, ended nor lapsed, by how they stood. Exercises and tests are left out.
counts-alerts-standing-target = People, children under 18 when the alert was published, households, premises and animals flagged.
counts-alerts-standing-told = As the alert says, or a step taken on it by the period's end.
counts-escalations-open = By the stage that they had come to.
counts-plans = Plans that had not ended, by whether their review was overdue.
counts-measures = Measures of plans that had not ended, by what had become of them.
