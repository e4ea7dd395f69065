//! Who was refused, what, and why: told to whoever keeps it, and to the telemetry. Owns the bound: of one name so many refusals a
//! minute are told one by one, the others by their number, so that a flood fills no disk (P12). Refuses to decide anything:
//! who is refused stays so, whether it can be told or not.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use tonic::{Code, Status};

use crate::name::Principal;

/// Refusals of one name that are told one by one in each [`WINDOW`].
pub const EACH: u32 = 5;
/// After so long the refusals beyond them are told by their number.
pub const WINDOW: Duration = Duration::from_mins(1);
/// Names that are counted at once. The board's own authority issues them: more than this has no honest reason, and the telemetry
/// alone hears of those.
pub const NAMES: usize = 4096;
const TICK: Duration = Duration::from_secs(5);

/// Why somebody with a certificate of the board is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Its certificate was revoked.
    Revoked,
    /// Its certificate has ended.
    Expired,
    /// The revocation list has ended.
    RevocationListEnded,
    /// The allowlist can't be read.
    AllowlistUnreadable,
    /// It is not on the service's allowlist.
    NotListed,
    /// Its name is of another board.
    OtherBoard,
    /// It is on the allowlist, in a role that the call isn't for.
    WrongRole,
    /// It asked about what is another agency's alone.
    AnotherAgencys,
    /// Its agency is suspended, or was never registered.
    AgencyNotInForce,
    /// A console that calls for nobody: without a token, or with one that isn't good, or isn't any more.
    NotSignedIn,
    /// Somebody whose roles don't open the call.
    NotTheirRole,
}

impl Why {
    /// Stable, for records.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Revoked => "REVOKED",
            Self::Expired => "EXPIRED",
            Self::RevocationListEnded => "REVOCATION_LIST_ENDED",
            Self::AllowlistUnreadable => "ALLOWLIST_UNREADABLE",
            Self::NotListed => "NOT_LISTED",
            Self::OtherBoard => "OTHER_BOARD",
            Self::WrongRole => "WRONG_ROLE",
            Self::AnotherAgencys => "ANOTHER_AGENCYS",
            Self::AgencyNotInForce => "AGENCY_NOT_IN_FORCE",
            Self::NotSignedIn => "NOT_SIGNED_IN",
            Self::NotTheirRole => "NOT_THEIR_ROLE",
        }
    }

    /// The gRPC code of the refusal.
    pub const fn grpc(self) -> Code {
        match self {
            Self::Revoked | Self::Expired | Self::NotSignedIn => Code::Unauthenticated,
            Self::RevocationListEnded | Self::AllowlistUnreadable => Code::Unavailable,
            Self::NotListed
            | Self::OtherBoard
            | Self::WrongRole
            | Self::AnotherAgencys
            | Self::AgencyNotInForce
            | Self::NotTheirRole => Code::PermissionDenied,
        }
    }

    /// What the refused caller learns: whoever isn't listed is always told the same.
    pub(crate) fn status(self) -> Status {
        let words = match self {
            Self::Revoked => "the certificate was revoked",
            Self::Expired => "the certificate has expired",
            Self::NotSignedIn => {
                "a console calls with the access token of a person who is signed in"
            }
            Self::NotTheirRole => "this person's roles don't open this call",
            Self::RevocationListEnded => {
                "the revocation list has ended: the board's operator has to sign it anew"
            }
            Self::AllowlistUnreadable => {
                "who may call can't be told: the operator of this service has to mend its allowlist"
            }
            Self::NotListed
            | Self::OtherBoard
            | Self::WrongRole
            | Self::AnotherAgencys
            | Self::AgencyNotInForce => "this certificate may not call this service",
        };
        Status::new(self.grpc(), words)
    }
}

/// Refusals of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// By its certificate, which the board's authority signed.
    pub principal: Principal,
    /// What it called, the last time: `diogel.v1.ReadingService/Check`.
    pub call: String,
    /// Why, the last time.
    pub why: Why,
    /// How many refusals this stands for.
    pub times: u64,
}

/// Counts refusals and tells of them. Clones share it.
#[derive(Clone)]
pub struct Refusals(Arc<Counting>);

struct Counting {
    tell: Box<dyn Fn(&Refused) + Send + Sync>,
    held: Mutex<BTreeMap<Principal, Window>>,
}

/// One name's minute.
struct Window {
    since: Instant,
    told: u32,
    more: u64,
    call: String,
    why: Why,
}

impl Refusals {
    /// Tells `tell` of them, and the telemetry. What was counted only is told at the end of its minute, and when the last clone
    /// is dropped. Inside a tokio runtime.
    pub fn start(tell: impl Fn(&Refused) + Send + Sync + 'static) -> Self {
        let refusals = Self::new(tell);
        tokio::spawn(tell_of_ended(Arc::downgrade(&refusals.0)));
        refusals
    }

    fn new(tell: impl Fn(&Refused) + Send + Sync + 'static) -> Self {
        Self(Arc::new(Counting {
            tell: Box::new(tell),
            held: Mutex::default(),
        }))
    }

    /// Takes a refusal down.
    pub fn refused(&self, principal: &Principal, call: &str, why: Why) {
        for refused in self.0.counted(principal, call, why, Instant::now()) {
            self.0.tell(&refused);
        }
    }
}

