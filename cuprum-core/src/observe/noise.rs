//! Lines of output that a log leaves out.

use std::fmt;
use std::sync::Arc;

use crate::spec::Invocation;

/// Tells whether a line of a command is left out of a log.
type Test = dyn Fn(&Invocation, &[u8]) -> bool + Send + Sync;

/// Says which lines of output a log leaves out: those that one of several tests finds.
#[derive(Clone)]
pub(super) struct Noise(Vec<Arc<Test>>);

/// The rules that programs and the projects of catalogues carry.
impl Default for Noise {
    fn default() -> Self {
        Self(vec![Arc::new(|invocation, line| invocation.is_noise(line))])
    }
}

impl Noise {
    /// Leaves out nothing.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// Leaves out what `test` finds, too.
    pub(super) fn push(&mut self, test: impl Fn(&Invocation, &[u8]) -> bool + Send + Sync + 'static) {
        self.0.push(Arc::new(test));
    }

    /// Returns whether the line is left out.
    pub(super) fn holds(&self, invocation: &Invocation, line: &[u8]) -> bool {
        self.0.iter().any(|test| test(invocation, line))
    }
}

impl fmt::Debug for Noise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Noise({})", self.0.len())
    }
}
