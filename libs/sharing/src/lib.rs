//! Who sees what. Owns field groups, audiences, information sharing protocols, the decision with its reasons, and the permit:
//! the one path to content (P6). Pure: names no clock, file or network. Refuses to find out what an event says; it only ever
//! takes parts away.

pub mod agreement;
pub mod audience;
pub mod change;
pub mod decide;
pub mod defaults;
mod door;
mod family;
pub mod groups;
pub mod header;
pub mod permit;
pub mod protocol;
mod redact;
pub mod remains;
pub mod room;
pub mod why;

pub use door::AtTheDoor;
pub use redact::{group_of, redact};
