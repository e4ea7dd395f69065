### Receipts: what every agency's system is answered.

## Every receipt, in both languages one after the other

not-a-report = This is not an emergency call (999), not a report under s128/s130 of the Social Services and Well-being (Wales) Act 2014, and not a RIDDOR report.
