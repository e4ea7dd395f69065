### Perygl: rhybuddion, adroddiadau heb eu hasesu, a beth a ddaeth ohonynt.

## Crynodeb, adran Perygl

no-danger = Nid oes rhybudd nac adroddiad o berygl yn hysbys i chi. Gwiriwyd: { $at }. { not-evidence }
none-in-force = Nid oes rhybudd mewn grym nac adroddiad agored am berygl yn hysbys i chi. Gwiriwyd: { $at }. { not-evidence }
about-person = ynghylch
about-household = ynghylch aelwyd
# Unsure: "mangre" for premises; "eiddo" or "safle"?
about-premises = ynghylch mangre
about-animal = ynghylch anifail
precautions = rhagofalon
provisional-precautions = rhagofalon dros dro
decided-on = penderfynwyd
not-decided = wedi'i gynnig, heb ei benderfynu
review-by = i'w adolygu erbyn
review-was-due = roedd i'w adolygu erbyn
told-on = dywedwyd wrth y rhai dan sylw
not-told = ni ddywedwyd wrth y rhai dan sylw
told-unknown = nid yw'n hysbys i chi a ddywedwyd wrth y rhai dan sylw
danger-reported = adroddwyd am berygl
no-decision-known = nid oes penderfyniad ar rybudd yn hysbys i chi. A gafodd un ei gymeradwyo neu ei wrthod, a pham?

## Crynodeb, adran Perygl: beth a ddaeth o rybudd neu adroddiad

disputed-since = wedi'i herio ers { $since }; i'w ateb erbyn { $by }
disputed-unanswered = wedi'i herio ers { $since }; roedd i'w ateb erbyn { $by }
lapses-on = daw i ben ar { $on } oni chaiff ei asesu o'r newydd
lapsed-on = daeth i ben ar { $on }; nid yw ei hanes yma mwyach, ac i'w adnewyddu rhaid asesu o'r newydd
# Unsure: "tynnwyd yn ôl ddigwyddiad" (mutation after the adverb).
suspended-on = ataliwyd dros dro ar { $on }: tynnwyd yn ôl ddigwyddiad y mae'n dibynnu arno
undecided-since = adroddwyd { $reported }; nid oedd neb wedi penderfynu erbyn { $by }
refused-on = gwrthodwyd rhybudd ar { $on }; rheswm: { $reason }
