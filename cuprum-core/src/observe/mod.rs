//! Observers that come with Cuprum: for logs, metrics, traces, tests, and a timeline to look at.
//!
//! Each is given to a context with [`Cx::with_observer`](crate::Cx::with_observer). Which one is for what stands in
//! `docs/observability.md`.

// In reading order: `collector` (events for tests), `noise` (lines that a log leaves out), `facts` (an event in the
// words of logs and traces), `log` and `echo` (through `tracing`), `open` (what has begun and not ended),
// `json_lines`, `metrics`, `spans`, `timeline` (behind features).

mod collector;
mod echo;
mod facts;
#[cfg(feature = "json")]
mod json_lines;
mod log;
#[cfg(feature = "metrics")]
mod metrics;
mod noise;
mod open;
#[cfg(feature = "opentelemetry")]
mod spans;
#[cfg(test)]
mod testing;
#[cfg(feature = "timeline")]
mod timeline;

pub use self::collector::Collector;
pub use self::echo::Echo;
#[cfg(feature = "json")]
pub use self::json_lines::JsonLines;
pub use self::log::Log;
#[cfg(feature = "metrics")]
pub use self::metrics::{MemoryMetrics, Metrics};
#[cfg(feature = "opentelemetry")]
pub use self::spans::{Spans, current_traceparent};
#[cfg(feature = "timeline")]
pub use self::timeline::Timeline;
