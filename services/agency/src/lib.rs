//! One agency's service: takes events in, journals them, keeps their content keys, forwards them to the log and reconciles with
//! the projection. Owns intake and the agency's own chain. Refuses to decide anything that needs another agency's events, and
//! to publish for anybody but its own agency.

mod board;
mod caller;
pub mod config;
mod emergency;
mod forward;
mod gate;
mod grounds;
mod handlers;
mod health;
mod intake;
mod key_in_force;
mod keys;
pub mod profile;
mod protocols;
mod receipts;
mod reconcile;
mod recover;
mod run;
mod signing;

pub use run::{AgencyHandle, LogEnd, StartError, start};
