### The plan, disagreements, and the closing questions.

## Summary, section Plan

plan-note = These events don't say whether a measure was done: ask its owner.
no-plan = No measure is known to you. What is agreed, by whom and by when?
no-owner = no owner named
due-on = due { $on }
no-due-date = no date set
# Longer past than three months: counted, then counted by owner.
earlier-measures = Measures whose date passed longer ago: { NUMBER($count) }; { $owners }
measure-done = done: { $on }
plan-review-by = plan to be reviewed by { $by }
plan-review-overdue = review of the plan was due by { $by }

## Summary, section Disagreements

stage = stage { NUMBER($number) }
protect-by = protect by { $at }
time-has-passed = that time has passed
no-escalation = No escalation is known to you.

## Summary, section Disagreements: clocks

stage-due = due by { $by }
stage-near = due soon, by { $by }
# Lateness proposes the next stage and never moves the escalation.
stage-passed = was due by { $by }: lateness proposes the next stage, and moves nothing by itself
next-stage = next stage: { $stage }
interim-position = interim protective position: { $what }; owner: { $owner }
dissent-recorded = dissent is recorded
resolved-early = resolved early
diverted-to = not for CRISP; belongs to: { $to }
child-safety-stays = what concerns the child's safety stays here

## Summary, section To close

close-enough = Is there, or can there be, enough information for an assessment of needs?
close-effective = Is the plan effectively safeguarding the person?
close-if-not = If not: CRISP, or legal advice through the plan's lead agency? Whose task, by when?
close-family = What is shared with the family, how, by whom and when?
# After a question: how the last meeting answered it when it closed.
answered = At the last close, { $on }: { $answer }
answer-enough = enough information
answer-not-enough = not enough information
answer-effective = effective
answer-not-effective = not effective
close-worried = What are we worried about, why, what could it lead to now or later, and what would lower the risk?
close-measures = What has to be in place to keep everybody safe, workers too? Who does it, by when?
close-roles = Is the plan known to every agency and to the family, with who does what?
close-who-else = Who else must know?
# After the meeting: that advice was asked for, never what it says.
legal-advice = legal advice asked for: { $owner }, by { $by }
told-to-family = told to the family: { $what }; how: { $how }; by: { $who }; on: { $on }
# In place of the date on which the family was told.
not-yet-told = still to be done
