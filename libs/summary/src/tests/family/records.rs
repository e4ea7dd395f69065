//! Records, steps and meetings of the invented family, and the story with everything that the page can hold.

use diogel_domain::{
    codes::{
        CloseAction, ContactOutcome, Deed, Language, Offer, OfferResponse, PersonRole, Precision,
        RequestPower,
    },
    content::Content,
    involvement::InvolvementClaim,
    meeting::Meeting,
    people::Person,
    records::{
        Advocacy, AvoidDays, Change, ChangeClaimed, Contact, ContactNote, EngagementNeeds,
        InformationRequest, InformationSought, Needs, Offered, PlanAgreed, PlanRole, SafetyPlan,
        Strength, StrengthNoted,
    },
    step::{
        AlertStep, ChangeStep, Closing, EscalationStep, InformationStep, MeetingRecord, NextAction,
        PlanStep, Statement, Step, StepSaid,
    },
    times::{Day, Occurred},
};

use super::{OWN_FLOW, Told, agency, at, day, elin, measure, person, setting, story};
use crate::{Setting, Source, StepTaken};

/// A step of an agency on a day.
pub(in crate::tests) fn step(
    number: u8,
    originator: &'static str,
    on: &'static str,
    deed: Deed,
    said: StepSaid,
) -> Told {
    let deed = Some(deed);
    Told::new(number, originator, on, Content::Step(Step { deed, said }))
}

/// A step of an alert, with its next review.
pub(in crate::tests) fn alert_step(
    number: u8,
    on: &'static str,
    deed: Deed,
    review_on: Option<&str>,
) -> StepTaken {
    let said = AlertStep {
        review_on: review_on.map(day),
        ..AlertStep::default()
    };
    step(number, "housing", on, deed, StepSaid::Alert(said)).taken()
}

/// What a person says to an item.
pub(in crate::tests) fn statement(
    number: u8,
    on: &'static str,
    deed: Deed,
    person: &str,
    words: &str,
) -> StepTaken {
    let said = Statement {
        person: person.into(),
        words: words.into(),
    };
    step(number, "housing", on, deed, StepSaid::Statement(Some(said))).taken()
}

/// What a person needs to take part.
pub(in crate::tests) fn needs(number: u8, on: &'static str, person: Person, needs: Needs) -> Told {
    let given = EngagementNeeds {
        people: vec![person],
        needs: Some(needs),
    };
    Told::new(number, "social-care", on, Content::EngagementNeeds(given))
}

/// What Elin was offered.
pub(in crate::tests) fn offer(
    number: u8,
    on: &'static str,
    what: Offer,
    response: OfferResponse,
) -> Told {
    let offer = Offered {
        what,
        response,
        on: day(on),
        note: String::new(),
    };
    let given = Advocacy {
        people: vec![elin()],
        offer: Some(offer),
    };
    Told::new(number, "social-care", on, Content::Advocacy(given))
}

/// Something that goes well.
pub(in crate::tests) fn strength(
    number: u8,
    originator: &'static str,
    what: &str,
    since: &str,
) -> Told {
    let strength = Strength {
        what: what.into(),
        since: Day::parse(since),
    };
    let noted = StrengthNoted {
        people: vec![elin()],
        strength: Some(strength),
    };
    Told::new(number, originator, "2027-01-27", Content::Strength(noted))
}

/// A change that somebody claims.
pub(in crate::tests) fn change(number: u8, what: &str, since: &str, said_by: &str) -> Told {
    let sian = person("p2", PersonRole::ParentOrCarer, "Siân Morgan");
    let change = Change {
        what: what.into(),
        since: day(since),
        said_by: said_by.into(),
        confirmed_by: Vec::new(),
    };
    let claimed = ChangeClaimed {
        people: vec![elin(), sian],
        change: Some(change),
    };
    let content = Content::ChangeClaimed(claimed);
    Told::new(number, "social-care", "2027-01-15", content)
}

/// Another agency says whether a change holds.
pub(in crate::tests) fn change_step(number: u8, on: &'static str, deed: Deed) -> StepTaken {
    let said = StepSaid::Change(Some(ChangeStep::default()));
    step(number, "health", on, deed, said).taken()
}

/// A safety plan with two measures, to be reviewed on a day.
pub(in crate::tests) fn plan(number: u8, on: &'static str, review_on: &str) -> Told {
    let agreed = PlanAgreed {
        lead: agency("social-care"),
        aim: "Elin sleeps without fear.".into(),
        measures: vec![
            measure("Dog kept away from Elin", "social-care", "2027-01-29"),
            measure("Back door repaired", "housing", "2027-03-19"),
        ],
        roles: vec![PlanRole {
            agency: agency("health"),
            role: "health visitor".into(),
            tasks: "clinic".into(),
        }],
        contingency: String::new(),
        review_on: day(review_on),
        told: Vec::new(),
    };
    let plan = SafetyPlan {
        people: vec![elin()],
        worries: String::new(),
        agreed: Some(agreed),
    };
    Told::new(number, "social-care", on, Content::SafetyPlan(plan))
}

/// What became of a plan.
pub(in crate::tests) fn plan_step(
    number: u8,
    on: &'static str,
    deed: Deed,
    said: PlanStep,
) -> StepTaken {
    step(number, "housing", on, deed, StepSaid::Plan(Some(said))).taken()
}

