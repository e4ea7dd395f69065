### Protocol fel testun, gyda'i lifoedd.

## Protocolau fel testun: enwau o flaen colon

protocol-host = lletywr
protocol-processor = prosesydd
protocol-parties = partïon
protocol-lead = yn cadarnhau ymwneud, yn ogystal â'r tarddwr
protocol-kinds = mathau
protocol-groups = grwpiau
protocol-condition = amod
protocol-purposes = dibenion
protocol-bases = sail gyfreithlon
protocol-powers = pwerau
protocol-valid = dilys o

## Protocolau fel testun

protocol-flow = Llif { NUMBER($number) }: { $from } → { $to }
protocol-any-party = unrhyw barti
protocol-sector = sector: { $sector }
protocol-validity = { $from }, i'w adolygu erbyn { $by }
protocol-reaches-back = { $validity }; yn cyrraedd yn ôl i { $to }
protocol-told-of-reads = dywedir wrth y tarddwr am ddarllen
