//! The context of a trace in the form in which a child process is given it.

use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, TraceContextExt as _};

use crate::event::RunId;
use crate::spec::{Invocation, TraceContext};

/// Returns the span that is current where the command is planned, as `TRACEPARENT` and `TRACESTATE` for
/// [`Cx::with_traceparent`](crate::Cx::with_traceparent); `None` if there is none.
///
/// It is for programs that trace themselves and want no span for each command. Where there are such spans,
/// [`Spans::traceparent`](super::Spans::traceparent) gives the command's own.
///
/// # Examples
///
/// ```
/// use cuprum::observe::current_traceparent;
///
/// let cx = cuprum::Cx::new().with_traceparent(current_traceparent);
/// ```
pub fn current_traceparent(_: RunId, _: &Invocation) -> Option<TraceContext> {
    Context::map_current(|cx| value(cx.span().span_context()))
}

/// Returns what names a span in the way of [W3C Trace Context](https://www.w3.org/TR/trace-context/#traceparent-header);
/// `None` if its context is not valid.
pub(super) fn value(span: &SpanContext) -> Option<TraceContext> {
    let flags = span.trace_flags().to_u8();
    let parent = || format!("00-{}-{}-{flags:02x}", span.trace_id(), span.span_id());
    span.is_valid().then(|| TraceContext::new(parent()).with_state(span.trace_state().header()))
}
