### Language and access needs, and the clash of a meeting's date with one (guidance, section 2).

## Summary, section Language and access needs: given by the people themselves, and optional

needs-note = Given by the people themselves, as far as they wished.
no-needs = No such need is known to you. Who has asked?
need-language = { $person }: language asked for: { $language }
need-interpreter = { $person }: interpreter asked for: { $language }
# In place of the interpreter's language.
language-not-said = language not said
need-access = { $person }: access: { $need }
need-customs = { $person }: customs to respect: { $customs }
# A date of the person's religion, with its name.
need-religious-date = { $person }: religious date: { $name }, { $on }
# A feast, a fast, a day of the week, with the date, the dates or "every Sunday".
need-days = { $person }: days to avoid: { $what }, { $when }
every-monday = every Monday
every-tuesday = every Tuesday
every-wednesday = every Wednesday
every-thursday = every Thursday
every-friday = every Friday
every-saturday = every Saturday
every-sunday = every Sunday
need-bereavement = { $person }: bereavement: { $what }
need-dress = { $person }: dress: { $need }
need-gender = { $person }: gender of the worker: { $asked }
# With somebody who knows the culture; the family isn't named to them.
advice-sought = { $agency }: took advice on culture or language, without naming the family: { $on }
no-advice-sought = No advice on culture or language is known to you. Who could be asked, without naming the family?
# A religious date, a funeral, a custom.
meeting-clashes = The meeting's date clashes with: { $what }, { $on }. Can the meeting be moved?
advocate-accepted = { $person }: advocate offered and accepted: { $on }
advocate-declined = { $person }: advocate offered and declined: { $on }
no-advocate-offered = { $person }: no offer of an advocate is known to you. Who makes it?
complaint-explained = { $person }: told how to complain: { $on }
# An offer that was made, with what the person said to it, both as labels of codes.
offer-made = { $person }: was offered: { $offer } ({ $response }, { $on })
no-complaint-explained = { $person }: nothing known to you says that the way to complain was explained. Who does it?
