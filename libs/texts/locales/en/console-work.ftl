### Lists on the console: approvals, escalations, meetings, governance.

## Console, approvals

console-waiting = Waiting for a decision
console-waiting-what = Somebody other than who proposed it decides. After three working days a proposal is listed as undecided, without precautions.
console-reviews-due = Reviews that are due
console-reviews-what = Past their review, lapsed since, or suspended. A fresh assessment renews an alert, or it is ended.
console-objections = Objections to be answered
console-objections-what = The person objects to an alert, or asks for a restriction. It stays as it is until you answer.
console-further = Next page

## Console, escalations

console-raised-by = Raised by
console-open-only = Only those that go on
console-over-too = Those that are over, too

## Console, meetings and the summary

console-meeting = Summary before a meeting
console-chaired = That your agency chairs
console-attended-meetings = That your agency attends
console-for-chair = For the chair alone
console-for-table = For everybody at the table
console-for-family = For these members of the family
console-for-family-show = Show their page
console-aloud-never = NEVER READ OUT
console-aloud-table = READ OUT ONLY WITHOUT THE FAMILY
console-aloud-family = MAY BE READ OUT TO THEM
console-family-attends = Who of the family attends
console-family-member = Member of the family
console-since-when = Mark what is new since
console-since-hint = The day on which you last looked
console-new = NEW
console-note-exclusion = Note that excluding somebody was considered

## Console, indicators

console-indicators = Indicators
console-indicators-what = What the Board counts, by quarter and year, as it may be shown.
console-table = Table
console-period = Period
console-no-period = No period has been over for ten days yet: there is nothing to show.
console-early = An exercise: released before its period was over. These are no figures of a board's.
console-headline = Total in { $period }: { $total }
console-drawing = The numbers drawn as bars
console-same-numbers = The table below has the same numbers.
console-code = Code
console-category = Category
console-count = Count, to the nearest 5
console-percent = Per cent of the total
console-total = Total
console-hidden-means = * stands for 0 to 4, for a count of fewer than three agencies or mostly of one, or for one that would give another away.
console-several = One event may count in several categories: they don't add up to the total.
console-coverage =
    { $contributing ->
        [one] Published by 1 agency of { NUMBER($agencies) }.
       *[other] Published by { $contributing } agencies of { NUMBER($agencies) }.
    }
console-reporting = More reports may mean better reporting, not more danger. No agency is ranked.
console-released = Released
console-up-to = Holds what was published up to
console-download = Download

## Console, governance

console-accesses = Who looked, and why
console-accesses-of = One of your agency's events
console-accesses-hint = Its id, as the item's page shows it; empty: what your own agency looked at
console-own-accesses = What your own agency looked at
console-outstanding = Still to be taken
console-outstanding-what = Systems that haven't acknowledged that something was corrected, narrowed or erased; emergency disclosures that the Board hasn't reviewed.
console-emergencies = Emergency disclosures
console-not-let-in = Who wasn't let in
console-not-taken = Not acknowledged by
console-acknowledge = Acknowledge
console-at = At
console-who-looked = Who
console-call = Call
console-events = Events
console-why-column = Why not
console-refused = refused

## Closing a meeting

console-close-meeting = Close the meeting
console-attended-hint = Beside your own agency, which chairs
console-reported = Reported in writing
console-next-hint = Required where an answer is no. Never the content of legal advice.
console-next-what = CRISP, or legal advice
console-family-is-told = What the family is told
console-family-who = Who, as a role
console-family-what = What
console-family-how = How
console-family-by = By whom, as a role
console-family-on = Told on
console-family-on-hint = Leave it empty while it is still to be done
console-since-looked = Marked as new: since you last looked here
console-first-look = You look here for the first time: nothing is marked as new.

## Indicators: kinds of table, the rate, the annual report

console-nature-published = Published in the period
console-nature-became = Came to something in the period
console-nature-stood = Stood at the end of the period
console-rate = Reports for each hundred contacts
console-rate-checks = Checks for each hundred contacts at home
console-rate-not-covered = none: agencies that publish their contacts made fewer than nine in ten of them
console-rate-hidden = none: it would rest on hidden figures, or on fewer than 50 contacts
console-annual = Draft of the annual report
console-annual-what = The hub's figures under the headings of the annual report (Social Services and Well-being (Wales) Act 2014, section 136; Safeguarding Boards (General) (Wales) Regulations 2015). Each as it was released, with what it counts.
console-annual-to-write = The hub holds nothing for this heading: it is for the Board to write.
console-annual-members = The Board's members
console-annual-actions = What was done to achieve each outcome
console-annual-plan = How far the annual plan was carried out
console-annual-collaborated = Working with others
console-annual-requests = Requests under section 137, and whether they were complied with
console-annual-achieved = What was achieved
console-annual-contributed = How far each partner contributed
console-annual-resources = How resources were used
console-annual-themes = Underlying themes
console-annual-took-part = How children and adults took part
console-annual-orders = Adult protection and support orders
console-annual-learning = Learning and training
console-annual-advice = Advice of the Welsh Ministers and of the National Board

