### Who gets what of an event, and why not more.

## Explain, Preview: why a recipient gets a group, or not. After the group's name and a dash

why-originator = it is the recipient's own event
why-flow = granted, and the cited flow carries it
why-emergency = disclosed by the originator in an emergency, beyond the protocols
why-not-an-active-agency = the Board doesn't know the agency, or has suspended it
why-originator-only = the originator keeps it to itself
why-not-granted = the originator didn't grant it
why-withheld = the originator withholds it from this agency
why-narrowed = the originator took it back
why-withdrawn = the originator withdrew it from everybody
why-expired = the time that the originator set is over
why-no-flow = no flow of a protocol between the two carries it
why-not-signed = a flow would carry it, but one of the two hasn't signed the protocol
why-not-valid-then = a flow would carry it, but wasn't valid when it was published
why-review-over = a flow would carry it, but its review was over when the originator granted it
why-not-reached = the protocol's present version doesn't reach back to it
why-not-involved = a flow carries it to agencies that are involved with the person
why-claim-not-confirmed = the agency's involvement isn't confirmed: it opens precautions only
why-not-attending = a flow carries it to agencies that attend the meeting

## Chronology, protocols as text: the groups that content is divided into

group-existence = existence
group-safety = safety
group-identity = identity
group-narrative = narrative
group-place = place
group-worker = worker
group-reporter = reporter
group-voice = voice
group-health = health
group-criminal = criminal
group-plan = plan
group-dispute = dispute
group-precautions = precautions
group-topic = topic

## Protocols as text: how far a protocol has come

status-draft = draft
status-for-signature = for signature

## Protocols as text: what must hold of the receiving agency

condition-any = none beyond the originator's grant
condition-involved = involved with the person, and confirmed
condition-attending = attending the meeting about the person
