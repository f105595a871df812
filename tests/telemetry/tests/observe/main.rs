//! What the observers that come with Cuprum say of runs, as the libraries see it that people use.

mod echo;
mod json;
mod log;
mod metrics;
mod otlp;
mod page;
mod scene;
mod secrets;
mod spans;
mod timeline;
mod widened;
