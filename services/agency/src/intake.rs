//! Intake: from a request to a journalled event. Validate → seal → chain and sign → journal (fsync) → receipt. Nothing is stored
//! of what is refused, and nothing is answered before it is durable (P1).

use std::sync::Arc;

use arc_swap::ArcSwap;
use diogel_contract::{
    envelope::{Draft as EventDraft, EVENT_LIMIT, Facts, Sealed},
    read::{self, Publication, ReferenceTo, RequestedReference},
    refusal::{Reason, Refusal},
    v1,
};
use diogel_domain::{
    content::{Content, EventReference, Kind, Open, ReferenceRole},
    ids::{AgencyId, EventId},
    rules::{self, Setting, Violation},
    times::Moment,
};
use diogel_event_log::journal::{Appended, Composed, Draft, Journal, JournalError};
use diogel_identity::{ContentKey, SigningKey, content_key::fill_random, sha256};
use diogel_sharing::{audience, header::Header};
use prost::Message;
use tokio::sync::mpsc;

use crate::{gate::Pass, profile::Profile};

/// The agency's own chain, with everything that intake needs.
pub(crate) struct Intake {
    pub(crate) board: String,
    pub(crate) profile: Profile,
    /// Every agency of the board, by profile.
    pub(crate) agencies: Vec<AgencyId>,
    pub(crate) journal: Journal,
    /// The key that the chain is signed with now.
    pub(crate) signing: Arc<ArcSwap<SigningKey>>,
    /// Dropped last, after the journal: then the folder is free for the next to open.
    #[expect(dead_code, reason = "its end is what it says")]
    pub(crate) held: mpsc::Sender<()>,
}

/// What a system asks for, before it is an event.
pub(crate) struct Request<'a> {
    /// The publishing system, as its certificate names it.
    pub(crate) system: &'a str,
    pub(crate) request_key: &'a str,
    /// Over the request without its key.
    pub(crate) hash: [u8; 32],
}

/// An accepted request.
pub(crate) struct Accepted {
    pub(crate) entry: diogel_event_log::entry::Entry,
    pub(crate) replayed: bool,
}

/// The hash of a request as decoded, without its key.
pub(crate) fn request_hash(request: &impl Message) -> [u8; 32] {
    sha256("diogel/v1/request", &request.encode_to_vec())
}

/// The hash of a system's request key.
pub(crate) fn request_key_hash(system: &str, key: &str) -> [u8; 32] {
    sha256(
        "diogel/v1/request-key",
        format!("{system}\0{key}").as_bytes(),
    )
}

pub(crate) fn now() -> Moment {
    let nanos = time::OffsetDateTime::now_utc().unix_timestamp_nanos();
    Moment(i64::try_from(nanos / 1_000).unwrap_or(i64::MAX))
}

fn new_event_id(now: Moment) -> Result<EventId, Refusal> {
    let mut random = [0; 10];
    fill_random(&mut random).map_err(|_| Refusal::new(Reason::Internal))?;
    Ok(EventId::from_parts(
        u64::try_from(now.0 / 1_000).unwrap_or(0),
        &random,
    ))
}

impl Intake {
    /// Takes a publication in. `None`: `validate_only`, and everything holds.
    pub(crate) async fn publish(
        &self,
        pass: &Pass,
        system: &str,
        request: &v1::PublishRequest,
    ) -> Result<Option<Accepted>, Refusal> {
        let bare = v1::PublishRequest {
            request_key: String::new(),
            validate_only: false,
            ..request.clone()
        };
        let asked = Request {
            system,
            request_key: &request.request_key,
            hash: request_hash(&bare),
        };
        match self.checked(&asked, request).await {
            Ok((publication, references)) if request.validate_only => {
                let (kind, header, sealed) = parts(publication, references);
                self.draft(&asked, kind, header, Some(sealed))?;
                self.would_conflict(&asked).await.map(|()| None)
            }
            Ok((publication, references)) => {
                let (kind, header, sealed) = parts(publication, references);
                let accepted = self.append(pass, &asked, kind, header, Some(sealed));
                accepted.await.map(Some)
            }
            // Rules that depend on today must not refuse the repeat of what was once accepted.
            Err(refusal) => match self.earlier(&asked).await? {
                Some(_) if request.validate_only => Ok(None),
                Some(accepted) => Ok(Some(accepted)),
                None => Err(refusal),
            },
        }
    }

