//! A seeded generator of load: what the agencies of a board might publish, event after event, valid by the same rules as the
//! hand-written scenarios. Owns how many of each kind there are, how they spread over people, and how long they are. Refuses to
//! ask the clock or the machine for anything: the same seed and shape give the same bytes.
//!
//! ```
//! # use diogel_domain::times::Moment;
//! # use diogel_generator::{Generator, Shape};
//! let now = Moment(1_790_000_000_000_000);
//! for (agency, request) in Generator::new(7, Shape::cwm_derwen(1_000, now)).take(3) {
//!     println!("{agency} {}", request.request_key);
//! }
//! ```

mod alert;
mod audience;
mod correction;
mod draft;
mod escalation;
mod generator;
mod incident;
mod line;
mod mixture;
mod people;
mod random;
mod shape;
mod sharing;
mod texts;

pub use generator::Generator;
pub use line::line;
pub use shape::{Agency, Shape};
