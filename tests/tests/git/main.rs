//! The commands of git: in real repositories, with hostile operands, and in hostile repositories.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod attacks;
mod audit;
mod beside;
mod bisect;
mod commands;
mod differences;
mod kinds;
mod mails;
mod objects;
mod operands;
mod scratch;
mod traps;
mod words;
