//! Ties that an originator may not know of, and whatever could show them; and what a change of audience may not do.

use diogel_domain::{
    codes::{InvolvedWhen, Purpose, Sector},
    content::{Content, Kind, Open, ReferenceRole},
    correction::Replacement,
    disclosure::EmergencyDisclosure,
    effect::{Effect, Reason},
    ids::EventId,
    times::Moment,
};
use diogel_sharing::{
    audience::{Audience, AudienceTexts, Recipient},
    change::{Change, Disclosure, Narrowing},
    groups::{FieldGroup, Groups},
    header::Header,
};
use diogel_views::{
    ContentState, Folded,
    read::{Draft, Line, Table},
    rows::{FoldOutcome, ItemState},
};

use crate::given::{
    PROTOCOL, Story, agency,
    content::{danger, escalation, incident, local, person, report},
    deeds::{by_practice, granted, narrow, widen},
    to,
    views::{Shared, checked, eyes, folded, outcomes},
};

fn lines(views: &Folded<Shared>, story: &Story, of: &str, event: EventId) -> Vec<Line> {
    let reader = views.reader(&agency(of), story.now).unwrap();
    let explained = views.explain(&reader, event).unwrap();
    explained.unwrap().lines
}

/// The agency gets something, by its line.
fn gives(lines: &[Line], of: &str) -> bool {
    let mut lines = lines.iter();
    let line = lines.find(|line| line.agency == agency(of)).unwrap();
    !line.groups.is_empty()
}

fn outstanding(story: &Story, of: &str, event: EventId) -> Vec<String> {
    let views = folded(&story.inputs);
    let lines = lines(&views, story, of, event).into_iter();
    let lines = lines.filter(|line| line.outstanding);
    lines.map(|line| line.agency.to_string()).collect()
}

/// To one by name, and to whoever is involved.
fn to_one_and_the_involved(one: &str) -> Audience {
    let mut audience = to(&[one]);
    let involved = Recipient::Involved(InvolvedWhen::WhileInvolved);
    audience.grants.extend(granted(involved).grants);
    audience
}

fn while_involved() -> Audience {
    granted(Recipient::Involved(InvolvedWhen::WhileInvolved))
}

fn narrative(from: &str) -> Change {
    Change::Narrow(Narrowing {
        from: [agency(from)].into(),
        groups: Groups::NONE.with(FieldGroup::Narrative),
    })
}

#[test]
fn what_is_taken_back_whole_is_outstanding_until_it_was_taken() {
    let mut story = Story::begins();
    let event = story.reports("police", to(&["health", "housing"]));
    story.shares("police", event, narrow(&["health"]), None);
    assert_eq!(outstanding(&story, "police", event), ["health"]);
    story.acknowledges("health", event);
    assert_eq!(outstanding(&story, "police", event), [""; 0]);
    story.shares("police", event, Change::Withdraw, None);
    assert_eq!(outstanding(&story, "police", event), ["housing"]);
}

#[test]
fn p6_what_is_outstanding_shows_no_hidden_claim() {
    let told = |claim: bool| {
        let mut story = Story::begins();
        let event = story.reports("police", to_one_and_the_involved("housing"));
        if claim {
            story.claims("housing", &["T-1"], true);
        }
        story.shares("police", event, narrative("housing"), None);
        outstanding(&story, "police", event)
    };
    assert_eq!(told(true), ["housing"]);
    assert_eq!(told(false), told(true));
}

#[test]
fn p6_the_end_of_a_hidden_claim_shows_in_no_line() {
    let told = |claim: bool| {
        let mut story = Story::begins();
        let event = story.reports("police", to_one_and_the_involved("housing"));
        let narrow = narrative("housing");
        story.shares("police", event, narrow, None);
        story.acknowledges("housing", event);
        if claim {
            let claim = story.claims("housing", &["T-1"], true);
            story.confirms("social-care", claim);
            story.corrects("housing", to(&["education"]), claim, None);
        }
        let views = folded(&story.inputs);
        let lines = lines(&views, &story, "police", event);
        lines.into_iter().find(|l| l.agency == agency("housing"))
    };
    assert_eq!(told(true), told(false));
}

