### Publishing by hand on the console: forms, preview, receipt, steps.

## Console, report: what can be published

console-no-report = This is no 999 call, no report under sections 128 or 130 of the Social Services and Well-being (Wales) Act 2014, and no RIDDOR report.
console-report-incident = Report an incident
console-report-incident-what = It takes a minute: when, what kind, what harm. Everything else is optional.
console-report-alert = Propose an alert
console-report-alert-what = Open the report that it rests on, and propose it from there. Somebody else approves it.
console-report-escalation = Escalate a disagreement
console-report-escalation-what = Between agencies, under the Board's CRISP protocol. Its parties and the Board see it.

## Console, report an incident: the form

console-time-hint = Leave it empty if only the day is known
console-threats-hint = Choose all that apply
console-danger-tick = Whoever goes there next is in physical danger: warn at once
console-precautions-until = Precautions until it is assessed
console-precautions-until-hint = Only with danger at once
console-whose-behaviour = Whose behaviour it is
console-name = Name
console-place-words = Address or description
console-what-happened-hint = What happened, and what was said. No diagnosis as a ground, no workers' home, car or family.
console-voice-hint = It takes precedence over every other account. Ask the child or adult whether it is safe to say.
console-account = In their own words
console-child-nhs = NHS number of the child or adult at risk
console-child-local = Your own case number of the child or adult at risk
console-child-name = Name of the child or adult at risk
console-safe-to-say = They were asked, and it is safe to say before the family
console-more-to-say = More that you can say
console-police-reason = Why it wasn't reported to the police
console-police-reference = The police's reference
console-police-when = When it was reported to the police
console-day-needed = Say on which day it happened
console-threat-needed = Choose at least one kind of behaviour
console-standing-needed = Say whether it is fact, observation, allegation or opinion
console-harm-needed = Say what harm was done, or that there was none
console-account-of-whom = Say whose account it is: give an identifier of the child or adult

## Console, propose an alert: the form

console-rests-on = It rests on this report
console-rests-on-needed = An alert rests on a report of your agency's: open the report, and propose it from there.
console-alert-rule = An alert rests on threats, violence or animals, never on a diagnosis or on avoiding contact. Until somebody else approves it, it shows as reported, not yet assessed.
console-target-hint = An alert about premises never marks a person
console-animal = The animal, if it is about one
console-animal-below = described below
console-precaution-note = Another precaution, in words
console-review-hint = At most twelve months ahead
console-target-needed = Say whom or what it is about
console-precaution-needed = Name at least one precaution
console-choose-one = Choose one

## Console, escalate a disagreement: the form

console-escalation-rule = Not for one agency's internal dispute, a professional's conduct, a complaint or whistleblowing: those have ways of their own. Danger at once doesn't wait for this.
console-concerns = The item that it is about
console-topic-hint = What you disagree about
console-other-parties = The other agencies that disagree
console-disagreement-hint = Each side as it would put it itself
console-whom-about = The child or adult whom it is about
console-stage-hint = The first, unless a risk is imminent
console-urgent-hint = Required above the first stage
console-topic-needed = Choose a topic
console-parties-needed = Choose at least one other agency
console-disagreement-needed = Say what the disagreement is

## Console, who a report is for

console-who-is-it-for = Who it is for
console-who-sees = Who sees it
console-who-sees-hint = The next page shows who would see what, before anything is sent
console-audience-default = whom the board has configured for this purpose
console-audience-own = nobody but my own agency
console-withheld = Withhold it from
console-withheld-hint = These don't learn of it, whatever else is said
console-family-hint = The default is no
console-family-reason-needed = Say why the family isn't told

## Console, before sending

console-preview-now = Look at who will see what
console-preview = Before you send it
console-preview-what = Nothing was sent yet. This is who would see what.
console-preview-nobody = Nobody but your own agency would see it.
console-anybody-else = anybody else of the family
console-may-be-told = may be told of it
console-who-else = Who else must know?
console-who-else-what = A protocol would carry it to these, if you named them:
console-send = Send
console-change = Change it

## Console, receipt

console-receipt = Accepted
console-replayed = It had been sent before: nothing was taken twice.
console-receipt-what = It is safe on your agency's own disk, and on its way to the others.
console-due-by = by

## Console, taking a step

console-take-step = Take this step
console-step-who = Your name goes with it. Whoever sees the item sees the step.
console-step-taken = Step taken in
console-step-counts = Whether it counts, the hub decides within seconds: open the item to see how it stands now.
console-source-who = Who, by role
console-panel-hint = No party to the disagreement sits on it
console-ground = Ground
console-extent = Extent
console-interim = What keeps the child or adult safe meanwhile
console-owner = Whose it is
console-told-hint = Leave it empty if they weren't told, and say why below
console-senior = I decide as a senior approver

## Requests for information

console-kind-information = Request for information
console-report-request = Ask agencies for information
console-report-request-what = In writing, to an agency that is silent or was never asked. Whoever is asked sees it.
console-request-rule = Whoever is asked sees the request, and nobody else. Each answers in writing, and the summary shows who has.
console-asked = Who is asked
console-asked-needed = Choose at least one agency
console-needed = What is needed, and for what
console-needed-hint = As the agency will read it
console-needed-needed = Say what you need, and for what
console-answer-by = Answer by
console-by-needed = Say by when
console-person-needed = Give an NHS number, or your own number of the person
console-power = Under which power
console-requests-waiting = Waiting for your agency's answer
