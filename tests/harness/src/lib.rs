//! Real NATS servers for tests, and a browser for the console's pages. Owns starting them with the configuration that deployments get, ending them as a power cut does
//! (`kill -9`), and putting an older copy of a store in place. Refuses to be part of any service: it panics where a test would.

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test has no use for a harness that carries on"
)]

mod authority;
mod browser;
mod folder;
mod hub;
mod node;

pub use authority::{Authority, Credentials};
pub use browser::Browser;
pub use hub::Hub;
pub use node::{free_address, server as nats_server};