#[test]
fn p6_no_room_shows_whom_a_hidden_tie_gives_an_item() {
    let mut story = Story::begins();
    let event = story.reports("police", to_one_and_the_involved("health"));
    let in_the_room = |story: &Story| {
        let views = folded(&story.inputs);
        let police = eyes(&views, "police", story.now);
        let seen = police.see(event).unwrap();
        let room = [agency("housing")];
        views.see_in_room(&police.reader, &seen, &room).unwrap()
    };
    assert!(in_the_room(&story).is_none());
    let claim = story.claims("housing", &["T-1"], true);
    story.confirms("social-care", claim);
    let views = folded(&story.inputs);
    assert!(eyes(&views, "housing", story.now).see(event).is_some());
    assert!(in_the_room(&story).is_none(), "it is a sensitive claim");
    let open = story.claims("education", &["T-1"], false);
    story.confirms("social-care", open);
    let views = folded(&story.inputs);
    let police = eyes(&views, "police", story.now);
    let seen = police.see(event).unwrap();
    let room = views.see_in_room(&police.reader, &seen, &[agency("education")]);
    assert!(room.unwrap().is_some(), "of this one police was told");
}

#[test]
fn p6_an_attendee_that_was_added_behind_the_originators_back_shows_in_no_line() {
    let mut story = Story::begins();
    let meeting = story.meets("social-care", &["social-care", "health"], None);
    let event = story.reports("police", granted(Recipient::Meeting(meeting)));
    let all = ["social-care", "health", "housing"];
    story.meets("social-care", &all, Some(meeting));
    if let Some((_, header)) = &mut story.last().known {
        header.audience = Some(to(&["housing"]));
    }
    let views = folded(&story.inputs);
    assert!(eyes(&views, "housing", story.now).see(event).is_some());
    let lines = lines(&views, &story, "police", event);
    assert!(gives(&lines, "health") && !gives(&lines, "housing"));
}

#[test]
fn p6_who_is_withheld_by_name_is_told_of_no_retraction() {
    let mut story = Story::begins();
    let audience = Audience {
        restricted_by_person: true,
        ..to(&["health"])
    };
    let event = story.reports("police", audience);
    let position = story.inputs.len() as u64;
    if let ContentState::Open { texts, .. } = &mut story.last().content {
        texts.withheld_persons = vec!["Sister Fictitious".to_owned()];
    }
    story.shares("police", event, narrow(&["health"]), None);
    let views = folded(&story.inputs);
    let told = |person: &str| {
        let reader = views.reader(&agency("health"), story.now).unwrap();
        let reader = views.on_behalf_of(reader, person);
        let withheld = views.withholds_by_name(&reader, event).unwrap();
        (views.told(&reader, position).unwrap().is_some(), withheld)
    };
    assert_eq!(told("Sister Fictitious"), (false, true));
    assert_eq!(told(""), (false, true));
    assert_eq!(told("Nurse Invented"), (true, false));
}

#[test]
fn a_request_is_granted_only_by_what_the_asker_holds_afterwards() {
    let state = |change: Change| {
        let mut story = Story::begins();
        let mut audience = to(&["health"]);
        audience.grants[0].groups = Some(Groups::NONE.with(FieldGroup::Safety));
        let event = story.reports("police", audience);
        let request = story.asks_for("health", event);
        story.with_hash(request, event);
        story.shares("police", event, change, Some(request));
        let views = folded(&story.inputs);
        let seen = eyes(&views, "police", story.now).see(request);
        seen.unwrap().item.state
    };
    let granted = state(widen(Recipient::Agency(agency("health"))));
    assert!(matches!(granted, ItemState::Granted(_)), "{granted:?}");
    let another = state(widen(Recipient::Agency(agency("housing"))));
    assert!(matches!(another, ItemState::Declined(_)), "{another:?}");
    let less = state(narrow(&["health"]));
    assert!(matches!(less, ItemState::Declined(_)), "{less:?}");
}

#[test]
fn what_was_kept_without_a_purpose_is_shared_by_a_correction_alone() {
    let mut story = Story::begins();
    let event = story.reports("police", Audience::originator_only());
    let widened = widen(Recipient::Agency(agency("health")));
    let change = story.shares("police", event, widened, None);
    let views = folded(&story.inputs);
    let refused = Effect::WithoutEffect(Reason::NothingToShareFor);
    assert_eq!(
        outcomes(&views, "police", change),
        [FoldOutcome::Judged(refused)]
    );
}

#[test]
fn p7_who_signs_again_keeps_nobody_busy() {
    let mut story = Story::begins();
    story.reports("police", to(&["health"]));
    let views = folded(&story.inputs);
    let before = story.inputs.len();
    for _ in 0..3 {
        story.signs("police", PROTOCOL);
        story.signs("police", &PROTOCOL.replace("version = 1", "version = 7"));
    }
    views.fold(&story.inputs[before..]).unwrap();
    assert!(views.is_swept().unwrap(), "nothing is to be decided again");
}

