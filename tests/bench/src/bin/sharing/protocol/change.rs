//! A new version of a protocol, told to the view as it comes: the Board adopts, each agency signs. From the signature that binds two
//! agencies on, what it carries no more is in no answer between them.

use std::{
    sync::{Arc, Barrier},
    thread,
    time::{Duration, Instant},
};

use bench::{Outcome, times::Times};
use diogel_domain::ids::AgencyId;
use diogel_sharing::groups::{FieldGroup, Groups};
use diogel_views::{FoldInput, store::Store};

use super::{
    samples::Sample,
    service::{SWEEP, Service},
};

/// How a narrowing took effect.
#[derive(Debug, Default)]
pub struct Narrowed {
    /// From handing a signature to the fold to the first answer without the group, for each signature that bound somebody.
    pub effective: Times,
    /// From the adoption to the last signature, every read between included.
    pub whole: Duration,
}

/// Adopts and signs a version, each event folded by itself.
pub fn agree<S: Store>(service: &mut Service<S>, text: &str) -> Outcome<Duration> {
    let started = Instant::now();
    for input in service.load.telling.agrees(text)? {
        service.fold(&[input])?;
    }
    Ok(started.elapsed())
}

/// Adopts and signs a version without *identity*, and looks after each signature whether the signer still gets to know anybody.
pub fn narrow<S: Store>(
    service: &mut Service<S>,
    samples: &[Sample],
    text: &str,
) -> Outcome<Narrowed> {
    let inputs = service.load.telling.agrees(text)?;
    let mut narrowed = Narrowed::default();
    let started = Instant::now();
    for (number, input) in inputs.iter().enumerate() {
        let bound = inputs.get(1..number).unwrap_or_default();
        let old = telling(service, samples, input, bound)?;
        let handed = Instant::now();
        service.fold(std::slice::from_ref(input))?;
        if let Some(old) = old {
            gets_it_no_more(service, input, &old)?;
            narrowed.effective.add(handed.elapsed());
        }
    }
    narrowed.whole = started.elapsed();
    Ok(narrowed)
}

/// The same, while the change before is being carried through: the signatures wait for the batch of items under way.
pub fn narrow_amid<S: Store>(
    service: &mut Service<S>,
    samples: &[Sample],
    text: &str,
) -> Outcome<Narrowed> {
    let inputs = service.load.telling.agrees(text)?;
    let mut narrowed = Narrowed::default();
    let started = Instant::now();
    for (number, input) in inputs.iter().enumerate() {
        let bound = inputs.get(1..number).unwrap_or_default();
        let old = telling(service, samples, input, bound)?;
        let (ready, views) = (Arc::new(Barrier::new(2)), Arc::clone(&service.views));
        let begun = Arc::clone(&ready);
        let sweeping = thread::spawn(move || {
            begun.wait();
            views.sweep(SWEEP)
        });
        ready.wait();
        // Into the midst of the batch.
        thread::sleep(Duration::from_millis(2));
        let handed = Instant::now();
        service.fold(std::slice::from_ref(input))?;
        if let Some(old) = old {
            gets_it_no_more(service, input, &old)?;
            narrowed.effective.add(handed.elapsed());
        }
        sweeping.join().map_err(|_| "the sweep panicked")??;
    }
    narrowed.whole = started.elapsed();
    Ok(narrowed)
}

/// An old report of an agency that has signed already, which tells the signer who is in it.
fn telling<S: Store>(
    service: &Service<S>,
    samples: &[Sample],
    signs: &FoldInput,
    bound: &[FoldInput],
) -> Outcome<Option<Sample>> {
    for sample in samples {
        let is_bound = bound
            .iter()
            .any(|signed| signed.agency == sample.originator);
        if is_bound && groups(service, &signs.agency, sample)?.has(FieldGroup::Identity) {
            return Ok(Some(sample.clone()));
        }
    }
    Ok(None)
}

fn gets_it_no_more<S: Store>(service: &Service<S>, signs: &FoldInput, old: &Sample) -> Outcome<()> {
    if groups(service, &signs.agency, old)?.has(FieldGroup::Identity) {
        return Err(format!("{} is told still who is in {}", signs.agency, old.position).into());
    }
    Ok(())
}

/// What an agency gets of a report now.
fn groups<S: Store>(service: &Service<S>, agency: &AgencyId, of: &Sample) -> Outcome<Groups> {
    let reader = service.views.reader(agency, service.load.telling.now());
    let reader = reader.ok_or("an agency of the board reads")?;
    let seen = service.views.see(&reader, of.position)?;
    Ok(seen.map_or(Groups::NONE, |seen| seen.permit.groups()))
}
