### Accountability: who knew what and when, who would see what.

## Chronology, Explain, Preview: the last line. Never who else, nor how many

any-others-entitled = and any others entitled

## Chronology: labels before a time

occurred = occurred
recorded = recorded
published = published
available = available
first-seen = first seen
acknowledged = acknowledged
taken-back = taken back

## Chronology: in place of the time when it was available

# The agency was told the precautions alone.
precautions-alone = precautions alone

## Explain: below an agency

removal-not-acknowledged = told to remove or replace something; hasn't acknowledged that it did

## Preview: who would see the publication, before a colon

the-chair = the chair
everybody-at-the-table = everybody at the table
the-family = the family

## Preview: at its end

who-else-must-know = Who else must know? Could be told: { $agencies }

## Escalations: the register, a line each

# The stage, by number and by who acts.
register-stage = stage { $number }: { $acts }
register-due = due by { $on }
register-near = DUE SOON, by { $on }
register-passed = PASSED, was due by { $on }
# Late: nothing moves by itself.
register-proposes = stage { $number } comes next
register-dissent = dissent on record
# Topic, how and when it ended.
register-over = over: { $how }, { $on }
register-none = No disagreement known to you.
