### Cronoleg ar gyfer adolygiad ymarfer: yr hyn sy'n hysbys i un asiantaeth am un person, yn y drefn y digwyddodd, a phwy a wyddai amdano a phryd.

## Cronoleg ar gyfer adolygiad, pen

chronology = Cronoleg
chronology-as-of = Fel yr oedd ar

## Cronoleg ar gyfer adolygiad, ei hadran gyntaf: sut i'w darllen, a beth i edrych arno

chronology-overview = Beth i edrych arno
chronology-order = Saif pob cofnod ar yr adeg y digwyddodd yr hyn y mae'n ei adrodd; lle nad oes adeg o'r fath, neu lle na ddywedir pa bryd, saif ar yr adeg y'i cofnodwyd.
chronology-seen-note = “Gwelwyd gyntaf” yw pan roddwyd rhywbeth ohono gyntaf i systemau asiantaeth, nid pan ddarllenodd rhywun ef. Am asiantaethau eraill ni ddywedir llawer wrthych: gall yr hyn nad yw'n hysbys i chi iddo gael ei weld fod wedi'i weld.
chronology-then-note = Mae'n dangos yr hyn yr oedd eich asiantaeth yn ei ddal bryd hynny, a dim mwy ohono nag y caiff eich asiantaeth ei weld yn awr.
chronology-family-note = Ni ddywedir byth wrth y teulu pwy a wyddai am beth, na phryd.
chronology-none = Nid oes cofnod yn hysbys i chi. { not-evidence }
chronology-events =
    { $count ->
        [zero] 0 cofnod sy'n hysbys i chi: { $span }
        [one] 1 cofnod sy'n hysbys i chi: { $span }
        [two] 2 gofnod sy'n hysbys i chi: { $span }
        [few] 3 chofnod sy'n hysbys i chi: { $span }
        [many] 6 chofnod sy'n hysbys i chi: { $span }
       *[other] { $count } cofnod sy'n hysbys i chi: { $span }
    }
# Unsure: "a gyhoeddwyd fwy na" (mutation of the adverb of time).
chronology-late =
    { $count ->
        [zero] 0 cofnod a gyhoeddwyd fwy na { $days } ar ôl yr hyn y mae'n ei adrodd
        [one] 1 cofnod a gyhoeddwyd fwy na { $days } ar ôl yr hyn y mae'n ei adrodd
        [two] 2 gofnod a gyhoeddwyd fwy na { $days } ar ôl yr hyn y maent yn ei adrodd
        [few] 3 chofnod a gyhoeddwyd fwy na { $days } ar ôl yr hyn y maent yn ei adrodd
        [many] 6 chofnod a gyhoeddwyd fwy na { $days } ar ôl yr hyn y maent yn ei adrodd
       *[other] { $count } cofnod a gyhoeddwyd fwy na { $days } ar ôl yr hyn y maent yn ei adrodd
    }
chronology-shared-late =
    { $count ->
        [zero] 0 cofnod na allai asiantaeth wybod amdano tan fwy na { $days } ar ôl ei gyhoeddi
        [one] 1 cofnod na allai asiantaeth wybod amdano tan fwy na { $days } ar ôl ei gyhoeddi
        [two] 2 gofnod na allai asiantaeth wybod amdanynt tan fwy na { $days } ar ôl eu cyhoeddi
        [few] 3 chofnod na allai asiantaeth wybod amdanynt tan fwy na { $days } ar ôl eu cyhoeddi
        [many] 6 chofnod na allai asiantaeth wybod amdanynt tan fwy na { $days } ar ôl eu cyhoeddi
       *[other] { $count } cofnod na allai asiantaeth wybod amdanynt tan fwy na { $days } ar ôl eu cyhoeddi
    }
chronology-late-seen =
    { $count ->
        [zero] 0 cofnod a welwyd gyntaf gan asiantaeth fwy na { $days } ar ôl iddo ddod ar gael yno
        [one] 1 cofnod a welwyd gyntaf gan asiantaeth fwy na { $days } ar ôl iddo ddod ar gael yno
        [two] 2 gofnod a welwyd gyntaf gan asiantaeth fwy na { $days } ar ôl iddynt ddod ar gael yno
        [few] 3 chofnod a welwyd gyntaf gan asiantaeth fwy na { $days } ar ôl iddynt ddod ar gael yno
        [many] 6 chofnod a welwyd gyntaf gan asiantaeth fwy na { $days } ar ôl iddynt ddod ar gael yno
       *[other] { $count } cofnod a welwyd gyntaf gan asiantaeth fwy na { $days } ar ôl iddynt ddod ar gael yno
    }
chronology-unseen =
    { $count ->
        [zero] 0 cofnod a fu ar gael i asiantaeth am fwy na { $days } ac nad yw'n hysbys i chi iddo gael ei weld yno
        [one] 1 cofnod a fu ar gael i asiantaeth am fwy na { $days } ac nad yw'n hysbys i chi iddo gael ei weld yno
        [two] 2 gofnod a fu ar gael i asiantaeth am fwy na { $days } ac nad yw'n hysbys i chi iddynt gael eu gweld yno
        [few] 3 chofnod a fu ar gael i asiantaeth am fwy na { $days } ac nad yw'n hysbys i chi iddynt gael eu gweld yno
        [many] 6 chofnod a fu ar gael i asiantaeth am fwy na { $days } ac nad yw'n hysbys i chi iddynt gael eu gweld yno
       *[other] { $count } cofnod a fu ar gael i asiantaeth am fwy na { $days } ac nad yw'n hysbys i chi iddynt gael eu gweld yno
    }
