### What frames every page of the console: places to go, who is signed in, what went wrong.

## Console, every page

console-skip = Skip to the content
console-navigation = Places to go
console-this-language = English
console-sign-out = Sign out
console-signed-in-as = Signed in as
console-marking = OFFICIAL-SENSITIVE. Close the page when you have read it.
console-footer = What you see is what your agency may see now. Every look is written down with your name and purpose. In an emergency call 999.
console-warning = Warning
console-errors = There is a problem
console-error = Error
console-yes = yes
console-no = no
console-nothing = nothing
console-nothing-here = Nothing here.
console-show = Show
console-newest = Newest
console-older = Older
console-more-than-looked = There are more than were looked through.
console-any-others = And any others entitled: whom you may not know of isn't named here.

## Console, places to go, and what each is for

console-home = Start
console-check = Check before a visit
console-check-what = Precautions for a person or premises, by exact identifiers.
console-report = Report
console-report-what = Tell other agencies about an incident, propose an alert, escalate a disagreement.
console-approvals = Approvals
console-approvals-what = Alerts that wait for your decision, and reviews that are due.
console-items = Items
console-items-what = What your agency holds, newest first, and why.
console-escalations = Escalations
console-escalations-what = Disagreements: stage, whose turn, by when.
console-meetings = Meetings
console-meetings-what = Your meetings, and the summary before each.
console-governance = Governance
console-governance-what = Who saw what, and why; what is still to be taken or reviewed.

## Console, why somebody looks

console-purpose = Purpose
console-purpose-heading = Why you look
console-purpose-what = Information sharing protocols allow flows for some purposes. What you say here is written down with everything that you open.
console-not-said = not said
console-purpose-set = Set the purpose

## Console, signing in and out

console-sign-in = Sign in
console-sign-in-again = Sign in again
console-choose-what = This is a demonstration. Everybody here is invented; choose who to be.
console-choose-caption = Invented people
console-person = Person
console-agency = Agency
console-roles = Roles
console-signed-out = You are signed out
console-signed-out-what = Nothing of what you saw is kept in this browser.
console-role-practitioner = practitioner
console-role-approver = approves alerts
console-role-chair = chairs meetings
console-role-analyst = analyst
console-role-governance = information governance
console-role-operator = operator

## Console, when it didn't work: what, and what to do

console-problem = Something went wrong
console-problem-what = The hub couldn't answer. Nothing that you sent was half taken.
console-problem-do = Try again. If it goes on, tell whoever runs the hub.
console-not-found = Not found
console-not-found-what = There is no such thing, or it isn't your agency's to see: the answer is the same.
console-not-found-do = Check the address, or go back to the list.
console-forbidden = Not for your role
console-forbidden-what = Your roles don't open this page.
console-forbidden-do = If they should, ask whoever gives out roles at your agency.
console-not-signed-in = You aren't signed in
console-not-signed-in-what = The sign-in didn't work, or is over.
console-not-signed-in-do = Sign in again. What you had filled in has to be sent again.
console-busy = Not available now
console-busy-what = The hub can't prove now that its answer would be complete, so it gives none.
console-busy-do = Try again in a few seconds. Before a visit, don't take this for an answer: ask by telephone.
console-bad-request = That can't be asked so
console-bad-request-what = A service refused what the page asked for.
console-bad-request-do = Go back, and begin again from the list.
console-to-the-start = To the start
