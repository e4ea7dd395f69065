//! Rules for plans, contacts, engagement needs, advocacy, changes and strengths.

use super::{Findings, LONG_TEXT, MEDIUM_TEXT, NAME, SHORT_TEXT, people, step};
use crate::{
    codes::{RequestPower, Sector},
    people::Person,
    records::{
        Advocacy, Change, ChangeClaimed, Contact, ContactNote, EngagementNeeds, InformationRequest,
        InformationSought, Needs, PlanAgreed, SafetyPlan, StrengthNoted,
    },
};

/// Measures, roles and sources that one record holds.
const ENTRIES: usize = 12;
/// A plan is reviewed within so many months.
const LONGEST_REVIEW_MONTHS: u32 = 12;
/// Agencies that one request asks.
const AGENCIES: usize = 24;

pub(super) fn plan(found: &mut Findings<'_>, at: &str, plan: &SafetyPlan) {
    some_people(found, at, &plan.people);
    found.text(&format!("{at}.worries"), &plan.worries, LONG_TEXT);
    match &plan.agreed {
        Some(agreed) => check_agreed(found, at, agreed),
        None => found.add(
            format!("{at}.measures"),
            "is required: what keeps everybody safe, whose, by when",
        ),
    }
}

fn check_agreed(found: &mut Findings<'_>, at: &str, agreed: &PlanAgreed) {
    found.known_agency(&format!("{at}.lead"), &agreed.lead);
    found.text(&format!("{at}.aim"), &agreed.aim, MEDIUM_TEXT);
    found.text(
        &format!("{at}.contingency"),
        &agreed.contingency,
        MEDIUM_TEXT,
    );
    found.count(&format!("{at}.measures"), agreed.measures.len(), ENTRIES);
    found.unless(
        !agreed.measures.is_empty(),
        format!("{at}.measures"),
        "needs at least one: what, whose, by when",
    );
    for (i, measure) in agreed.measures.iter().enumerate() {
        found.measure(&format!("{at}.measures[{i}]"), measure);
    }
    found.count(&format!("{at}.roles"), agreed.roles.len(), ENTRIES);
    for (i, role) in agreed.roles.iter().enumerate() {
        let at = format!("{at}.roles[{i}]");
        found.known_agency(&format!("{at}.agency"), &role.agency);
        found.text(&format!("{at}.role"), &role.role, NAME);
        found.text(&format!("{at}.tasks"), &role.tasks, MEDIUM_TEXT);
        found.required(&format!("{at}.tasks"), &role.tasks, "say what they do");
    }
    step::families_told(found, &format!("{at}.told"), &agreed.told);
    let today = found.setting.now.day();
    let ahead =
        agreed.review_on > today && agreed.review_on <= today.plus_months(LONGEST_REVIEW_MONTHS);
    found.unless(
        ahead,
        format!("{at}.review_on"),
        "must lie ahead, at most 12 months",
    );
}

pub(super) fn contact(found: &mut Findings<'_>, at: &str, contact: &ContactNote) {
    some_people(found, at, &contact.people);
    found.text(&format!("{at}.note"), &contact.note, LONG_TEXT);
    match &contact.contact {
        Some(details) => check_contact(found, at, details, &contact.people),
        None => found.add(
            format!("{at}.occurred"),
            "is required: when, and how it went",
        ),
    }
}

fn check_contact(found: &mut Findings<'_>, at: &str, contact: &Contact, people: &[Person]) {
    found.not_future(&format!("{at}.occurred.from"), contact.occurred.from);
    let ordered = contact.occurred.from <= contact.occurred.to;
    found.unless(
        ordered,
        format!("{at}.occurred.to"),
        "lies before `from`; swap them",
    );
    for (name, labels) in [("seen", &contact.seen), ("seen_alone", &contact.seen_alone)] {
        found.count(&format!("{at}.{name}"), labels.len(), ENTRIES);
        for (i, label) in labels.iter().enumerate() {
            found.person_label(&format!("{at}.{name}[{i}]"), label, people);
        }
    }
}

pub(super) fn needs(found: &mut Findings<'_>, at: &str, needs: &EngagementNeeds) {
    one_person(found, at, &needs.people);
    match &needs.needs {
        Some(needs) => check_needs(found, at, needs),
        None => found.add(at, "is empty: say what the person needs to take part"),
    }
}

fn check_needs(found: &mut Findings<'_>, at: &str, needs: &Needs) {
    let Needs {
        language,
        interpreter: _,
        access,
        customs,
        dress,
        bereavement,
        advice_sought,
        avoid,
        safe_contact,
    } = needs;
    for (name, text) in [
        ("language", language),
        ("access", access),
        ("customs", customs),
        ("dress", dress),
        ("bereavement", bereavement),
        ("advice_sought", advice_sought),
        ("safe_contact", safe_contact),
    ] {
        found.text(&format!("{at}.{name}"), text, MEDIUM_TEXT);
    }
    found.count(&format!("{at}.avoid"), avoid.len(), ENTRIES);
    for (i, days) in avoid.iter().enumerate() {
        let at = format!("{at}.avoid[{i}]");
        found.text(&format!("{at}.what"), &days.what, SHORT_TEXT);
        found.required(&format!("{at}.what"), &days.what, "say what it is");
        let (dated, weekly) = (days.from.is_some(), (1..=7).contains(&days.weekday));
        found.unless(
            dated != weekly && days.weekday <= 7,
            at.as_str(),
            "needs a first day in `from`, or a day of the week in `weekday`, 1 Monday to 7 Sunday",
        );
        let ordered = days
            .to
            .is_none_or(|to| days.from.is_some_and(|from| from <= to));
        found.unless(ordered, format!("{at}.to"), "lies before `from`; swap them");
    }
}

