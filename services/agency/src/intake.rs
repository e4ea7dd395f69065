//! Intake: from a request to a journalled event. Validate → seal → chain and sign → journal (fsync) → receipt. Nothing is stored
//! of what is refused, and nothing is answered before it is durable (P1).

use std::sync::Arc;

use arc_swap::ArcSwap;
use diogel_contract::{
    envelope::{Draft as EventDraft, EVENT_LIMIT, Envelope, Facts, Sealed},
    read::{self, Publication, Publisher, ReferenceTo, RequestedReference, Said},
    refusal::{Reason, Refusal},
    v1,
};
use diogel_domain::{
    content::{EventReference, Kind, Open, ReferenceRole},
    crisp::Policy,
    ids::{AgencyId, EventId},
    prompts::{self, Reminder},
    rules::{Setting, Violation},
    times::Moment,
};
use diogel_event_log::{
    entry::Entry,
    journal::{Appended, Composed, Draft, Journal, JournalError, KeyState},
};
use diogel_identity::{ContentKey, SigningKey, content_key::fill_random, sha256};
use diogel_sharing::{defaults::Defaults, header::Header};
use prost::Message;
use tokio::sync::mpsc;

use crate::{caller::Caller, gate::Pass, profile::Profile};

/// The agency's own chain, with everything that intake needs.
pub(crate) struct Intake {
    pub(crate) board: String,
    pub(crate) profile: Profile,
    /// The board's default audiences.
    pub(crate) defaults: Defaults,
    /// The Board's policy, as far as intake goes by it: its stages, and what belongs elsewhere.
    pub(crate) policy: Policy,
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
    /// For whom it acts was verified.
    pub(crate) verified: bool,
    pub(crate) request_key: &'a str,
    /// Over the request without its key.
    pub(crate) hash: [u8; 32],
}

/// An accepted request.
pub(crate) struct Accepted {
    pub(crate) entry: Entry,
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
        caller: &Caller,
        request: &v1::PublishRequest,
    ) -> Result<Option<Accepted>, Refusal> {
        let (on_behalf_of, verified) = caller.acts_for(&request.on_behalf_of);
        let request = &v1::PublishRequest {
            on_behalf_of,
            ..request.clone()
        };
        let bare = v1::PublishRequest {
            request_key: String::new(),
            validate_only: false,
            ..request.clone()
        };
        let asked = Request {
            system: &caller.system,
            verified,
            request_key: &request.request_key,
            hash: request_hash(&bare),
        };
        let of = Publisher {
            agency: &self.profile.id,
            sector: self.profile.sector,
            codes: Some(&self.profile.codes),
            defaults: &self.defaults,
        };
        let checked = self.checked(&asked, || read::publication(request, of));
        let checked = checked.await;
        self.take(pass, &asked, checked, request.validate_only)
            .await
    }

    /// Takes an emergency disclosure in.
    pub(crate) async fn disclose(
        &self,
        pass: &Pass,
        caller: &Caller,
        request: &v1::DiscloseRequest,
    ) -> Result<Option<Accepted>, Refusal> {
        let (on_behalf_of, verified) = caller.acts_for(&request.on_behalf_of);
        let request = &v1::DiscloseRequest {
            on_behalf_of,
            ..request.clone()
        };
        let bare = v1::DiscloseRequest {
            request_key: String::new(),
            ..request.clone()
        };
        let asked = Request {
            system: &caller.system,
            verified,
            request_key: &request.request_key,
            hash: request_hash(&bare),
        };
        let checked = self.checked(&asked, || read::disclosure(request)).await;
        self.take(pass, &asked, checked, false).await
    }

    async fn take(
        &self,
        pass: &Pass,
        asked: &Request<'_>,
        checked: Result<(Publication, Vec<EventReference>), Refusal>,
        validate_only: bool,
    ) -> Result<Option<Accepted>, Refusal> {
        match checked {
            Ok((publication, references)) => {
                let (kind, header, sealed) = parts(publication, references, asked.verified);
                if validate_only {
                    self.draft(asked, kind, header, sealed)?;
                    return self.would_conflict(asked).await.map(|()| None);
                }
                let accepted = self.append(pass, asked, kind, header, sealed);
                accepted.await.map(Some)
            }
            // Rules that depend on today must not refuse the repeat of what was once accepted.
            Err(refusal) => match self.earlier(asked).await? {
                Some(_) if validate_only => Ok(None),
                Some(accepted) => Ok(Some(accepted)),
                None => Err(refusal),
            },
        }
    }

    /// What an accepted event reminds its sender of: the same whenever it is asked. None, once its content is gone.
    pub(crate) fn reminders(&self, entry: &Entry) -> Result<Vec<Reminder>, Refusal> {
        let envelope = Envelope::read(entry.event.clone()).ok();
        let Some(envelope) = envelope.filter(Envelope::is_sealed) else {
            return Ok(Vec::new());
        };
        let key = self.journal.content_key_now(entry.event_id);
        let KeyState::Key(key) = key.map_err(unavailable)? else {
            return Ok(Vec::new());
        };
        let opened = envelope.open(&key).ok();
        let reminders = opened.map(|opened| {
            let recorded_at = envelope.recorded_at;
            prompts::reminders(&opened.content, recorded_at, &self.policy)
        });
        Ok(reminders.unwrap_or_default())
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
        read: impl FnOnce() -> Result<Publication, Vec<Violation>>,
    ) -> Result<(Publication, Vec<EventReference>), Refusal> {
        check_request_key(asked.request_key)?;
        let publication = read().map_err(Refusal::invalid)?;
        let found = self.violations(&publication);
        if !found.is_empty() {
            return Err(Refusal::invalid(found));
        }
        let references = self.resolve(asked.system, &publication.references).await?;
        self.check_step(&publication, &references).await?;
        Ok((publication, references))
    }

    fn violations(&self, publication: &Publication) -> Vec<Violation> {
        let setting = Setting {
            now: now(),
            originator: &self.profile.id,
            sector: self.profile.sector,
            agencies: &self.agencies,
            policy: &self.policy,
        };
        read::violations(publication, setting)
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
                ReferenceTo::Event(id, seen) => {
                    let own = self.journal.find(id.0).await.map_err(unavailable)?;
                    (*id, own.map(|entry| entry.digest).or(*seen))
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
        open: Open,
        references: Vec<EventReference>,
    ) -> Result<Accepted, Refusal> {
        let kind = open.kind();
        let header = Header {
            references,
            open: Some(open),
            ..Header::default()
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
fn parts(
    publication: Publication,
    references: Vec<EventReference>,
    verified: bool,
) -> (Kind, Header, Option<Sealed>) {
    let (kind, header) = (publication.kind(), publication.header(references));
    let sealed = match publication.said {
        Said::Sealed(content) => Some(Sealed {
            content: *content,
            on_behalf_of: publication.on_behalf_of,
            verified,
            texts: publication.texts,
        }),
        Said::Open(_) => None,
    };
    (kind, header, sealed)
}
