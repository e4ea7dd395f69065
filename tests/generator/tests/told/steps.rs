//! Steps: each counts by its lifecycle when it is taken, has an audience where it needs one and none where it doesn't, and is right by
//! what it is taken on, where that is the agency's own.

use diogel_contract::read::{Publication, ReferenceTo, Said};
use diogel_domain::{
    codes::Sector,
    content::{Content, Matter, ReferenceRole},
    crisp::Policy,
    effect::Reason,
    ids::{AgencyId, EventId},
    lifecycle::{self, By, Ground, Shared, Taken},
    rules::{self, OwnGround, Violation},
    step::StepHead,
    times::Moment,
};
use diogel_sharing::audience::Recipient;

use super::{Earlier, Told};
use crate::board::Board;

impl Told {
    /// What is wrong with a line that is a step; `whenever`: the days on which its agency could be asked to take it.
    pub fn miscounted(
        &self,
        board: &Board,
        agency: &AgencyId,
        whenever: &[Moment],
        publication: &Publication,
    ) -> Vec<String> {
        let Some(head) = &publication.step else {
            return Vec::new();
        };
        let Some((id, hash, of)) = self.ground(agency, publication) else {
            return vec!["is taken on no earlier line".into()];
        };
        let mut found = Vec::new();
        let own = of.agency == *agency;
        if self.gone.contains(&id) {
            found.push("is taken on what no longer stands".into());
        }
        if !own && !hash {
            found.push("is taken on another agency's event without its hash".into());
        }
        match self.shared(board, agency, (id, of), head, publication.stage) {
            Err(reason) => found.push(format!("doesn't count: {reason:?}")),
            Ok(shared) if (shared == Shared::OfItsOwn) != publication.audience.is_some() => {
                found.push(format!("is shared {shared:?}"));
            }
            Ok(_) => {}
        }
        if own {
            found.extend(whenever.iter().flat_map(|at| on_own(of, publication, *at)));
        }
        found
    }

    /// What a step is taken on, and whether its hash was seen.
    fn ground(
        &self,
        agency: &AgencyId,
        publication: &Publication,
    ) -> Option<(EventId, bool, &Earlier)> {
        let mut references = publication.references.iter();
        let of = references.find(|r| r.role == ReferenceRole::StepOf)?;
        let hash = matches!(of.to, ReferenceTo::Event(_, Some(_)));
        let id = self.id(agency, &of.to)?;
        Some((id, hash, self.lines.get(&id)?))
    }

    fn shared(
        &self,
        board: &Board,
        agency: &AgencyId,
        (id, of): (EventId, &Earlier),
        head: &StepHead,
        stage: u8,
    ) -> Result<Shared, Reason> {
        let matter = of.publication.kind().matter();
        let attendance = of.publication.attendance.as_ref();
        let ground = Ground {
            matter: matter.unwrap_or(Matter::Step),
            originator: &of.agency,
            parties: &parties(of),
            chair: attendance.map(|a| &a.chair),
            stage: of.publication.stage,
            last_stage: Policy::default().last_stage(),
            taken: self.taken.get(&id).map_or(&[][..], Vec::as_slice),
        };
        let is_board = board.sector(agency) == Sector::Board;
        lifecycle::decide(&ground, By { agency, is_board }, head, stage)
    }

    /// What a line ends, and the step that it takes.
    pub(super) fn follow_steps(&mut self, agency: &AgencyId, publication: &Publication) {
        let ends = |role| {
            use ReferenceRole::{Changes, Corrects, Supersedes};
            matches!(role, Changes | Corrects | Supersedes)
        };
        let ended = publication.references.iter().filter(|r| ends(r.role));
        let ended: Vec<EventId> = ended.filter_map(|r| self.id(agency, &r.to)).collect();
        self.gone.extend(ended);
        let ground = self.ground(agency, publication).map(|(id, ..)| id);
        if let (Some(id), Some(head)) = (ground, &publication.step) {
            self.taken.entry(id).or_default().push(Taken {
                deed: head.deed,
                by: agency.clone(),
                stage: publication.stage,
            });
        }
    }
}

/// The agencies that an escalation names, and whose it is.
fn parties(of: &Earlier) -> Vec<AgencyId> {
    let audience = of.publication.audience.as_ref();
    let grants = audience.map_or(&[][..], |audience| &audience.grants);
    let named = grants.iter().filter_map(|grant| match &grant.to {
        Recipient::Agency(agency) => Some(agency.clone()),
        Recipient::Sector(_) | Recipient::Involved(_) | Recipient::Meeting(_) => None,
    });
    named.chain([of.agency.clone()]).collect()
}

/// As its agency's own service judges it, which can open what it is taken on.
fn on_own(of: &Earlier, publication: &Publication, at: Moment) -> Vec<String> {
    let (Said::Sealed(said), Said::Sealed(content)) = (&publication.said, &of.publication.said)
    else {
        return Vec::new();
    };
    let Content::Step(step) = &**said else {
        return Vec::new();
    };
    let on = OwnGround {
        content,
        on_behalf_of: &of.publication.on_behalf_of,
    };
    let words = |v: Violation| format!("{} {}", v.field, v.description);
    let found = rules::on_own(step, &publication.on_behalf_of, on, at.day());
    found.into_iter().map(words).collect()
}
