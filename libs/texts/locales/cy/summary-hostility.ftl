### Digwyddiadau, eu tuedd, a'r hyn nad oes neb yn ei ategu.

## Crynodeb, adran Gelyniaeth a gwrthwynebiad: penawdau o'i mewn

threats = Bygythiadau a thrais
# Unsure: "gwrthdaro" is both confrontation and (family) conflict here.
confrontation = Gwrthdaro
keeping-away = Osgoi a gwrthwynebiad arall

## Crynodeb, adran Gelyniaeth a gwrthwynebiad: labeli o flaen gwerth

behaviour-of = ymddygiad
directed-at = wedi'i gyfeirio at
reported-as = adroddwyd fel
borne-out-by = ategwyd gan
extent = graddau
kind-of-place = math o le

## Crynodeb, adran Gelyniaeth a gwrthwynebiad

prevents-task = yn rhwystro'r asiantaeth rhag gwneud ei gwaith
no-incident = Nid oes digwyddiad yn hysbys i chi. { not-evidence }
none-at-the-person = Nid oes adroddiad sy'n hysbys i chi yn dweud bod yr ymddygiad wedi'i gyfeirio at blentyn neu oedolyn sy'n wynebu risg. { not-evidence }
trend = Adroddiadau o fygythiadau, trais neu wrthdaro sy'n hysbys i chi, y chwe mis diwethaf: { $months }. { $comparison }: { NUMBER($late) }, { NUMBER($early) }. Gall mwy o adroddiadau olygu adrodd gwell; gall llai olygu llai o ymweliadau neu lai o adrodd.
trend-more = Mwy yn y tri mis diwethaf nag yn y tri mis cynt
trend-fewer = Llai yn y tri mis diwethaf nag yn y tri mis cynt
trend-same = Cynifer yn y tri mis diwethaf ag yn y tri mis cynt

## Crynodeb, adran Heb ei ategu gan neb sy'n hysbys i chi

unconfirmed-note = Gwiriwch gydag eraill yr hyn y mae rhieni neu ofalwyr yn ei ddweud (canllawiau, adran 4). Ni restrir yma byth hanes plentyn nac oedolyn sy'n wynebu risg.
key-withdrawn = llofnodwyd ag allwedd a dynnwyd yn ôl wedyn. Gofynnwch i'r asiantaeth a yw'n dal yn gywir cyn dibynnu arno.
who-can-confirm = Pwy arall sy'n gwybod amdano?