    /// What appending would say to a key that was used before with other content.
    async fn would_conflict(&self, asked: &Request<'_>) -> Result<(), Refusal> {
        let key = request_key_hash(asked.system, asked.request_key);
        let earlier = self.journal.find_request(key).await.map_err(unavailable)?;
        if earlier.is_none_or(|earlier| earlier.request.hash == asked.hash) {
            Ok(())
        } else {
            Err(Refusal::new(Reason::RequestKeyReused))
        }
    }

    async fn checked(
        &self,
        asked: &Request<'_>,
        request: &v1::PublishRequest,
    ) -> Result<(Publication, Vec<EventReference>), Refusal> {
        check_request_key(asked.request_key)?;
        let publication =
            read::publication(request, &self.profile.codes).map_err(Refusal::invalid)?;
        let now = now();
        let setting = Setting {
            now,
            originator: &self.profile.id,
            sector: self.profile.sector,
            agencies: &self.agencies,
        };
        let mut found = rules::check(&publication.content, setting);
        let Publication {
            audience,
            texts,
            content,
            ..
        } = &publication;
        found.extend(audience::check(
            audience,
            texts,
            &self.profile.id,
            &self.agencies,
            now,
        ));
        found.extend(audience::check_escalation(
            audience,
            content,
            &self.profile.id,
        ));
        found.extend(rests_on_something(&publication));
        if !found.is_empty() {
            return Err(Refusal::invalid(found));
        }
        let references = self.resolve(asked.system, &publication.references).await?;
        Ok((publication, references))
    }

    /// References by request key become references by event id and hash.
    async fn resolve(
        &self,
        system: &str,
        requested: &[RequestedReference],
    ) -> Result<Vec<EventReference>, Refusal> {
        let mut resolved = Vec::new();
        for reference in requested {
            let (event_id, hash) = match &reference.to {
                ReferenceTo::Event(id) => {
                    let own = self.journal.find(id.0).await.map_err(unavailable)?;
                    (*id, own.map(|entry| entry.digest))
                }
                ReferenceTo::RequestKey(key) => {
                    let key = request_key_hash(system, key);
                    let earlier = self.journal.find_request(key).await.map_err(unavailable)?;
                    let entry = earlier.map(|earlier| earlier.entry).ok_or_else(|| {
                        let what =
                            "names no earlier request of this system; use the event id instead";
                        Refusal::field(reference.field.clone(), what)
                    })?;
                    (EventId(entry.event_id), Some(entry.digest))
                }
            };
            resolved.push(EventReference {
                event_id,
                hash,
                role: reference.role,
            });
        }
        Ok(resolved)
    }

    /// Journals an event of the agency's own: without sealed content, for the Board's and the chain's kinds.
    pub(crate) async fn append_open(
        &self,
        pass: &Pass,
        asked: &Request<'_>,
        kind: Kind,
        open: Open,
        references: Vec<EventReference>,
    ) -> Result<Accepted, Refusal> {
        let header = Header {
            labels: Vec::new(),
            audience: None,
            references,
            open: Some(open),
        };
        self.append(pass, asked, kind, header, None).await
    }

    /// With a pass, which outlasts it: no journal recovers, or is taken for closed, while somebody appends.
    async fn append(
        &self,
        _pass: &Pass,
        asked: &Request<'_>,
        kind: Kind,
        header: Header,
        sealed: Option<Sealed>,
    ) -> Result<Accepted, Refusal> {
        let draft = self.draft(asked, kind, header, sealed)?;
        match self.journal.append(draft).await.map_err(unavailable)? {
            Appended::New(entry) => Ok(Accepted {
                entry,
                replayed: false,
            }),
            Appended::Replayed(entry) => Ok(Accepted {
                entry,
                replayed: true,
            }),
            Appended::Conflict => Err(Refusal::new(Reason::RequestKeyReused)),
        }
    }

