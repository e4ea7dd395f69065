//! Protocols over time: signed, amended, ended, reaching back.

use super::*;

/// The next version, in which flow 4 carries something else.
fn amended(groups: &str, adopted: &str) -> Version {
    let text = PROTOCOL
        .replace("version = 2", "version = 3")
        .replace(r#"["existence", "safety", "identity", "place"]"#, groups);
    version(&text, adopted)
}

fn versions<'v>(asked: &'v mut Asked<'_>) -> &'v mut Vec<Version> {
    &mut asked.rules.agreements.get_mut("T-01").unwrap().versions
}

#[test]
fn a_flow_is_in_force_once_both_have_signed() {
    let mut asked = asked(to("police"));
    versions(&mut asked)[0].signed.remove(&agency("police"));
    assert_eq!(asked.groups("police"), "");
    assert_eq!(asked.why("police", FieldGroup::Safety), Why::NotSigned);
    let late = vec![Span::since(at("2026-04-01"))];
    versions(&mut asked)[0]
        .signed
        .insert(agency("police"), late);
    assert_eq!(asked.groups("police"), "", "it reaches back to nothing");
    assert_eq!(asked.why("police", FieldGroup::Safety), Why::NotReached);
    let before = vec![Span::since(at("2026-02-20"))];
    versions(&mut asked)[0]
        .signed
        .insert(agency("police"), before);
    assert_eq!(asked.groups("police"), CARRIED);
}

#[test]
fn an_agency_that_signs_without_being_a_party_gets_nothing() {
    let mut asked = asked(to("charity"));
    let signed = vec![Span::since(at("2026-02-01"))];
    versions(&mut asked)[0]
        .signed
        .insert(agency("charity"), signed);
    assert_eq!(asked.groups("charity"), "");
}

#[test]
fn who_leaves_gets_nothing_more_and_has_nothing_more() {
    let mut asked = asked(to("police"));
    let left = Span {
        from: at("2026-02-01"),
        until: Some(at("2026-05-01")),
    };
    versions(&mut asked)[0]
        .signed
        .insert(agency("police"), vec![left]);
    assert_eq!(asked.groups("police"), "");
    asked.now = "2026-04-30";
    assert_eq!(asked.groups("police"), CARRIED, "as of before, it had it");
    asked.now = "2026-06-01";
    let again = Span::since(at("2026-05-10"));
    versions(&mut asked)[0]
        .signed
        .insert(agency("police"), vec![left, again]);
    assert_eq!(
        asked.groups("police"),
        "",
        "what a gap cut off stays cut off"
    );
}

#[test]
fn an_ended_protocol_carries_nothing() {
    let mut asked = asked(to("police"));
    versions(&mut asked)[0].adopted.until = Some(at("2026-05-01"));
    assert_eq!(asked.groups("police"), "");
    assert_eq!(asked.why("police", FieldGroup::Safety), Why::NoFlow);
}

#[test]
fn past_its_review_a_flow_opens_nothing_new_and_closes_nothing_old() {
    let mut asked = asked(to("police"));
    asked.now = "2027-01-01";
    assert_eq!(asked.groups("police"), CARRIED);
    versions(&mut asked)[0].protocol.flows[0].review_by = Day::parse("2026-02-28").unwrap();
    assert_eq!(asked.groups("police"), "");
    assert_eq!(asked.why("police", FieldGroup::Safety), Why::NotValidThen);
}

#[test]
fn a_new_version_keeps_what_both_carry_and_lets_nothing_old_through() {
    let mut asked = asked(to("police"));
    asked.now = "2026-06-01";
    let wider = amended(r#"["existence", "safety", "narrative"]"#, "2026-05-01");
    versions(&mut asked).push(wider);
    assert_eq!(asked.groups("police"), "existence safety precautions");
    assert_eq!(asked.why("police", FieldGroup::Narrative), Why::NotReached);
    assert_eq!(asked.of("police").citation().unwrap().version, 3);
    asked.now = "2026-04-30";
    assert_eq!(asked.groups("police"), CARRIED);
}

#[test]
fn what_a_version_closed_no_later_one_opens_by_itself() {
    let mut asked = asked(to("police"));
    versions(&mut asked).push(amended(r#"["existence"]"#, "2026-05-01"));
    let mut again = version(PROTOCOL, "2026-05-10");
    again.protocol.version = 4;
    versions(&mut asked).push(again);
    assert_eq!(asked.groups("police"), "existence");
}

#[test]
fn a_flow_reaches_back_where_it_says_so() {
    let mut asked = asked(to("police"));
    let mut wider = amended(r#"["existence", "safety", "narrative"]"#, "2026-05-01");
    wider.protocol.flows[0].reaches_back_to = Day::parse("2026-03-01");
    versions(&mut asked).push(wider);
    assert_eq!(
        asked.groups("police"),
        "existence safety narrative precautions"
    );
    let flow = &mut versions(&mut asked)[1].protocol.flows[0];
    flow.reaches_back_to = Day::parse("2026-03-02");
    assert_eq!(asked.groups("police"), "existence safety precautions");
}

#[test]
fn a_version_that_one_has_signed_changes_nothing_yet() {
    let mut asked = asked(to("police"));
    let mut next = amended(r#"["existence"]"#, "2026-05-01");
    next.signed.remove(&agency("housing"));
    versions(&mut asked).push(next);
    assert_eq!(asked.groups("police"), CARRIED);
}

#[test]
fn a_version_that_leaves_a_party_out_ends_what_was_between_them() {
    let mut asked = asked(to("police"));
    let mut next = amended(r#"["existence", "safety"]"#, "2026-05-01");
    next.protocol.parties.remove(&agency("police"));
    versions(&mut asked).push(next);
    assert_eq!(asked.groups("police"), "");
    asked.now = "2026-04-30";
    assert_eq!(asked.groups("police"), CARRIED);
}