fn disclosure() -> Change {
    Change::Disclose(Disclosure {
        to: [agency("charity")].into(),
        groups: Groups::NONE.with(FieldGroup::Safety),
        until: None,
    })
}

#[test]
fn p7_an_emergency_is_no_change_of_audience() {
    let mut story = Story::begins();
    let event = story.reports("police", to(&["health"]));
    let change = story.shares("police", event, disclosure(), None);
    let header = Header {
        audience: Some(Audience::originator_only()),
        change: Some(disclosure()),
        ..Header::default()
    };
    let references = [(event, ReferenceRole::Shares)];
    let quiet = Content::SharingDecision(diogel_domain::disclosure::SharingDecision {
        decided: diogel_domain::disclosure::Decided::NotShared,
        reason: "so decided".to_owned(),
    });
    let declined = story.seals("police", header, &references, quiet);
    let views = folded(&story.inputs);
    let refused = FoldOutcome::Judged(Effect::WithoutEffect(Reason::WrongKind));
    assert_eq!(outcomes(&views, "police", change), [refused]);
    assert_eq!(outcomes(&views, "police", declined), [refused]);
    assert!(eyes(&views, "charity", story.now).see(event).is_none());
}

#[test]
fn the_board_is_told_of_each_emergency_and_asked_to_review_it_whatever_the_protocols_say() {
    let mut story = Story::begins();
    story.says("police", Open::ProtocolLeft("T-01".to_owned()), &[]);
    let event = story.reports("police", to(&["health"]));
    let header = Header {
        audience: Some(by_practice()),
        change: Some(disclosure()),
        ..Header::default()
    };
    let references = [(event, ReferenceRole::Shares)];
    let reason = "he waits at the refuge".to_owned();
    let content = Content::EmergencyDisclosure(EmergencyDisclosure { reason });
    let told = story.seals("police", header, &references, content);
    let views = folded(&story.inputs);
    assert!(eyes(&views, "charity", story.now).see(event).is_some());
    let board = eyes(&views, "board", story.now);
    let seen = board.see(told).unwrap();
    assert_eq!(seen.item.kind, Some(Kind::EmergencyDisclosed));
    assert!(seen.disclosed.is_some());
    assert_eq!(seen.item.header.change, Some(disclosure()));
    assert_eq!(seen.item.references()[0].event_id, event);
    assert!(
        board.see(event).is_none(),
        "the event itself isn't the Board's"
    );
    assert!(seen.acknowledgement_asked);
    assert_eq!(outstanding(&story, "police", told), ["board"]);
    story.acknowledges("board", told);
    assert_eq!(outstanding(&story, "police", told), [""; 0]);
}

#[test]
fn an_escalation_is_widened_to_its_parties_and_glimpsed_by_others() {
    let mut story = Story::begins();
    let mut audience = to(&["health"]);
    audience.grants[0].groups = Some(Groups::NONE.with(FieldGroup::Dispute));
    let content = escalation(vec![person("p1", &["T-1"])]);
    let event = story.publishes("police", audience, &[], content);
    for recipient in ["health", "housing"].map(agency).map(Recipient::Agency) {
        let widened = widen(recipient);
        story.shares("police", event, widened, None);
    }
    let sector = widen(Recipient::Sector(Sector::SocialCare));
    story.shares("police", event, sector, None);
    let views = folded(&story.inputs);
    let groups = |of: &str| {
        let seen = eyes(&views, of, story.now).see(event);
        seen.map(|seen| seen.permit.groups())
    };
    let party = groups("health").unwrap();
    assert!(party.has(FieldGroup::Dispute) && party.has(FieldGroup::Identity));
    assert_eq!(groups("housing"), Some(Groups::GLIMPSE));
    assert_eq!(groups("social-care"), None);
}

