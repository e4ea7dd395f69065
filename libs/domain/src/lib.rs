//! The field's own terms: ids, code lists, people and places, what an event says, and what its content must hold to be one.
//! Pure: names no clock, randomness, file or network; times and ids are inputs. Refuses to know who may see what (that is
//! `sharing`) and how anything is encoded (that is `contract`).

#![warn(clippy::float_arithmetic)]

pub mod alert;
pub mod board;
pub mod calendar;
pub mod codes;
pub mod content;
pub mod correction;
pub mod crisp;
pub mod disclosure;
pub mod effect;
pub mod escalation;
pub mod ids;
pub mod incident;
pub mod involvement;
pub mod legible;
pub mod lifecycle;
pub mod meeting;
pub mod people;
pub mod prompts;
pub mod records;
pub mod rules;
pub mod step;
pub mod times;
pub mod visit;
