//! The traits whose methods users call, and the macros; no types.

#[cfg(feature = "derive")]
pub use crate::allowlist;
#[cfg(feature = "derive")]
pub use crate::cmd;
pub use crate::context::InCurrentCx as _;
pub use crate::run::{Follow as _, Run as _};
pub use crate::spec::{Args as _, Command as _, IntoSafe as _, Program as _, Stage as _};
pub use crate::{lit, pipe};