#[test]
fn the_family_is_shown_no_voice_that_is_not_safe_and_no_alert_that_was_not_told() {
    let mut story = Story::begins();
    let event = story.reports("police", to(&["health"]));
    let alert = story.alerts("police", to(&["health"]), event);
    for input in &mut story.inputs {
        if let Some((_, header)) = &mut input.known
            && let Some(audience) = &mut header.audience
        {
            audience.family = diogel_domain::codes::FamilyHandling::Yes;
        }
    }
    let views = folded(&story.inputs);
    let reader = views.reader(&agency("police"), story.now).unwrap();
    let table = Table {
        chair: agency("police"),
        attending: vec![agency("health")],
    };
    let told = |event| {
        let draft = Draft::Change(event, widen(Recipient::Agency(agency("housing"))));
        let preview = views.preview(&reader, draft, &table).unwrap().unwrap();
        let family = preview.family.into_iter().next().unwrap().1;
        (preview.professionals.is_some(), family)
    };
    let (professionals, family) = told(alert);
    assert!(professionals && family.is_none(), "its person wasn't told");
    let (_, family) = told(event);
    let disclosed = family.unwrap().disclosed.unwrap();
    let report = disclosed.content().incident().unwrap();
    assert!(report.voice.iter().all(|account| account.safe_to_say));
    let safety = report.safety.as_ref().unwrap();
    assert!(safety.provisional_precautions.is_empty());
    let identity = report.people[0].identity.as_ref().unwrap();
    assert!(identity.identifiers.is_empty());
    let meeting = story.meets("police", &["health"], None);
    let (_, header) = story.last().known.as_mut().unwrap();
    let audience = header.audience.insert(to(&["health"]));
    audience.family = diogel_domain::codes::FamilyHandling::Yes;
    let views = folded(&story.inputs);
    let reader = views.reader(&agency("police"), story.now).unwrap();
    let draft = Draft::Change(meeting, widen(Recipient::Agency(agency("housing"))));
    let preview = views.preview(&reader, draft, &table).unwrap().unwrap();
    let (professionals, family) = (preview.professionals.unwrap(), &preview.family[0].1);
    assert!(professionals.item.header.attendance.is_some());
    let family = family.as_ref().unwrap();
    assert!(family.item.header.attendance.is_none());
}

#[test]
fn p6_an_attendee_that_was_added_behind_the_originators_back_shows_in_no_preview() {
    let mut story = Story::begins();
    let meeting = story.meets("social-care", &["social-care", "health"], None);
    let known = story.reports("police", granted(Recipient::Meeting(meeting)));
    let all = ["social-care", "health", "housing"];
    story.meets("social-care", &all, Some(meeting));
    if let Some((_, header)) = &mut story.last().known {
        header.audience = Some(to(&["housing"]));
    }
    let views = folded(&story.inputs);
    let police = views.reader(&agency("police"), story.now).unwrap();
    assert!(views.see_event(&police, known).unwrap().is_some());
    let draft = Draft::New {
        kind: Kind::IncidentReported,
        header: Box::new(Header {
            audience: Some(granted(Recipient::Meeting(meeting))),
            ..Header::default()
        }),
        content: Box::new(incident(vec![person("p1", &["T-1"])])),
        texts: AudienceTexts::default(),
    };
    let table = Table {
        chair: agency("social-care"),
        attending: Vec::new(),
    };
    let preview = views.preview(&police, draft, &table).unwrap().unwrap();
    let lines: Vec<Line> = preview
        .recipients
        .into_iter()
        .map(|(line, _)| line)
        .collect();
    assert!(gives(&lines, "health") && !gives(&lines, "housing"));
}

#[test]
fn p6_a_claim_opens_the_door_by_whom_it_named_when_it_is_closed_too() {
    let for_good = Recipient::Involved(InvolvedWhen::AtPublication);
    let found = [false, true].map(|is_closed| {
        let mut story = Story::begins();
        let claim = story.claims("housing", &["T-1"], false);
        let two = vec![person("p1", &["T-1"]), person("p2", &["T-2"])];
        story.publishes(
            "police",
            granted(for_good.clone()),
            &[],
            danger(two, Vec::new()),
        );
        if is_closed {
            story.closes("housing", claim);
        }
        let views = folded(&story.inputs);
        let housing = eyes(&views, "housing", story.now);
        ["T-1", "T-2"].map(|number| housing.check(&[local(number)]).len())
    });
    assert_eq!(found, [[1, 0]; 2]);
}

#[test]
fn what_a_protocol_opens_at_every_door_a_claim_doesnt_narrow() {
    let mut story = Story::begins();
    let (head, rest) = PROTOCOL.split_once("groups = [").unwrap();
    let (_, rest) = rest.split_once(']').unwrap();
    let text = format!("{head}groups = [\"precautions\"]{rest}");
    story.agree(&text.replace("version = 1", "version = 2"));
    story.claims("housing", &["T-1"], false);
    let two = vec![person("p1", &["T-1"]), person("p2", &["T-2"])];
    story.publishes("police", to(&["housing"]), &[], danger(two, Vec::new()));
    let views = folded(&story.inputs);
    let housing = eyes(&views, "housing", story.now);
    let found = ["T-1", "T-2"].map(|number| housing.check(&[local(number)]).len());
    assert_eq!(found, [1, 1]);
}