## Operations

console-operations = Operations
console-operations-what = Each agency's chain, what waits, which certificates end soon.
console-not-folded = Ordered and not folded yet
console-version = Version
console-chains = Agencies' chains
console-chain-state = State
console-admitted = Admitted up to (epoch/number)
console-in-journal = In its journal (epoch/number)
console-heard-at = Last heard
console-heard-to = Complete up to
console-chain-unknown = not heard since the projection was started
console-chain-complete = complete
console-chain-behind = behind, and moving
console-chain-gap = something is missing, and was asked for again
console-chain-forked = stopped: two different events claim one place. The Board has to decide.
console-chain-rolled-back = its journal was restored from a copy, and lacks what was admitted
console-chain-not-registered = the Board doesn't know the agency
console-chain-silent = silent
console-chain-resending = asked to send again
console-chain-suspended = suspended by the Board
console-chain-key-withdrawn = its key was withdrawn
console-unresolved = Events that count for nothing yet
console-unresolved-what = Parked: waiting for an event that it refers to. Quarantined: this version doesn't understand it, and nobody sees it.
console-parked = Parked
console-quarantined = Quarantined
console-ends = Certificates
console-certificate = Certificate of the projection
console-revocation-list = Revocation list
console-ends-soon = Ends soon

## Protocols

console-protocols = Information sharing protocols
console-protocols-adopted = Adopted by the Board
console-protocol = Protocol
console-valid-from = Carries from
console-review-by = Review by
console-flows = Flows
console-signed = Signed
console-not-signed = Not signed
console-protocol-ended = Ended
console-review-passed = Review passed: it opens nothing new
console-review-soon = Review due soon
console-try = What would another version do?
console-protocol-file = The protocol's file
console-protocol-file-hint = As it would be adopted, with the next version number. It may be a draft. Nothing is stored.
console-protocol-needed = Paste the protocol's file
console-try-now = Try it
console-tried = What it would widen and narrow
console-tried-at = As of
console-looked-at = Events looked at
console-looked-at-latest = The latest; there are more.
console-tried-nothing = It would change nothing of what is shared today.
console-tried-small = To the Board over all events: fewer than 5, or of too few agencies, show as *, others to the nearest 5. To an agency: its own events.
console-tried-mistakes = The file has mistakes, and can't be read: nothing was tried.
console-findings = What the check of the file says
console-recipient = Recipient
console-all-recipients = All recipients
console-widened = Would get more
console-narrowed = Would get less

## A person's chronology, and subject access

console-chronology = Chronology of a person
console-chronology-what = All that your agency may see about somebody, in the order in which it occurred, and who knew of it when. For a practice review; never for the family.
console-subject-access = Subject access: working list
console-subject-access-what = The events about somebody who asks for what is held of them. You have one month (UK GDPR Article 12(3)).
console-subject-access-rule = Each agency controls what it published: it decides what is given out. The questions are prompts by what an item holds; they decide nothing.
console-exemptions = To think of before it is given out
console-ask-controller = Another agency controls it: ask the originator
console-exempt-third-parties = Names others: DPA 2018 Sch 2 para 16
console-exempt-crime = Crime: would it prejudice an investigation? DPA 2018 Sch 2 para 2
console-exempt-serious-harm = Would it cause serious harm to somebody? DPA 2018 Sch 3 (health, social work, education)
console-exempt-voice = Holds what the child or adult at risk said: was it said in confidence? DPA 2018 Sch 3 para 11
console-exempt-place = Says where somebody is: could it lead to them?
console-exempt-family = Its originator said that the family is not to be told
console-no-prompt = None by what it holds
console-ask-originator = Ask the originator in writing
console-originators-answer = The originator's answer
console-given-out = Given out
console-more-than-list = There are more than this list takes: use Chronology over gRPC, which has pages.
console-chronology-account = What happened, and who knew
console-all-parties = All parties, the last on
