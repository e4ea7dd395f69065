//! Who sees what. Owns field groups, audiences, information sharing protocols, the decision with its reasons, and the permit:
//! the one path to content (P6). Pure: names no clock, file or network. Refuses to find out what an event says; it only ever
//! takes parts away.

pub mod audience;
pub mod decide;
pub mod groups;
pub mod header;
pub mod permit;
pub mod protocol;
mod redact;

pub use redact::redact;
