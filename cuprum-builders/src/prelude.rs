//! The traits whose methods users call, and the macros; no types.

pub use cuprum::prelude::*;
