### A protocol as text, with its flows.

## Protocols as text: names before a colon

protocol-host = host
protocol-processor = processor
protocol-parties = parties
protocol-lead = confirms involvement, beside the originator
protocol-kinds = kinds
protocol-groups = groups
protocol-condition = condition
protocol-purposes = purposes
protocol-bases = lawful basis
protocol-powers = powers
protocol-valid = valid from

## Protocols as text

# From whom to whom.
protocol-flow = Flow { NUMBER($number) }: { $from } → { $to }
protocol-any-party = any party
protocol-sector = sector { $sector }
protocol-validity = { $from }, to be reviewed by { $by }
protocol-reaches-back = { $validity }; reaches back to { $to }
protocol-told-of-reads = the originator is told of reads
