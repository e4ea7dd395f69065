### Questions to agencies: asks, silence, signs in the network, and practice that no event answers.

## Summary, section To ask the agencies

asks-note = Questions, not findings: about agencies, never about workers.
quiet-agency = { $agency }: last event known to you on { $last }, after the threat of { $threat }; others have reported since, last on { $since }. What would make a visit safe?
no-event = { $agency }: no event known to you. What does it know of the person's daily life?

## Summary, section Agencies that are silent, or were never asked

agencies-note = Silence may mean that nobody asked.
agency-silent = { $agency }: involved since { $since }; no event known to you
agency-no-report = { $agency }: invited; no report for the meeting is known to you
agency-never-asked = { $agency }: nothing known to you says that it was ever asked
agency-asked = { $agency }: asked on { $on } to answer by { $by }; no answer known to you
agency-answered = { $agency }: asked on { $on }; { $answer }, { $answered }
asked-to-answer-by = to answer by { $by }

## Summary, section Signs in the network: questions with their evidence, about agencies (guidance, section 7)

signs-note = Questions with their evidence, never findings: they name agencies, never workers (guidance, section 7).
# Backing off.
sign-backing-off = { $agency }: no contact known to you since { $last }, after the incident of { $incident }. What would make contact safe, and who sees the child or adult meanwhile?
sign-service-withheld = { $agency }: a service isn't being given, since { $since }: { $service }. Might it lower the risk, and what would let it go on?
sign-contact-withheld =
    { $count ->
        [one] { $agency }: 1 contact not made by the agency itself, { $span }. Might it lower the risk, and what would let it go on?
       *[other] { $agency }: { $count } contacts not made by the agency itself, { $span }. Might they lower the risk, and what would let them go on?
    }
# Splitting, or an ally.
sign-splitting = Hostility is reported by: { $reporting }. Contact and no hostility is reported by: { $others }. Is it met there and not reported, or is one agency treated as an ally?
sign-nearly-all-contact = { $agency }: nearly all contact known to you, { NUMBER($count) } of { NUMBER($total) }. Is it carrying this alone, and at what risk to itself?
sign-unread-alert = { $agency }: an alert was delivered on { $delivered }, and no reading of it is known before the visit of { $visit }. How do alerts reach whoever visits?
sign-plan-changed =
    { $count ->
        [one] The plan was changed once, { $span }. Is it still clear to everybody, the family too, who does what?
       *[other] The plan was changed { $count } times, { $span }. Is it still clear to everybody, the family too, who does what?
    }
# Targeting of one worker, who is never named.
sign-targeting-worker = Behaviour directed at one worker: { $agency }, { NUMBER($count) } of { NUMBER($total) } incidents known to you. What support is there, and who goes with them, or in their place?
# Targeting of one agency.
sign-targeting = Behaviour directed at one agency: { $agency }, { NUMBER($count) } of { NUMBER($total) } incidents known to you. What do the others do, so that it isn't met alone?

## Summary, the chair's page: questions to put to the meeting (guidance, section 7)

chair-prompts-heading = For the chair to ask
prompt-collusion = Is anybody siding with the family against other agencies, or keeping things from them?
prompt-appeasing = Are worries being played down, or left unsaid, to avoid conflict?
prompt-blame = Are agencies blaming one another?
prompt-hostile = Is hostility being answered with hostility?
prompt-personal = Does anybody take it as aimed at them alone? What support is there?
prompt-out-of-sight = Is the child or adult at risk still in sight?
prompt-strategies = If one agency can't work with the family: what will the others do, and how?
prompt-shared = Does every agency own the worries, and share the decisions?

## Summary, section Not recorded: practice tips of the guidance, section 5, that nothing answers

not-recorded-note = No field of the events known to you answers these; an account may speak of them (guidance, section 5).
tip-meaning = What do these behaviours mean for the person's safety and wellbeing?
tip-daily-life = What is daily life like, living in this environment, with these parents or carers?
tip-impact = What is the likely impact, now or in future, of living in this situation and being exposed to these behaviours?
tip-afraid = Does the person appear afraid, or show “frozen watchfulness”?
tip-appeasing = Is the person minimising the behaviour, or seeking to appease?
tip-desensitised = Has the person become desensitised, acting as if this were usual?
