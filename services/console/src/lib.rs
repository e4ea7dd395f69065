//! The web console: pages for people, made of what the services answer them. Owns sessions and nothing else: whatever it shows, it
//! asked for as the person who is signed in, with that person's own token. Refuses to know what anybody may see.

mod answers;
mod assets;
pub mod config;
mod looked;
mod page;
mod pages;
mod problem;
mod run;
mod security;
mod services;
mod session;
mod sign_in;

pub use run::{ConsoleHandle, StartError, start};
