//! What an agency's own alerts wait for is kept with a mark, and found without opening the others: against a look at each of them, in
//! random stories and at any time.

use std::ops::ControlFlow;

use diogel_domain::{
    codes::Deed,
    content::{Content, Matter, ReferenceRole},
    correction::Replacement,
    ids::EventId,
    lifecycle::alert::Awaited,
    step::{AlertStep, StepSaid},
    times::Day,
};
use diogel_views::{Folded, Reader, Seen, Which};

use crate::given::{
    Story, agency,
    content::{alert_about, person, report},
    random::{self, Dice},
    seeds, to,
    views::{Shared, eyes_if_active, folded, take_up_to},
};

fn proposal(decided: bool) -> diogel_domain::alert::HazardAlert {
    let mut alert = alert_about(vec![person("p1", &["T-1"])]);
    let safety = alert.safety.as_mut().unwrap();
    if !decided {
        safety.decision = None;
    }
    alert
}

/// Alerts of two agencies, and whatever may befall them.
fn courses(seed: u64) -> Story {
    const DEEDS: [Deed; 8] = [
        Deed::Approved,
        Deed::Renewed,
        Deed::Renewed,
        Deed::Suspended,
        Deed::ObjectionUpheld,
        Deed::ObjectionNotUpheld,
        Deed::Refused,
        Deed::Ended,
    ];
    let mut dice = Dice(seed);
    let mut story = Story::begins();
    let mut pick = |below: usize| dice.roll(below);
    let all = ["health", "police", "housing"];
    let (mut alerts, mut steps) = (Vec::new(), Vec::new());
    for _ in 0..80 {
        let by = all[pick(2)];
        let Some((whose, on, incident)) = alerts.get(pick(alerts.len() + 1)).copied() else {
            let incident = story.reports(by, to(&all));
            let alert = Content::HazardAlert(proposal(pick(2) == 0));
            let rests = [(incident, ReferenceRole::RestsOn)];
            let alert = story.publishes(by, to(&all), &rests, alert);
            alerts.push((by, alert, incident));
            continue;
        };
        match pick(14) {
            0..5 => {
                let deed = DEEDS[pick(DEEDS.len())];
                let said = StepSaid::Alert(AlertStep {
                    decided_by: "Manager Invented".into(),
                    words: "so decided".into(),
                    review_on: Day::parse(["2026-06-20", "2027-01-24"][pick(2)]),
                    ..AlertStep::default()
                });
                steps.push((whose, story.steps_saying(whose, on, deed, None, said)));
            }
            5..8 => {
                let deed = [Deed::Objected, Deed::RestrictionAsked][pick(2)];
                let by = all[pick(3)];
                let audience = (by != whose).then(|| to(&[whose]));
                steps.push((by, story.steps(by, on, deed, audience)));
            }
            8 => {
                let again = Replacement::HazardAlert(proposal(pick(2) == 0));
                let alert = story.corrects(whose, to(&all), on, Some(again));
                alerts.push((whose, alert, incident));
            }
            9 => {
                let again = Replacement::Incident(report(vec![person("p1", &["T-1"])], "again"));
                let again = (pick(2) == 0).then_some(again);
                let correction = story.corrects(whose, to(&all), incident, again);
                // What was corrected goes wrong again later.
                alerts.push((whose, on, correction));
            }
            10 | 11 if !steps.is_empty() => {
                let (by, step) = steps[pick(steps.len())];
                if pick(2) == 0 {
                    story.erases(by, step);
                } else {
                    story.corrects(by, to(&all), step, None);
                }
            }
            12 if pick(3) == 0 => {
                story.erases(whose, on);
            }
            _ => story.days_pass(3),
        }
    }
    story
}

fn listed(views: &Folded<Shared>, reader: &Reader, which: Which) -> Vec<(u64, Vec<bool>)> {
    let mut items = Vec::new();
    let take = |seen: Seen| {
        let awaits = Awaited::ALL.iter().map(|what| seen.awaits(*what));
        items.push((seen.position, awaits.collect()));
        ControlFlow::Continue(())
    };
    assert_eq!(views.newest(reader, u64::MAX, which, take).unwrap(), 0);
    items
}

/// Now, a few days on, once reviews are due, and once everything has lapsed. Answers how many waited for what.
fn as_found_by_a_look_at_each(story: &Story, seed: u64) -> [usize; 3] {
    let views = folded(&story.inputs);
    let mut found = [0; 3];
    for by in ["health", "police", "housing"] {
        for days in [0, 4, 120, 400] {
            let now = story.now.plus_seconds(24 * 3_600 * days);
            let Some(eyes) = eyes_if_active(&views, by, now) else {
                continue;
            };
            let mut all = listed(&views, &eyes.reader, Which::of(Matter::HazardAlert).own());
            all.sort_unstable();
            for (which, what) in Awaited::ALL.iter().enumerate() {
                let mut kept = all.clone();
                kept.retain(|(_, awaits)| awaits[which]);
                found[which] += kept.len();
                let awaited = listed(&views, &eyes.reader, Which::awaiting(*what));
                assert_eq!(awaited, kept, "seed {seed}, {by}, {what:?}, {days} days");
            }
        }
    }
    found
}

#[test]
fn what_alerts_wait_for_is_found_whatever_befalls_them() {
    let mut found = [0; 3];
    for seed in seeds(60, "DIOGEL_AWAITED") {
        let now = as_found_by_a_look_at_each(&courses(seed), seed);
        found = std::array::from_fn(|n| found[n] + now[n]);
    }
    assert!(found.iter().all(|n| *n > 100), "{found:?} prove little");
}

#[test]
fn what_alerts_wait_for_is_found_whatever_else_happens() {
    let mut found = [0; 3];
    for seed in seeds(20, "DIOGEL_AWAITED") {
        let (story, _) = random::story(seed, 80);
        let now = as_found_by_a_look_at_each(&story, seed);
        found = std::array::from_fn(|n| found[n] + now[n]);
    }
    assert!(found[0] > 0 && found[1] > 0, "{found:?} prove little");
}

#[test]
fn p12_a_page_of_what_is_awaited_goes_on_where_the_one_before_ended() {
    let mut story = Story::begins();
    let mut proposals: Vec<EventId> = Vec::new();
    let incident = story.reports("police", to(&["health"]));
    for number in 0..300 {
        let undecided = number % 3 > 0;
        let content = Content::HazardAlert(proposal(!undecided));
        let rests = [(incident, ReferenceRole::RestsOn)];
        let event = story.publishes("police", to(&["health"]), &rests, content);
        proposals.extend(undecided.then_some(event));
    }
    let views = folded(&story.inputs);
    let reader = views.reader(&agency("police"), story.now).unwrap();
    let which = Which::awaiting(Awaited::Decision);
    let (mut listed, mut before) = (Vec::new(), u64::MAX);
    while before > 0 {
        let mut page = Vec::new();
        let next = views.newest(&reader, before, which, take_up_to(70, &mut page));
        before = next.unwrap();
        listed.extend(page.into_iter().map(|seen: Seen| seen.item.event_id));
    }
    assert_eq!(listed, proposals, "the oldest first, each once");
}
