//! What observers tell the telemetry libraries that people use; the tests are in `tests/`.

/// The programs of the page on observers compile and run.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/observability.md")]
pub struct Observability;
