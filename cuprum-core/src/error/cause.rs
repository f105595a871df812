//! What is known of a failure beyond its kind.

use std::fmt;

use crate::outcome::{CancelReason, Cancellation};
use crate::spec::{ArgvError, Layer, OutputError, escape_line};

/// What is known beyond the kind.
#[derive(Debug)]
pub(crate) enum Cause {
    None,
    Text(String),
    Argv(ArgvError),
    Output(OutputError),
    Io(std::io::Error),
    /// An error of the caller's own code, which says it all.
    Other(Box<dyn std::error::Error + Send + Sync>),
    Cancelled(Cancellation),
    /// What it was stopped for, which the process at fault need not have been.
    Stopped(CancelReason),
    /// Which layer does not permit it, and what it does permit.
    Denied(Layer, String),
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Text(text) | Self::Denied(_, text) => f.write_str(&escape_line(text.as_bytes())),
            Self::Argv(error) => error.fmt(f),
            Self::Output(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
            Self::Other(error) => error.fmt(f),
            Self::Cancelled(why) => f.write_str(&escape_line(why.to_string().as_bytes())),
            Self::Stopped(reason) => reason.fmt(f),
        }
    }
}
