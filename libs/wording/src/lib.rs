//! What the services' answers say, in words, in either language: one wording for the command line and for the console. Owns which
//! text stands for which code of an answer. Refuses layout, and to say that a visit is safe.

mod finding;

pub use finding::{Of, precaution};