/// What became of a disagreement.
pub(in crate::tests) fn crisp_step(
    number: u8,
    on: &'static str,
    deed: Deed,
    said: EscalationStep,
) -> StepTaken {
    let said = StepSaid::Escalation(Some(said));
    step(number, "education", on, deed, said).taken()
}

/// A meeting about Elin.
pub(in crate::tests) fn meeting(number: u8, on: &'static str, held: &str) -> Told {
    let meeting = Meeting {
        people: vec![elin()],
        places: Vec::new(),
        held_at: Some(at(held)),
        occasion: String::new(),
    };
    Told::new(number, "social-care", on, Content::Meeting(meeting, false))
}

/// What a meeting recorded.
pub(in crate::tests) fn meeting_step(
    number: u8,
    on: &'static str,
    deed: Deed,
    record: MeetingRecord,
) -> StepTaken {
    let said = StepSaid::Meeting(record);
    step(number, "social-care", on, deed, said).taken()
}

/// A contact of an agency.
pub(in crate::tests) fn contact(
    number: u8,
    originator: &'static str,
    on: &'static str,
    outcome: ContactOutcome,
) -> Told {
    let occurred = Occurred {
        from: at(on),
        to: at(on),
        precision: Precision::Day,
    };
    let contact = Contact {
        occurred,
        outcome,
        at_home: true,
        seen: Vec::new(),
        seen_alone: Vec::new(),
    };
    let note = ContactNote {
        people: vec![elin()],
        contact: Some(contact),
        note: String::new(),
    };
    Told::new(number, originator, on, Content::Contact(note))
}

/// An agency says that it is involved.
pub(in crate::tests) fn involvement(
    number: u8,
    originator: &'static str,
    on: &'static str,
) -> Told {
    let claim = InvolvementClaim {
        people: vec![elin()],
        grounds: None,
    };
    Told::new(number, originator, on, Content::Involvement(claim))
}

/// How the last meeting closed.
pub(in crate::tests) fn closing() -> MeetingRecord {
    let closing = Closing {
        invited: vec![agency("health"), agency("police")],
        enough_information: Some(true),
        plan_effective: Some(false),
        next: Some(NextAction {
            what: CloseAction::LegalAdvice,
            owner: agency("social-care"),
            by: day("2027-01-15"),
        }),
        ..Closing::default()
    };
    MeetingRecord {
        closing: Some(closing),
        exclusion: None,
    }
}

/// The council's, with what is known of meetings.
pub(in crate::tests) fn chaired(language: Language) -> Setting {
    let mut setting = setting(language);
    setting.meeting_on = Some(day("2027-03-07"));
    setting.last_meeting = Some(at("2026-12-04"));
    setting.agencies.push(agency("probation"));
    setting
}

/// The story with everything that the page can hold.
pub(in crate::tests) fn whole_story() -> Vec<Source> {
    let mother = person("p1", PersonRole::ParentOrCarer, "Siân Morgan");
    let sundays = AvoidDays {
        what: "chapel".into(),
        from: None,
        to: None,
        weekday: 7,
    };
    let welsh = Needs {
        language: "Cymraeg".into(),
        avoid: vec![sundays],
        ..Needs::default()
    };
    let advocate = Offer::FormalAdvocacy;
    let mut sources: Vec<Source> = [
        needs(12, "2026-12-01", mother, welsh),
        offer(13, "2026-12-01", advocate, OfferResponse::Accepted),
        strength(14, "education", "Attendance 96 %.", "2026-11-03").told_to_family(),
        change(15, "The dog lives with a cousin.", "2027-01-15", "p2"),
        plan(16, "2026-12-04", "2027-06-04").told_to_family(),
        meeting(17, "2026-11-20", "2026-12-04"),
        contact(18, "social-care", "2026-12-18", ContactOutcome::Kept),
        contact(19, "social-care", "2027-01-20", ContactOutcome::CutShort),
        contact(20, "health", "2027-01-05", ContactOutcome::Kept),
        contact(21, "health", "2027-02-05", ContactOutcome::Kept),
    ]
    .iter()
    .map(|told| told.seen_by("social-care", OWN_FLOW))
    .collect();
    let done = PlanStep {
        measure: 2,
        ..PlanStep::default()
    };
    sources[4].steps = vec![plan_step(30, "2027-02-20", Deed::MeasureDone, done)];
    sources[5].steps = vec![meeting_step(
        31,
        "2026-12-04",
        Deed::MeetingClosed,
        closing(),
    )];
    sources.extend(story());
    sources
}

/// The council asks another agency in writing.
pub(in crate::tests) fn request(number: u8, asked: &str, on: &'static str, by: &str) -> Told {
    let request = InformationRequest {
        people: vec![elin()],
        sought: Some(InformationSought {
            asked: vec![agency(asked)],
            power: RequestPower::Agreement,
            what: "What does Elin say of her days?".into(),
            by: day(by),
        }),
    };
    Told::new(
        number,
        "social-care",
        on,
        Content::InformationRequest(request),
    )
}

/// What it answered.
pub(in crate::tests) fn answer(
    number: u8,
    by: &'static str,
    on: &'static str,
    deed: Deed,
) -> StepTaken {
    let said = StepSaid::Information(Some(InformationStep {
        words: "Looked through every file.".into(),
        role: String::new(),
    }));
    step(number, by, on, deed, said).taken()
}
