//! What these tests share: a site with its certificates, a service on a free port, requests that hold, and what a refusal says.

mod broken;
pub mod given;
mod heard;
mod projection;
mod raw;
mod refused;
mod site;

pub use broken::{Case, refuses_each};
pub use heard::{Heard, hex};
pub use projection::Projection;
pub use raw::{framed, post};
pub use refused::{assert_names, error_of};
pub use site::{BOARD, Running, Site, name};
