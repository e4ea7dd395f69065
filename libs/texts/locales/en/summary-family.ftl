### The page for one member of the family: plain words, spoken to them. It holds what its originators said may be told to that one.

## Family's page, head

family-title = Your meeting
family-handling = This page is for you alone.
# Over the list of events that the page rests on.
family-key-note = What this page rests on: which agency said it, and when.

## Family's page, headings

going-well = Going well
worries = Worries
agreed = Agreed
who-does-what = Who does what
your-rights = Your rights

## Family's page, lines

you-asked-for = You asked for: { $what }
want-it-to-last = We want this to last.
tell-us-going-well = What is going well? Please tell us.
why-worried = Why: { $reason }
agreed-on = Agreed on { $on }: { $what }
agreed-by = { $what }, by { $by }
what-happened = What happened? What would help?
what-would-you-say = What would you like the meeting to know?
you-may-disagree = You may disagree with anything on this page.
you-may-correct = You may ask for anything on it to be corrected.
you-may-bring = You may bring an advocate, or somebody to support you.
you-may-complain = You may complain.
contact-us = To do any of these: { $contact }
interpreter-there = An interpreter will be there: { $language }

## Summary, the chair's page: about the family's attendance

# Where domestic abuse is recorded. Never on the family's page.
attend-separately = Domestic abuse is recorded: ask each person alone whether to attend apart, and where a letter can safely go.
