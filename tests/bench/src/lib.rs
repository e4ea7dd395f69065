//! What the measurements share: what a run costs the machine, and how long things take. Nothing here knows what is measured.
#![allow(
    clippy::cast_precision_loss,
    reason = "figures for people, far below the limits"
)]

pub mod machine;
pub mod times;

use std::error::Error;

/// The result of anything that can fail here: a measurement stops at the first error.
pub type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;
