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
