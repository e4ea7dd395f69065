//! Words: names, streets, and sentences that practitioners could have written. All invented; they repeat, as load may.

use diogel_domain::codes::Sector;

use crate::random::Random;

pub(crate) const FIRST_NAMES: [&str; 24] = [
    "Aled",
    "Bethan",
    "Carys",
    "Dafydd",
    "Elin",
    "Ffion",
    "Gareth",
    "Heledd",
    "Ieuan",
    "Jac",
    "Kayleigh",
    "Lowri",
    "Megan",
    "Nia",
    "Owain",
    "Priya",
    "Rhys",
    "Siân",
    "Tomos",
    "Umar",
    "Wiktoria",
    "Yusuf",
    "Zoe",
    "Gwenllian",
];

pub(crate) const SURNAMES: [&str; 24] = [
    "Ashdown-Pugh",
    "Bevan",
    "Cadwaladr",
    "Davies-Holt",
    "Evans",
    "Farrell",
    "Gittins",
    "Howells",
    "Ibrahim",
    "Jenkins",
    "Kowalska",
    "Llewelyn",
    "Morgan",
    "Nowak",
    "Owen-Reid",
    "Parry",
    "Quirke",
    "Rowlands",
    "Siddiq",
    "Tudor",
    "Vaughan",
    "Wynne",
    "Yorath",
    "Ellis",
];

pub(crate) const STREETS: [&str; 12] = [
    "Rhes Brynhyfryd",
    "Heol y Felin",
    "Stryd yr Eglwys",
    "Tollgate Row",
    "Clos Nantgwyn",
    "Maes y Dderwen",
    "Chapel Terrace",
    "Lôn Las",
    "Colliers Walk",
    "Heol Isaf",
    "Bryn Eithin",
    "Station Parade",
];

/// The worker whom an agency of this sector sends.
pub(crate) const fn worker(sector: Sector) -> &'static str {
    match sector {
        Sector::SocialCare => "Social worker",
        Sector::Police => "Response officer",
        Sector::Health => "Health visitor",
        Sector::Education => "Education welfare officer",
        Sector::Probation => "Probation practitioner",
        Sector::Housing => "Neighbourhood housing officer",
        Sector::Charity => "Key worker",
        Sector::Board => "Business manager",
    }
}

pub(crate) const MANAGERS: [&str; 6] = [
    "Team manager",
    "Area manager",
    "Safeguarding lead",
    "Senior officer",
    "Service manager",
    "Duty manager",
];

/// What was seen, one sentence each.
pub(crate) const SEEN: [&str; 18] = [
    "The planned visit ended after ten minutes, when the door to the kitchen was held shut from inside.",
    "Nobody answered, though the television could be heard and a curtain moved upstairs.",
    "The worker was told at the gate that the next one to come would be sorry, and then to get off the property.",
    "He stood in the doorway with his arms folded and answered no question for some minutes.",
    "She agreed to every date that was offered and kept none of them; it is the third time since the plan was made.",
    "A cup was thrown against the wall beside the worker; nobody was hit, and the visit was ended there and then.",
    "The dog was let into the room after the worker had asked for it to be shut in, and was not called back.",
    "There was shouting from the stairs throughout the meeting, some of it at the children and some of it at us.",
    "The worker was followed from the office to the bus stop, without a word, and photographed there.",
    "Nineteen messages came overnight, each of them polite, all of them asking for the same document.",
    "He said that he knew which car was the worker's, where it was parked, and when it would be there tomorrow.",
    "The appointment was cancelled on the morning itself, with the same reason as the last two times.",
    "The family was waiting for us, showed us the rooms, and asked twice whether the order could now be ended.",
    "Remarks were made about the interpreter's origin, and repeated when the worker asked for them to stop.",
    "The conversation was friendly until school was mentioned; then it was about the neighbours, and stayed there.",
    "The younger child stood behind the sofa during the whole visit and left the room when the telephone rang.",
    "Doedd neb yn ateb y drws, er bod golau yn y gegin a sŵn plant i'w glywed o'r ardd gefn.",
    "Dywedodd nad oedd am siarad â neb o'r cyngor eto, a chaeodd y drws cyn i ni orffen ein brawddeg.",
];

