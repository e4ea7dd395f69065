//! What a preview says is what comes of it: in random stories each publication is previewed just before it is folded, and compared
//! with what its originator is told afterwards, and with what each recipient reads.

use diogel_domain::{
    content::{Content, Kind, ReferenceRole},
    ids::EventId,
};
use diogel_sharing::{
    audience::{Audience, Grant, Recipient},
    groups::FieldGroup,
    header::Header,
};
use diogel_views::{
    ContentState, FoldInput, Folded, Reader,
    read::{Draft, Line, Preview, Table},
};

use crate::given::{
    Story, agency,
    content::{incident, person},
    random, seeds, some, to,
    views::{Shared, empty, eyes, folded, sweep},
};

fn draft(input: &FoldInput) -> Option<Draft> {
    let (kind, header) = input.known.clone()?;
    if kind == Kind::AudienceChanged {
        let of = header
            .references
            .iter()
            .find(|r| r.role == ReferenceRole::Shares)?;
        return Some(Draft::Change(of.event_id, header.change.clone()?));
    }
    let ContentState::Open { content, texts, .. } = &input.content else {
        return None;
    };
    header.audience.as_ref()?;
    Some(Draft::New {
        kind,
        header: Box::new(header),
        content: content.clone(),
        texts: texts.clone(),
    })
}

/// The claims that an agency knows of.
fn claims(views: &Folded<Shared>, reader: &Reader, story: &Story) -> Vec<EventId> {
    let claims = story.inputs.iter().filter(|input| {
        let known = input.known.as_ref();
        known.is_some_and(|(kind, _)| *kind == Kind::InvolvementClaimed)
    });
    let seen = claims.filter(|input| views.see_event(reader, input.event_id).unwrap().is_some());
    seen.map(|input| input.event_id).collect()
}

fn table(reader: &Reader) -> Table {
    Table {
        chair: reader.agency().clone(),
        attending: Vec::new(),
    }
}

fn others(lines: Vec<Line>, own: &Reader) -> Vec<Line> {
    let others = lines.into_iter().filter(|l| l.agency != *own.agency());
    // What was told of it before is no matter of a draft.
    let bare = others.map(|line| Line {
        outstanding: false,
        ..line
    });
    bare.collect()
}

#[test]
fn a_preview_says_what_will_be_seen() {
    let (mut compared, mut read, mut faults) = (0, 0, Vec::new());
    for seed in seeds(60, "DIOGEL_PREVIEWS") {
        let (story, _) = random::story(seed, 40);
        let views = empty(Shared::default());
        for input in &story.inputs {
            sweep(&views);
            let reader = views.reader(&input.agency, input.ordered_at);
            let before = reader.zip(draft(input)).and_then(|(reader, draft)| {
                let preview = views.preview(&reader, draft.clone(), &table(&reader));
                let known = claims(&views, &reader, &story);
                Some((draft, preview.unwrap()?, known))
            });
            views.fold(std::slice::from_ref(input)).unwrap();
            let Some((draft, preview, known)) = before else {
                continue;
            };
            // Publishing makes an originator concerned by claims that it knew nothing of: no draft tells it before.
            let own = views.reader(&input.agency, input.ordered_at);
            if own.is_none_or(|own| claims(&views, &own, &story) != known) {
                continue;
            }
            if let Some(fault) = differs(&views, input, &draft, &preview, &mut read) {
                faults.push(format!("seed {seed}, {}: {fault}", input.event_id));
            }
            compared += 1;
        }
    }
    some(&faults);
    assert!(
        compared > 500 && read > 500,
        "{compared} compared, {read} read: too few"
    );
}

