//! What crosses crates, needs programs, or must not compile.
