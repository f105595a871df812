//! The traits whose methods users call, and the macros; no types.

pub use crate::run::Run as _;
pub use crate::spec::{Command as _, IntoSafe as _};
