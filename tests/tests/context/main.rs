//! What contexts permit, by type and when a command runs; the code in which they are current.

mod types;
