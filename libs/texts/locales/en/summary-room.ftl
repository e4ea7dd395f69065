### The room: exclusion, who may say what, and what would return if somebody left. For the chair; never read out.

## Summary, section Exclusion: grounds to consider, never a recommendation

chair-decides = The chair decides.
exclusion-note = Grounds to consider, not a recommendation. { chair-decides }
ground-possible = possible ground: { $ground }
exclusion-views = How will the views of whoever is excluded be heard?
exclusion-explained = Who tells them why, when and how?
# Three working days before; a request about danger is never barred.
exclusion-request-by = To be asked for by { $by }; a request about danger can be made on the day itself.
# A decision that was recorded: extent and ground in the words of their codes.
exclusion-recorded = { $person }: exclusion: { $extent }; ground: { $ground }; views heard: { $how }

## Summary, section Who is in the room

# A mark before a line of the chair's page, in capitals; letters of agencies follow: the head says whose they are.
not-for-the-room = NOT FOR THE ROOM
room-note = A line marked { not-for-the-room } isn't on the professionals' page while an agency attends whose letter follows.
would-return-count =
    { $count ->
        [one] 1 line would return if this agency left: { $agency }
       *[other] { $count } lines would return if this agency left: { $agency }
    }
# Interpreters, advocates, supporters: the page isn't narrowed for them, the chair is warned.
holds-no-groups = Also in the room: { $who }. The page wasn't narrowed for them: mind what is said.

## Summary, section What each agency may say before the family

may-say = { $agency }: may say: { $lines }
ask-first = { $agency }: only after asking the originator: { $lines }
may-not-say = { $agency }: nothing