/// What became of an event, for its originator.
fn refused(story: &Story, of: &str, event: EventId, reason: Reason) -> bool {
    let told = outcomes(&folded(&story.inputs), of, event);
    told == [FoldOutcome::Judged(Effect::WithoutEffect(reason))]
}

#[test]
fn a_claim_of_which_nobody_could_be_told_opens_nothing() {
    let mut story = Story::begins();
    story.warns("police", while_involved());
    let claim = story.claims("housing", &["T-1"], false);
    let (_, header) = story.last().known.as_mut().unwrap();
    header.audience.as_mut().unwrap().purpose = Some(Purpose::BoardGovernance);
    assert!(refused(&story, "housing", claim, Reason::NobodyToTell));
    let views = folded(&story.inputs);
    let housing = eyes(&views, "housing", story.now);
    assert!(housing.check(&[local("T-1")]).is_empty());
}

#[test]
fn what_is_said_of_an_escalation_goes_to_its_parties_alone() {
    let mut story = Story::begins();
    let content = escalation(vec![person("p1", &["T-1"])]);
    let escalation = story.publishes("police", to(&["health"]), &[], content);
    let beyond = story.corrects("police", to(&["housing"]), escalation, None);
    assert!(refused(&story, "police", beyond, Reason::BeyondItsParties));
    let within = story.corrects("police", to(&["health"]), escalation, None);
    let done = [FoldOutcome::Judged(Effect::Effective)];
    assert_eq!(outcomes(&folded(&story.inputs), "police", within), done);
}

#[test]
fn a_correction_is_kept_from_those_from_whom_the_event_is_kept_unless_it_names_them() {
    let sector = |of| granted(Recipient::Sector(of));
    let sees = |withheld: bool, correction: Audience| {
        let mut story = Story::begins();
        let mut audience = sector(Sector::Health);
        if withheld {
            audience.withheld = [agency("health")].into();
        }
        let event = story.reports("police", audience);
        if !withheld {
            story.shares("police", event, narrative("health"), None);
        }
        let report = report(vec![person("p1", &["T-1"])], "what was right");
        let replacement = Some(Replacement::Incident(report));
        let correction = story.corrects("police", correction, event, replacement);
        let views = folded(&story.inputs);
        let seen = eyes(&views, "health", story.now).see(correction);
        seen.map(|seen| seen.permit.groups().has(FieldGroup::Narrative))
    };
    assert_eq!(sees(true, sector(Sector::Health)), None);
    assert_eq!(sees(false, sector(Sector::Health)), Some(false));
    assert_eq!(sees(true, to(&["health"])), Some(true));
    assert_eq!(sees(false, to(&["health"])), Some(true));
}

#[test]
fn who_sees_an_event_is_changed_so_often_and_then_by_a_correction() {
    let mut story = Story::begins();
    let event = story.reports("police", to(&["health"]));
    let changes: Vec<EventId> = (0..257)
        .map(|_| story.shares("police", event, narrow(&["health"]), None))
        .collect();
    assert!(refused(
        &story,
        "police",
        changes[256],
        Reason::ChangedTooOften
    ));
    assert!(!refused(
        &story,
        "police",
        changes[255],
        Reason::ChangedTooOften
    ));
}

#[test]
fn who_attends_a_meeting_is_changed_so_often_and_no_more() {
    let mut story = Story::begins();
    let meeting = story.meets("social-care", &["social-care"], None);
    let mut last = meeting;
    for turn in 0..509 {
        let others: &[&str] = if turn % 2 == 0 { &["health"] } else { &[] };
        last = story.meets("social-care", others, Some(last));
    }
    let once_more = story.meets("social-care", &["health"], Some(last));
    assert!(refused(
        &story,
        "social-care",
        once_more,
        Reason::ChangedTooOften
    ));
    assert!(!refused(
        &story,
        "social-care",
        last,
        Reason::ChangedTooOften
    ));
}

#[test]
fn as_of_a_time_the_door_opens_no_wider_than_now() {
    let mut story = Story::begins();
    let mut audience = while_involved();
    audience.until = Some(Moment(story.now.0 + Moment::DAY));
    story.warns("police", audience);
    story.claims("housing", &["T-1"], false);
    let then = story.now;
    let found = |days: i64| {
        let views = folded(&story.inputs);
        let now = Moment(then.0 + days * Moment::DAY);
        let reader = views.reader(&agency("housing"), now).unwrap();
        let reader = reader.as_of(Some(then));
        checked(&views, &reader, &[local("T-1")]).len()
    };
    assert_eq!((found(0), found(2)), (1, 0));
}
