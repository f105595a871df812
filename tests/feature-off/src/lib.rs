//! A user of the builders who has not switched tar on, and under `cfg(uses_tar)` uses it all the same.

pub use cuprum_builders::git;
#[cfg(uses_tar)]
pub use cuprum_builders::tar;