/// What worries, one sentence each.
pub(crate) const WORRIES: [&str; 8] = [
    "We haven't been able to see the child alone since the end of last month, and nobody else has told us that they have.",
    "Whoever goes there next may be met at the gate, and the gate can't be seen from the road.",
    "We think that the household knows the days on which we come, and that the house is made ready for them.",
    "It has begun to keep newer colleagues from calling at all, and that is how a plan comes to exist on paper only.",
    "The medicine should have run out by now, and no repeat has been asked for.",
    "It is aimed at one worker alone; when another one came, the same questions were answered without difficulty.",
    "The remarks are made within the children's hearing, and the elder one has begun to repeat them at school.",
    "It is hard to tell fear from anger here, and we may have read it wrongly.",
];

/// Circumstances, one sentence each.
pub(crate) const CIRCUMSTANCES: [&str; 8] = [
    "It was the first visit after the hearing, and the letter with its result had come that morning.",
    "The benefit had been stopped the week before; there was no gas, and the meter was on its emergency credit.",
    "Two workers had been announced and one came, because a colleague was ill.",
    "It happens when a visit is not announced, and has not happened in the office.",
    "A relative was present whom we did not know, and who was not introduced to us.",
    "The family had asked for a Welsh-speaking worker, and none had been free.",
    "He had been drinking, by his own account since the afternoon before.",
    "It was the anniversary of a death in the family, which we had not known.",
];

/// What has worked, one sentence each.
pub(crate) const WORKED: [&str; 6] = [
    "A telephone call an hour before has worked each time that it was made.",
    "With the grandmother present the visits have been calm, and she is willing to be asked.",
    "Meeting at the library instead of at home was accepted without a word.",
    "Being told at the beginning how long the visit takes, and what it is for, has helped.",
    "Written notes of what was agreed, left on the day, were kept and shown to us the next time.",
    "School attendance has held at above ninety per cent in spite of everything.",
];

/// Where agencies differ, one sentence each.
pub(crate) const DIFFERENCES: [&str; 6] = [
    "We hold that the threshold for a strategy discussion was met by the third report; the other agency asks for one more visit first.",
    "The plan names us for weekly visits that were never agreed with us, and for which we have nobody.",
    "The measures of the plan are three months past their dates, and closing it has been proposed on the grounds of calm.",
    "We were told that the assessment is complete; it was made without the school's information, and without ours.",
    "Information that we asked for in writing, with the purpose and the power, has been refused without a reason.",
    "The step down was decided on a day on which no agency but one could attend.",
];

/// What is asked for, one sentence each.
pub(crate) const SOUGHT: [&str; 4] = [
    "That the strategy discussion is held this week, with both of us in it.",
    "That the measure is given to somebody who can carry it out, or taken out of the plan in writing.",
    "That closing waits until the two overdue measures are done.",
    "That the assessment is opened again and the school is asked.",
];

/// Measures.
pub(crate) const MEASURES: [&str; 6] = [
    "Next visit in pairs, and the office rung at its end",
    "Letter about what was said, in plain words, with an offer to meet elsewhere",
    "Ask the school how the children have been since",
    "Check that the address and the telephone number are right before anybody goes",
    "Strategy discussion asked for",
    "Supervision for the worker, and somebody else for the next visit",
];

/// Why an agency is involved.
pub(crate) const INVOLVED: [&str; 4] = [
    "On our list since the last referral, with a worker of their own.",
    "The plan names us, and we have begun.",
    "They came to us themselves and asked for help at home.",
    "A tenancy, and repairs that need somebody to go in.",
];

/// What contact is planned.
pub(crate) const CONTACT: [&str; 4] = [
    "A visit each fortnight, in pairs.",
    "At school, on Wednesdays.",
    "By telephone, after four.",
    "None at home; at our own house by appointment.",
];

/// What a meeting is for.
pub(crate) const OCCASIONS: [&str; 4] = [
    "Strategy discussion.",
    "Core group.",
    "Review conference; reports two days before.",
    "Planning meeting before the next visit.",
];

/// Why somebody else sees it, or somebody no longer does.
pub(crate) const CHANGED: [&str; 4] = [
    "Who goes there next has changed, and with it who needs to know.",
    "The plan was settled without this, and it is theirs no more than anybody's.",
    "Asked for at the meeting, by whoever has the visit on Friday.",
    "It turned out to be about somebody whom they don't work with.",
];

/// Why it isn't shared.
pub(crate) const DECLINED: [&str; 3] = [
    "It was said in confidence, and nobody is safer for its being passed on.",
    "What keeps a visitor safe is shared; the story is the child's.",
    "The enquiry is open, and it could reach those it is about.",
];

/// So many sentences of a list, one after another.
pub(crate) fn some<const N: usize>(
    random: &mut Random,
    all: &[&'static str; N],
    count: usize,
) -> String {
    random.some_of(all, count).join(" ")
}