    pub(crate) fn draft(
        &self,
        asked: &Request<'_>,
        kind: Kind,
        header: Header,
        sealed: Option<Sealed>,
    ) -> Result<Draft, Refusal> {
        let recorded_at = now();
        let event_id = new_event_id(recorded_at)?;
        let erases = header
            .references
            .iter()
            .find(|r| r.role == ReferenceRole::Erases);
        let erases = erases.map(|r| r.event_id.0);
        let request_key = request_key_hash(asked.system, asked.request_key);
        let facts = Facts {
            board: self.board.clone(),
            event_id,
            agency: self.profile.id.clone(),
            recorded_at,
            system: asked.system.to_owned(),
            request_key_hash: request_key,
            request_hash: asked.hash,
            kind,
            header,
        };
        let content_key = match &sealed {
            Some(_) => Some(ContentKey::generate().map_err(|_| Refusal::new(Reason::Internal))?),
            None => None,
        };
        let draft = EventDraft::new(&facts, sealed.as_ref().zip(content_key.as_ref()))
            .map_err(|_| Refusal::new(Reason::Internal))?;
        if draft.length() > EVENT_LIMIT {
            return Err(Refusal::field(
                "content",
                "makes an event of more than 48 KiB; shorten its texts",
            ));
        }
        let signing = Arc::clone(&self.signing);
        let compose = move |place: diogel_event_log::entry::Place, previous| {
            let signed = draft.sign(place.epoch, place.seq, previous, &signing.load());
            Composed {
                event: signed.event,
                digest: signed.hash,
            }
        };
        Ok(Draft {
            request_key,
            request_hash: asked.hash,
            event_id: event_id.0,
            recorded_at: recorded_at.0,
            content_key,
            erases,
            compose: Box::new(compose),
        })
    }

    /// The receipt's event of an earlier request with this key and this content.
    async fn earlier(&self, asked: &Request<'_>) -> Result<Option<Accepted>, Refusal> {
        let key = request_key_hash(asked.system, asked.request_key);
        let earlier = self.journal.find_request(key).await.map_err(unavailable)?;
        let same = earlier.filter(|earlier| earlier.request.hash == asked.hash);
        Ok(same.map(|earlier| Accepted {
            entry: earlier.entry,
            replayed: true,
        }))
    }
}

pub(crate) fn check_request_key(key: &str) -> Result<(), Refusal> {
    let fits = (1..=128).contains(&key.len());
    if fits {
        Ok(())
    } else {
        Err(Refusal::field(
            "request_key",
            "must have 1 to 128 bytes; a UUID of yours will do",
        ))
    }
}

/// Whatever stops the journal, the caller's way out is the same: send again with the same key.
pub(crate) fn unavailable(error: JournalError) -> Refusal {
    match error {
        JournalError::NothingToErase => Refusal::field(
            "target",
            "is no event of this agency; use the event id of a receipt",
        ),
        error => {
            tracing::error!(%error, "journal");
            Refusal::new(Reason::JournalUnavailable)
        }
    }
}

/// What stands in clear, and what is sealed.
fn parts(publication: Publication, references: Vec<EventReference>) -> (Kind, Header, Sealed) {
    let Publication {
        content,
        audience,
        texts,
        on_behalf_of,
        ..
    } = publication;
    let header = Header {
        labels: labels(&content),
        audience: Some(audience),
        references,
        open: None,
    };
    let kind = content.kind();
    let sealed = Sealed {
        content,
        on_behalf_of,
        texts,
    };
    (kind, header, sealed)
}

fn rests_on_something(publication: &Publication) -> Option<Violation> {
    let alert = matches!(publication.content, Content::HazardAlert(_));
    let rests = publication
        .references
        .iter()
        .any(|r| r.role == ReferenceRole::RestsOn);
    (alert && !rests).then(|| Violation {
        field: "hazard_alert.rests_on".into(),
        description: "needs at least one reported incident; report it first, then refer to it"
            .into(),
    })
}

fn labels(content: &Content) -> Vec<String> {
    let people = content.people().iter().map(|p| p.label.clone());
    people
        .chain(content.places().iter().map(|p| p.label.clone()))
        .collect()
}
