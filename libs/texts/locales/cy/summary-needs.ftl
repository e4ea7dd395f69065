### Anghenion iaith a hygyrchedd, a dyddiad cyfarfod yn gwrthdaro ag un ohonynt (canllawiau, adran 2).

## Crynodeb, adran Anghenion iaith a hygyrchedd

needs-note = Rhoddwyd gan y bobl eu hunain, i'r graddau y dymunent.
no-needs = Nid oes unrhyw angen o'r fath yn hysbys i chi. Pwy sydd wedi gofyn?
need-language = { $person }: iaith y gofynnwyd amdani: { $language }
need-interpreter = { $person }: cyfieithydd y gofynnwyd amdano: { $language }
language-not-said = heb ddweud pa iaith
need-access = { $person }: hygyrchedd: { $need }
need-customs = { $person }: arferion i'w parchu: { $customs }
need-religious-date = { $person }: dyddiad crefyddol: { $name }, { $on }
need-days = { $person }: dyddiau i'w hosgoi: { $what }, { $when }
every-monday = bob dydd Llun
every-tuesday = bob dydd Mawrth
every-wednesday = bob dydd Mercher
every-thursday = bob dydd Iau
every-friday = bob dydd Gwener
every-saturday = bob dydd Sadwrn
every-sunday = bob dydd Sul
need-bereavement = { $person }: profedigaeth: { $what }
need-dress = { $person }: gwisg: { $need }
need-gender = { $person }: rhywedd y gweithiwr: { $asked }
advice-sought = { $agency }: ceisiwyd cyngor ar ddiwylliant neu iaith, heb enwi'r teulu: { $on }
no-advice-sought = Nid oes cyngor ar ddiwylliant neu iaith yn hysbys i chi. I bwy y gellid gofyn, heb enwi'r teulu?
meeting-clashes = Mae dyddiad y cyfarfod yn gwrthdaro â: { $what }, { $on }. A ellir symud y cyfarfod?
advocate-accepted = { $person }: eiriolwr wedi'i gynnig a'i dderbyn: { $on }
advocate-declined = { $person }: eiriolwr wedi'i gynnig a'i wrthod: { $on }
no-advocate-offered = { $person }: nid oes cynnig o eiriolwr yn hysbys i chi. Pwy fydd yn ei wneud?
complaint-explained = { $person }: dywedwyd sut i gwyno: { $on }
offer-made = { $person }: cafodd gynnig: { $offer } ({ $response }, { $on })
no-complaint-explained = { $person }: nid oes dim yn hysbys i chi yn dweud i'r ffordd o gwyno gael ei hegluro. Pwy fydd yn gwneud hynny?