chronology-changed =
    { $count ->
        [zero] 0 cofnod wedi'i gywiro, ei gofnodi ar gam, ei ddisodli neu ei ddileu
        [one] 1 cofnod wedi'i gywiro, ei gofnodi ar gam, ei ddisodli neu ei ddileu
        [two] 2 gofnod wedi'u cywiro, eu cofnodi ar gam, eu disodli neu eu dileu
        [few] 3 chofnod wedi'u cywiro, eu cofnodi ar gam, eu disodli neu eu dileu
        [many] 6 chofnod wedi'u cywiro, eu cofnodi ar gam, eu disodli neu eu dileu
       *[other] { $count } cofnod wedi'u cywiro, eu cofnodi ar gam, eu disodli neu eu dileu
    }
chronology-gaps =
    { $count ->
        [zero] 0 cyfnod o fwy na { $days } nad yw'n hysbys i chi fod dim wedi digwydd ynddo: { $spans }
        [one] 1 cyfnod o fwy na { $days } nad yw'n hysbys i chi fod dim wedi digwydd ynddo: { $spans }
        [two] 2 gyfnod o fwy na { $days } nad yw'n hysbys i chi fod dim wedi digwydd ynddynt: { $spans }
        [few] 3 chyfnod o fwy na { $days } nad yw'n hysbys i chi fod dim wedi digwydd ynddynt: { $spans }
        [many] 6 chyfnod o fwy na { $days } nad yw'n hysbys i chi fod dim wedi digwydd ynddynt: { $spans }
       *[other] { $count } cyfnod o fwy na { $days } nad yw'n hysbys i chi fod dim wedi digwydd ynddynt: { $spans }
    }

## Cronoleg ar gyfer adolygiad, penawdau: mis, neu flwyddyn lle nad yw'r mis yn hysbys

chronology-year = Y flwyddyn { $year }, y mis heb fod yn hysbys i chi

## Cronoleg ar gyfer adolygiad, cyfnod lle nad oes dim yn hysbys

# Unsure: "nid yw'n hysbys i chi fod dim wedi digwydd": it must not be heard as knowing that nothing happened.
chronology-gap = O { $from } i { $to } ({ $days }) nid yw'n hysbys i chi fod dim wedi digwydd. Nid yw hynny'n dystiolaeth na ddigwyddodd dim.

## Cronoleg ar gyfer adolygiad, o dan gofnod: pryd y cyhoeddwyd ef

chronology-recorded = cofnodwyd ar { $on }
chronology-published = cyhoeddwyd ar { $on }
chronology-published-late = cyhoeddwyd ar { $on }, { $days } yn ddiweddarach
chronology-published-late-at-least = cyhoeddwyd ar { $on }, o leiaf { $days } yn ddiweddarach

## Cronoleg ar gyfer adolygiad, o dan gofnod: yr hyn y mae'n ei ddweud

chronology-nothing-more = nid oes mwy amdano yn hysbys i chi
chronology-erased = dinistriwyd ei gynnwys
chronology-not-repeated = ni ailadroddir yma yr hyn a ddywedai
chronology-own-account = hanes y person ei hun
chronology-concerns = ynghylch
chronology-see = gweler
chronology-conditions = amodau trin
chronology-reason = rheswm
chronology-since = ers { $on }
chronology-at-home = yng nghartref y teulu
chronology-person-seen = gwelwyd y person
chronology-person-seen-alone = gwelwyd y person ar ei ben ei hun
chronology-changed-meeting = wedi'i newid neu ei ganslo
chronology-audience-changed = newidiwyd pwy a gaiff weld cofnod
chronology-not-shared = heb ei rannu

## Cronoleg ar gyfer adolygiad, o dan gofnod: pwy a wyddai amdano a phryd

chronology-available = ar gael ers { $on }
chronology-available-late = ar gael ers { $on }, { $days } ar ôl ei gyhoeddi
chronology-seen = gwelwyd gyntaf ar { $on }
chronology-seen-late = gwelwyd gyntaf ar { $on }, { $days } ar ôl hynny
chronology-not-seen = nid yw'n hysbys i chi iddo gael ei weld
chronology-acknowledged = cydnabuwyd ar { $on }
chronology-taken-back = tynnwyd yn ôl ar { $on }

## Cronoleg ar gyfer adolygiad, y llinell amser

chronology-timeline = Beth ddigwyddodd pryd, hyd y mae'n hysbys i chi
chronology-timeline-alt = Llun o'r hyn a ddigwyddodd a phryd, { $span }: { $kinds }. Rhestrir pob un isod.

## Cronoleg ar gyfer adolygiad, troed

chronology-others = Yn hysbys i'r asiantaethau a enwir { any-others-entitled }.
chronology-holds = Mae'n cynnwys yr hyn sy'n hysbys i'w derbynnydd fel yr oedd ar { $at }. Nid oes dim yma sy'n sgôr nac yn gasgliad.

## Cronoleg fel taenlen, enwau colofnau

sheet-event = Cofnod
sheet-from = O
sheet-to = Hyd
sheet-precision = Manylder
sheet-recorded = Cofnodwyd
sheet-published = Cyhoeddwyd
sheet-agency = Asiantaeth
sheet-kind = Math
sheet-said = Yr hyn y mae'n ei ddweud
sheet-marks = Marciau
sheet-concerns = Ynghylch cofnod
sheet-known-to = Yn hysbys i
sheet-available = Ar gael ers
sheet-first-seen = Gwelwyd gyntaf
sheet-acknowledged = Cydnabuwyd
sheet-taken-back = Tynnwyd yn ôl
sheet-family = Y teulu
sheet-handling = Sut i'w drin
