//! Where a trace goes on, in the form in which a child process is told.

/// The trace that a command belongs to, as its child process is given it: `TRACEPARENT`, and `TRACESTATE` if tracing
/// systems have something to say in it ([W3C Trace Context](https://www.w3.org/TR/trace-context/)).
///
/// Plain text is one without a state. See [`Cx::with_traceparent`](crate::Cx::with_traceparent).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TraceContext {
    parent: String,
    state: String,
}

impl TraceContext {
    /// Creates it by the value of `TRACEPARENT`, `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01` for example.
    pub fn new(parent: impl Into<String>) -> Self {
        Self { parent: parent.into(), state: String::new() }
    }

    /// Sets the value of `TRACESTATE`; the empty one is none.
    #[must_use]
    pub fn with_state(self, state: impl Into<String>) -> Self {
        Self { state: state.into(), ..self }
    }

    /// Returns the value of `TRACEPARENT`.
    pub fn parent(&self) -> &str {
        &self.parent
    }

    /// Returns the value of `TRACESTATE`, if there is one.
    pub fn state(&self) -> Option<&str> {
        (!self.state.is_empty()).then_some(&*self.state)
    }
}

impl From<String> for TraceContext {
    fn from(parent: String) -> Self {
        Self::new(parent)
    }
}

impl From<&str> for TraceContext {
    fn from(parent: &str) -> Self {
        Self::new(parent)
    }
}