impl Counting {
    /// What is to be told now: this refusal, before it what the minute before left.
    fn counted(
        &self,
        principal: &Principal,
        call: &str,
        why: Why,
        now: Instant,
    ) -> impl Iterator<Item = Refused> + use<> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if !held.contains_key(principal) && held.len() >= NAMES {
            tracing::warn!(%principal, "refused; too many names are refused to count each");
            return None.into_iter().chain(None);
        }
        let ended = held
            .get(principal)
            .is_some_and(|window| window.is_over(now));
        let before = ended.then(|| held.remove(principal)).flatten();
        let before = before.and_then(|window| window.left(principal));
        let window = held.entry(principal.clone()).or_insert_with(|| Window {
            since: now,
            told: 0,
            more: 0,
            call: String::new(),
            why,
        });
        let now_told = window.takes(call, why).then(|| Refused {
            principal: principal.clone(),
            call: call.to_owned(),
            why,
            times: 1,
        });
        before.into_iter().chain(now_told)
    }

    /// What was counted only, of the minutes that are over at `now`.
    fn ended(&self, now: Option<Instant>) -> Vec<Refused> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left = Vec::new();
        held.retain(|principal, window| {
            let over = now.is_none_or(|now| window.is_over(now));
            if over {
                left.extend(window.left(principal));
            }
            !over
        });
        left
    }

    fn tell(&self, refused: &Refused) {
        let Refused {
            principal,
            call,
            why,
            times,
        } = refused;
        tracing::warn!(%principal, %call, why = why.code(), times, "refused");
        (self.tell)(refused);
    }
}

impl Drop for Counting {
    fn drop(&mut self) {
        for refused in self.ended(None) {
            self.tell(&refused);
        }
    }
}

impl Window {
    fn is_over(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.since) >= WINDOW
    }

    /// Counts a refusal, and says whether it is told by itself.
    fn takes(&mut self, call: &str, why: Why) -> bool {
        if self.told < EACH {
            self.told += 1;
            return true;
        }
        self.more += 1;
        call.clone_into(&mut self.call);
        self.why = why;
        false
    }

    /// What was counted only.
    fn left(&self, principal: &Principal) -> Option<Refused> {
        (self.more > 0).then(|| Refused {
            principal: principal.clone(),
            call: self.call.clone(),
            why: self.why,
            times: self.more,
        })
    }
}

/// Ends when nobody counts any more.
async fn tell_of_ended(counting: Weak<Counting>) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Some(held) = counting.upgrade() else {
            return;
        };
        for refused in held.ended(Some(Instant::now())) {
            held.tell(&refused);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Principal {
        text.parse().unwrap()
    }

    fn counting() -> (Refusals, Arc<Mutex<Vec<Refused>>>) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let kept = told.clone();
        let refusals = Refusals::new(move |refused| kept.lock().unwrap().push(refused.clone()));
        (refusals, told)
    }

    #[test]
    fn p12_a_flood_is_told_by_its_number_and_hides_nobody_else() {
        let (refusals, told) = counting();
        let (busy, other) = (
            name("diogel://west/police/system/a"),
            name("diogel://west/health/system/a"),
        );
        for _ in 0..10_000 {
            refusals.refused(&busy, "diogel.v1.ReadingService/Check", Why::NotListed);
        }
        refusals.refused(&other, "diogel.v1.ReadingService/Watch", Why::Revoked);
        let seen = told.lock().unwrap().clone();
        assert_eq!(seen.len(), EACH as usize + 1);
        let last = seen.last().unwrap();
        assert_eq!((&last.principal, last.why), (&other, Why::Revoked));
        drop(refusals);
        let seen = told.lock().unwrap().clone();
        let of_busy = seen.iter().filter(|r| r.principal == busy);
        assert_eq!(of_busy.map(|r| r.times).sum::<u64>(), 10_000);
        assert_eq!(seen.len(), EACH as usize + 2);
    }

    #[test]
    fn what_a_minute_left_is_told_with_the_next_refusal_or_without_one() {
        let (refusals, _told) = counting();
        let (who, counting) = (name("diogel://west/police/system/a"), &refusals.0);
        let start = Instant::now();
        let times = |at: Instant| {
            let told = counting.counted(&who, "c", Why::Revoked, at);
            told.map(|refused| refused.times).collect::<Vec<_>>()
        };
        for _ in 0..EACH {
            assert_eq!(times(start), [1]);
        }
        assert!(times(start).is_empty());
        assert!(times(start).is_empty());
        assert_eq!(counting.ended(Some(start)), []);
        assert_eq!(times(start + WINDOW), [2, 1]);
        assert_eq!(counting.ended(Some(start + 2 * WINDOW)), []);
        assert!(counting.held.lock().unwrap().is_empty());
    }

    #[test]
    fn names_without_number_take_no_memory_without_bound() {
        let (refusals, told) = counting();
        for n in 0..NAMES + 10 {
            let who = name(&format!("diogel://west/police/system/n{n}"));
            refusals.refused(&who, "c", Why::NotListed);
        }
        assert_eq!(refusals.0.held.lock().unwrap().len(), NAMES);
        assert_eq!(told.lock().unwrap().len(), NAMES);
    }
}