pub(super) fn advocacy(found: &mut Findings<'_>, at: &str, advocacy: &Advocacy) {
    one_person(found, at, &advocacy.people);
    match &advocacy.offer {
        Some(offer) => {
            found.text(&format!("{at}.note"), &offer.note, MEDIUM_TEXT);
            past(found, &format!("{at}.on"), offer.on);
        }
        None => found.add(
            format!("{at}.what"),
            "is required: what was offered, when, and the answer",
        ),
    }
}

pub(super) fn change(found: &mut Findings<'_>, at: &str, claimed: &ChangeClaimed) {
    some_people(found, at, &claimed.people);
    match &claimed.change {
        Some(change) => check_change(found, at, change),
        None => found.add(
            format!("{at}.what"),
            "is required: what has changed, and since when",
        ),
    }
}

fn check_change(found: &mut Findings<'_>, at: &str, change: &Change) {
    found.text(&format!("{at}.what"), &change.what, MEDIUM_TEXT);
    found.required(&format!("{at}.what"), &change.what, "say what has changed");
    found.text(&format!("{at}.said_by"), &change.said_by, NAME);
    found.required(
        &format!("{at}.said_by"),
        &change.said_by,
        "say who says so, by label or role",
    );
    past(found, &format!("{at}.since"), change.since);
    found.count(
        &format!("{at}.confirmed_by"),
        change.confirmed_by.len(),
        ENTRIES,
    );
    for (i, source) in change.confirmed_by.iter().enumerate() {
        step::source(found, &format!("{at}.confirmed_by[{i}]"), source);
    }
}

pub(super) fn strength(found: &mut Findings<'_>, at: &str, noted: &StrengthNoted) {
    some_people(found, at, &noted.people);
    match &noted.strength {
        Some(strength) => {
            found.text(&format!("{at}.what"), &strength.what, MEDIUM_TEXT);
            found.required(&format!("{at}.what"), &strength.what, "say what goes well");
            if let Some(since) = strength.since {
                past(found, &format!("{at}.since"), since);
            }
        }
        None => found.add(format!("{at}.what"), "is required: what goes well"),
    }
}

pub(super) fn information_request(
    found: &mut Findings<'_>,
    at: &str,
    request: &InformationRequest,
) {
    match &request.sought {
        Some(sought) => {
            // The Board may ask about its agencies' work; whoever asks under a protocol asks about somebody.
            let of_work = sought.power == RequestPower::BoardFunctions && request.people.is_empty();
            if !of_work {
                some_people(found, at, &request.people);
            }
            check_sought(found, at, sought);
        }
        None => found.add(at, "is empty: say whom you ask, for what, by when"),
    }
}

fn check_sought(found: &mut Findings<'_>, at: &str, sought: &InformationSought) {
    let InformationSought {
        asked,
        power,
        what,
        by,
    } = sought;
    let field = format!("{at}.asked");
    found.count(&field, asked.len(), AGENCIES);
    found.unless(
        !asked.is_empty(),
        field.as_str(),
        "needs at least one agency",
    );
    for (i, agency) in asked.iter().enumerate() {
        found.known_agency(&format!("{field}[{i}]"), agency);
        found.unless(
            agency != found.setting.originator,
            format!("{field}[{i}]"),
            "is your own agency: ask others",
        );
    }
    let board = found.setting.sector == Sector::Board;
    found.unless(
        board || *power != RequestPower::BoardFunctions,
        format!("{at}.power"),
        "is the Safeguarding Board's alone (section 137): choose AGREEMENT",
    );
    found.text(&format!("{at}.what"), what, MEDIUM_TEXT);
    let way_out = "say what you need, and for what";
    found.required(&format!("{at}.what"), what, way_out);
    let today = found.setting.now.day();
    found.unless(
        *by >= today && *by <= today.plus_months(LONGEST_REVIEW_MONTHS),
        format!("{at}.by"),
        "must lie ahead, at most 12 months",
    );
}

fn past(found: &mut Findings<'_>, at: &str, day: crate::times::Day) {
    let today = found.setting.now.day();
    found.unless(day <= today, at, "lies in the future; check the date");
    found.unless(
        day >= people::EARLIEST,
        at,
        "lies before 1900; check the date",
    );
}

fn some_people(found: &mut Findings<'_>, at: &str, people: &[Person]) {
    people::check(found, at, people, &[]);
    found.unless(
        !people.is_empty(),
        format!("{at}.people"),
        "is required: name a person",
    );
}

/// What is about one person's own needs or choices is one event for each.
fn one_person(found: &mut Findings<'_>, at: &str, people: &[Person]) {
    people::check(found, at, people, &[]);
    found.unless(
        people.len() == 1,
        format!("{at}.people"),
        "must be one person; send one event for each",
    );
}
