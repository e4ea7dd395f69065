//! The projection: admits verified events, gives each its position once, folds them, and serves each agency's view. Owns the
//! order journal and the views. Refuses what isn't signed and chained (P3, P7), and to answer while a view is not proven
//! complete (P5).

mod accesses;
mod accounting;
mod admit;
mod answers;
pub mod chain;
mod chronicling;
pub mod config;
mod copy_keys;
mod cursor;
mod desk;
mod document_form;
pub mod document_message;
mod feed;
mod folding;
mod heard;
mod indicating;
mod key_client;
mod listing;
mod measuring;
mod mending;
mod notices;
pub mod open_event;
pub mod order;
mod overseeing;
mod pinned;
mod positions;
mod previewing;
mod publish_order;
mod reading;
mod reconciling;
mod replica;
mod run;
mod serve;
mod snapshot;
mod standing;
mod summary;
mod supervise;
mod turns;
pub mod view_folder;
mod visiting;
mod watching;

pub use run::{LogEnds, ProjectionHandle, StartError, start};
