//! Who may call what, on running services: every call of every service, to whoever should and should not be let in. What each
//! answers stands in `coverage.txt`, a text that a person can read; who is answered without being whom the service is for stands
//! in `exemptions.txt`, with the reason, and that list only gets shorter. `DIOGEL_BLESS=1` writes the first text anew; read the
//! difference.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

mod broker;
mod calls;
mod certificates;
mod connecting;
mod coverage;
mod exemptions;
mod identities;
mod matrix;
mod messages;
mod people;
mod refusals;
mod revoked;
mod rules;
mod services;
mod text;
mod unlisted;