fn differs(
    views: &Folded<Shared>,
    input: &FoldInput,
    draft: &Draft,
    preview: &Preview,
    read: &mut usize,
) -> Option<String> {
    let asked = input
        .known
        .iter()
        .flat_map(|(_, header)| &header.references);
    let meant = [
        ReferenceRole::Requests,
        ReferenceRole::StepOf,
        ReferenceRole::Corrects,
    ];
    let mut asked = asked.filter(|r| meant.contains(&r.role));
    let own = views.reader(&input.agency, input.ordered_at)?;
    // Whoever asks about what is withheld by name gives the name, in a preview too.
    if asked.any(|r| views.see_event(&own, r.event_id).unwrap().is_none()) {
        return None;
    }
    let event = match draft {
        Draft::New { .. } => input.event_id,
        Draft::Change(event, _) => *event,
    };
    let position = input.position;
    // What waits, or had no effect, came to nothing.
    let outcomes = views.outcomes(&input.agency, 0, usize::MAX).unwrap();
    let judged = outcomes
        .iter()
        .rev()
        .find(|o| o.1.event_id == input.event_id);
    let effective = format!("{:?}", judged?.1.outcome).contains("Effective");
    if !effective {
        return None;
    }
    let after = others(views.explain(&own, event).unwrap()?.lines, &own);
    let before: Vec<Line> = preview.recipients.iter().map(|r| r.0.clone()).collect();
    let unlike = before.iter().zip(&after).find(|(one, other)| one != other);
    if let Some((one, other)) = unlike {
        return Some(format!("at {position}: {one:?} / {other:?}"));
    }
    for (line, seen) in &preview.recipients {
        let Some(reader) = views.reader(&line.agency, input.ordered_at) else {
            continue;
        };
        let restricted = seen
            .as_ref()
            .and_then(|s| s.item.audience())
            .is_some_and(|a| a.restricted_by_person);
        let really = views.see_event(&reader, event).unwrap();
        let (Some(seen), Some(really)) = (seen, really) else {
            continue;
        };
        // An agency with a tie that the originator doesn't know of gets more.
        if really.permit.groups() == seen.permit.groups() && !restricted {
            *read += 1;
            // An erasure that waited for it left nothing.
            if really.disclosed.is_some() && really.disclosed != seen.disclosed {
                return Some(format!("at {position}: {} reads otherwise", line.agency));
            }
        }
    }
    None
}

fn preview(story: &Story, by: &str, audience: Audience, content: Content, at: &Table) -> Preview {
    let views = folded(&story.inputs);
    let draft = Draft::New {
        kind: content.kind(),
        header: Box::new(Header {
            audience: Some(audience),
            ..Header::default()
        }),
        content: Box::new(content),
        texts: diogel_sharing::audience::AudienceTexts::default(),
    };
    let eyes = eyes(&views, by, story.now);
    views.preview(&eyes.reader, draft, at).unwrap().unwrap()
}

fn at_the_table(chair: &str, attending: &[&str]) -> Table {
    Table {
        chair: agency(chair),
        attending: attending.iter().map(|id| agency(id)).collect(),
    }
}

#[test]
fn the_chair_has_what_its_agency_gets_and_the_table_the_meet_of_all() {
    let story = Story::begins();
    let about = || incident(vec![person("p1", &["T-1"])]);
    let mut audience = to(&["health", "housing"]);
    audience.grants[1] = Grant {
        to: Recipient::Agency(agency("housing")),
        groups: Some(
            [FieldGroup::Existence, FieldGroup::Safety]
                .into_iter()
                .collect(),
        ),
    };
    let table = at_the_table("health", &["housing"]);
    let preview = preview(&story, "police", audience.clone(), about(), &table);
    let groups = |seen: &Option<diogel_views::Seen>| seen.as_ref().unwrap().permit.groups();
    assert!(groups(&preview.chair).has(FieldGroup::Narrative));
    assert!(!groups(&preview.professionals).has(FieldGroup::Narrative));
    assert!(groups(&preview.professionals).has(FieldGroup::Safety));
    assert!(preview.family.iter().all(|(_, seen)| seen.is_none()));
    let table = at_the_table("health", &["education"]);
    let preview = self::preview(&story, "police", audience, about(), &table);
    assert!(preview.professionals.is_none(), "education gets nothing");
}

#[test]
fn who_else_must_know_names_whom_a_flow_would_let_know_and_nobody_withheld() {
    let story = Story::begins();
    let about = || incident(vec![person("p1", &["T-1"])]);
    let table = at_the_table("police", &[]);
    let named = preview(&story, "police", to(&["health"]), about(), &table);
    assert!(
        named.could_be_told.contains(&agency("housing")),
        "{named:?}"
    );
    assert!(!named.could_be_told.contains(&agency("health")));
    let mut audience = to(&["health"]);
    audience.withheld.insert(agency("housing"));
    let withheld = preview(&story, "police", audience, about(), &table);
    assert!(!withheld.could_be_told.contains(&agency("housing")));
    let kept = Audience::originator_only();
    let kept = preview(&story, "police", kept, about(), &table);
    assert!(kept.could_be_told.is_empty());
}
