//! Who is at the other end, and which keys open what. Owns certificate names, the board's own CA, mTLS with revocation,
//! allowlists per gRPC service, and the vault of content keys. Refuses to know events, views or sharing rules.

pub mod allow;
pub mod allow_file;
pub mod connect;
#[cfg(test)]
mod console_tests;
pub mod content_key;
#[cfg(test)]
mod door_tests;
pub mod guard;
mod guarded_body;
#[cfg(test)]
mod mtls_tests;
pub mod name;
mod opaque;
pub mod peer;
pub mod person;
pub mod pki;
pub mod private_file;
pub mod refusals;
pub mod reload;
pub mod revocation;
pub mod seal;
pub mod serve;
pub mod share;
pub mod signing;
pub mod tls;
mod turned_away;
pub mod vault;

pub use allow::{Allowlist, Pattern};
pub use allow_file::{AllowError, AllowFile};
pub use connect::{ConnectError, connect};
pub use content_key::{ContentKey, NoRandomness};
pub use guard::{Door, Guarded};
pub use name::{NameError, Principal, Role};
pub use opaque::Opaque;
pub use peer::{Peer, Serial};
pub use person::{People, PeopleError, PeopleFile, Person, PersonRole, TokenRefused};
pub use refusals::{Refusals, Refused, Why};
pub use reload::{NotAdmitted, Reloading};
pub use seal::SealError;
pub use serve::{PeerStream, incoming};
pub use signing::{KeyId, PublicKey, SigningError, SigningKey, sha256};
pub use tls::{TlsError, TlsFiles};
pub use vault::{Vault, VaultError, Wrapped};
