//! What people need to take part.

use diogel_domain::{
    codes::{Language, Offer, OfferResponse, PersonRole},
    records::{AvoidDays, Needs},
};

use super::{
    english,
    family::{day, elin, needs, offer, person, setting},
    lines, shown, text,
};
use crate::{Topic, summarise};

fn sian() -> Needs {
    let sundays = AvoidDays {
        what: "chapel".into(),
        from: None,
        to: None,
        weekday: 7,
    };
    Needs {
        language: "Cymraeg".into(),
        interpreter: true,
        customs: "shoes off at the door".into(),
        avoid: vec![sundays],
        safe_contact: "SAFE-CONTACT".into(),
        advice_sought: "QUESTION".into(),
        ..Needs::default()
    }
}

#[test]
fn needs_stand_first_and_say_whose_they_are() {
    let mother = person("p1", PersonRole::ParentOrCarer, "Siân Morgan");
    let mut source = shown(&needs(1, "2026-12-01", mother, sian()));
    source.labels.clear();
    let document = english(&[source]);
    assert_eq!(document.sections[0].topic, Topic::Needs);
    let said = text(&document, Topic::Needs);
    for need in [
        "Siân Morgan: interpreter asked for: Cymraeg",
        "Siân Morgan: customs to respect: shoes off at the door",
        "Siân Morgan: days to avoid: chapel, every Sunday",
        "took advice on culture or language, without naming the family: 1 December 2026",
    ] {
        assert!(said.contains(need), "{need}: {said}");
    }
}

#[test]
fn a_safe_way_to_write_and_what_was_asked_of_an_expert_are_never_printed() {
    let document = english(&[shown(&needs(1, "2026-12-01", elin(), sian()))]);
    let page = crate::to_text(&document, 10_000);
    assert!(!page.contains("SAFE-CONTACT") && !page.contains("QUESTION"));
}

#[test]
fn a_meeting_on_a_day_to_avoid_is_warned_of_before_anything_else() {
    let sources = [shown(&needs(1, "2026-12-01", elin(), sian()))];
    let mut setting = setting(Language::English);
    setting.meeting_on = Some(day("2027-03-07"));
    let document = summarise(&setting, &sources);
    let warning = lines(&document, Topic::Needs)[1];
    assert_eq!(
        warning.text,
        "The meeting's date clashes with: chapel, 7 March 2027. Can the meeting be moved?"
    );
    setting.meeting_on = Some(day("2027-03-08"));
    let said = text(&summarise(&setting, &sources), Topic::Needs);
    assert!(!said.contains("clashes"));
}

#[test]
fn the_latest_word_on_an_offer_counts_and_none_is_asked_about() {
    let nobody = "Elin Morgan: no offer of an advocate is known to you. Who makes it?";
    let needs = text(
        &english(&[shown(&needs(1, "2026-12-01", elin(), sian()))]),
        Topic::Needs,
    );
    assert!(needs.contains(nobody));
    let advocate = Offer::FormalAdvocacy;
    let offered = shown(&offer(2, "2026-12-01", advocate, OfferResponse::Offered));
    let mut accepted = shown(&offer(3, "2026-12-08", advocate, OfferResponse::Accepted));
    let said = text(&english(std::slice::from_ref(&offered)), Topic::Needs);
    assert!(
        said.contains("was offered: formal advocacy (offered, no answer yet, 1 December 2026)")
    );
    // The same person, by the same identifiers; without any they are two.
    let two = text(&english(&[offered, accepted.clone()]), Topic::Needs);
    assert!(two.contains("advocate offered and accepted: 8 December 2026"));
    assert!(!two.contains(nobody));
    accepted.labels.clear();
    let another = text(&english(&[accepted]), Topic::Needs);
    assert!(another.contains("no offer of an advocate"));
}
