//! The compiled texts against Fluent's own implementation, and dates and counts as people read them.

mod fluent;
mod never;
mod times;
