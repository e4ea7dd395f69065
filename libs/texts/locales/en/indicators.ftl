### The Board's indicators: names of tables, and what each counts.

## Indicators, names of tables

table-incidents-month = Reported incidents
table-incidents-threat = Incidents by form of threat
table-incidents-behaviour = Incidents by kind of resistance
table-incidents-harm = Incidents by harm
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

## Indicators, what a table counts

counts-incidents-month = By month of publication. An incident counts once, in the month in which its report was published, unless it was entered in error before the quarter was released.
counts-incidents-threat = The forms of threat that a report names (guidance, section 2). A report may name several, so that they don't add up to the total.
counts-incidents-behaviour = The kinds of resistant behaviour that a report names (guidance, section 5.1). A report may name several.
counts-incidents-harm = The harm that was done, as the report says. Reports of no harm are wanted: threats are under-reported (guidance, section 6.3).
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
