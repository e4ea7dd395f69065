//! The log's contract against each backend.

mod embedded;
mod suite;
