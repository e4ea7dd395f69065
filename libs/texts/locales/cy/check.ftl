### Y gwiriad cyn ymweliad. Nid yw byth yn dweud bod rhywun, rhywle neu ymweliad yn ddiogel.

## Gwiriad cyn ymweliad, ei ddatganiad

check-nothing-known = Nid oes rhybudd yn hysbys i chi, gwiriwyd: { $at }. Nid yw hyn yn dweud bod ymweliad yn ddiogel.
check-found =
    { $count ->
        [zero] 0 canfyddiad sy'n hysbys i chi, gwiriwyd: { $at }.
        [one] 1 canfyddiad sy'n hysbys i chi, gwiriwyd: { $at }.
        [two] 2 ganfyddiad sy'n hysbys i chi, gwiriwyd: { $at }.
        [few] 3 chanfyddiad sy'n hysbys i chi, gwiriwyd: { $at }.
        [many] 6 chanfyddiad sy'n hysbys i chi, gwiriwyd: { $at }.
       *[other] { $count } canfyddiad sy'n hysbys i chi, gwiriwyd: { $at }.
    }
check-as-of = Fel yr oedd ar { $then }, o'r hyn y cewch ei weld o hyd: { NUMBER($count) }. Gofynnwyd: { $at }. Gadewir allan yr hyn a dynnwyd yn ôl neu a gywirwyd ers hynny, felly nid yw hyn yn dweud beth oedd yn hysbys i chi bryd hynny.
check-more = Mae mwy nag y gall un ateb ei ddal.

## Gwiriad cyn ymweliad, beth yw pob canfyddiad, o flaen colon

check-in-force = mewn grym
check-stale = WEDI DYDDIO, gwiriwch eto
check-reported = wedi'i adrodd, heb ei asesu eto
check-undecided = HEB EI BENDERFYNU, gofynnwch i'r tarddwr
check-ask = gofynnwch i'r tarddwr

## Gwiriad cyn ymweliad, o dan ragofalon canfyddiad

check-behaviour-not-told = ni ddywedwyd wrthych beth yw'r ymddygiad
check-claim-alone = nid yw eich ymwneud wedi'i gadarnhau: y rhagofalon yw'r cyfan a ddywedir wrthych
check-review-by = i'w adolygu erbyn { $on }
check-about = ynghylch: { $target }; oddi wrth: { $originator }, { $on }
check-date-not-told = ni ddywedwyd y dyddiad
check-on-condition = ar yr amod: { $condition }
check-disputed = wedi'i herio, heb ei ateb eto: dilynwch ef nes y gwyddoch
check-reported-by = adroddwyd gan: { $agencies }
check-borne-out-by = ategwyd gan: { $agencies }
check-planned = Wedi'i gynllunio ar gyfer { $at }
check-key-withdrawn = llofnodwyd ag allwedd a dynnwyd yn ôl wedyn: gofynnwch i'r tarddwr ({ $originator }) a yw'n dal yn gywir; dilynwch ef nes y gwyddoch

## Gwiriad cyn ymweliad, yr hyn y mae canfyddiad yn ei gylch

check-target-person = y person
check-target-household = yr aelwyd
check-target-premises = y fangre
check-target-animal = yr anifail
check-target-incident = digwyddiad

## Gwiriad cyn ymweliad, ar ei ddiwedd

check-heed-these = { check-more } Dilynwch y rhain, ac edrychwch drwy'r gweddill gyda `diogel view`.
check-not-heard-from = Heb glywed oddi wrthynt yn ddiweddar, felly gall fod rhywbeth ar goll: { $agencies }
