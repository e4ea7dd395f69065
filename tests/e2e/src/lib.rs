//! The end-to-end tests of a hub: see `tests/`.
