### The person's own voice, and progress.

## Summary, section Voice

voice-first = It takes precedence over every other account (guidance, section 5.1).
# With others at the table: the reader's own agency may know an account that the others may not see.
no-voice-for-all = No account of the person's own is for everybody attending; your own agency may know one. Who has asked, when, and was the person alone?
no-voice = No account of the person's own is known to you. Who has asked, when, and was the person alone?

## Summary, section Progress and strengths

six-months = Changes aren't embedded until they have been sustained for at least six months (guidance, section 4).
no-progress = None is known to you. What is going well?
# Date, agency, and the agency's own words in quotation marks.
what-has-worked = { $on }, { $agency }: what has worked { $words }
# After what goes well.
strength-until = since { $since }; six months are reached on { $until }
strength-reached = since { $since }; six months were reached on { $until }. Has it lasted?

## Summary, section Changes not yet sustained for six months

# A change that somebody claims, borne out.
change-confirmed = { $what }: claimed since { $since }; confirmed by: { $confirmed }; six months are reached on { $until }
change-unconfirmed = { $what }: claimed since { $since }; confirmed by nobody known to you; six months are reached on { $until }
change-unconfirmed-reached = { $what }: claimed since { $since }; confirmed by nobody known to you; six months were reached on { $until }
# The six months are over.
change-sustained = { $what }: claimed since { $since }; confirmed by: { $confirmed }; six months were reached on { $until }. Has it lasted?
change-not-lasted = { $what }: claimed since { $since }; did not last: { $ended }
change-who-knows = Who has seen it for themselves?
