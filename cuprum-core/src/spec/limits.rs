//! How far a command may go before it is stopped, and what is done with what it leaves behind.

use std::time::Duration;

#[cfg(feature = "rate-limit")]
use super::RateLimit;
use super::{Bulkhead, CancelToken};

/// How much a command may use before it is stopped. Budgets are combined by the minimum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Budget {
    /// How long it may take; what counts is told at [`timeout`](crate::IntoSafe::timeout).
    pub time: Option<Duration>,
    /// How many bytes it may print on the streams that are captured, together.
    pub output: Option<u64>,
}

impl Budget {
    /// Returns the smaller limits of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { time: least(self.time, other.time), output: least(self.output, other.output) }
    }
}

fn least<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// What is done when a command has exited and others still hold its streams, or its group lives on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Leftovers {
    /// Waits until the streams end, as a shell does. A limit of time still ends it.
    #[default]
    Wait,
    /// Goes on reading until nothing has come for this long; then the streams are closed, and whoever
    /// holds them is left alone.
    Drain(Duration),
    /// Kills what is left of the group.
    Kill,
}

/// Everything that can stop a command, as a command or a context says it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limits {
    pub(crate) timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) budget: Budget,
    pub(crate) grace: Option<Duration>,
    pub(crate) leftovers: Option<Leftovers>,
    pub(crate) cancel: Vec<CancelToken>,
    pub(crate) bulkheads: Vec<Bulkhead>,
    #[cfg(feature = "rate-limit")]
    pub(crate) rates: Vec<RateLimit>,
}

impl Limits {
    /// Joins what a command says with what its context says: of a kind, the command's own holds;
    /// budgets take the minimum, every token cancels, and every bulkhead limits.
    pub(crate) fn or(mut self, context: &Self) -> Self {
        self.timeout = self.timeout.or(context.timeout);
        self.idle_timeout = self.idle_timeout.or(context.idle_timeout);
        self.budget = self.budget.and(context.budget);
        self.grace = self.grace.or(context.grace);
        self.leftovers = self.leftovers.or(context.leftovers);
        self.cancel.extend(context.cancel.iter().cloned());
        self.bulkheads.extend(context.bulkheads.iter().cloned());
        #[cfg(feature = "rate-limit")]
        self.rates.extend(context.rates.iter().cloned());
        self
    }

    /// Joins the limits of two stages of a pipeline, for the whole of it: the smallest holds.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.timeout = least(self.timeout, other.timeout);
        self.idle_timeout = least(self.idle_timeout, other.idle_timeout);
        self.budget = self.budget.and(other.budget);
        self.grace = least(self.grace, other.grace);
        self.leftovers = self.leftovers.or(other.leftovers);
        self.cancel.extend(other.cancel);
        self.bulkheads.extend(other.bulkheads);
        #[cfg(feature = "rate-limit")]
        self.rates.extend(other.rates);
        self
    }

    /// Returns how long the command may run.
    pub(crate) fn time(&self) -> Option<Duration> {
        least(self.timeout, self.budget.time)
    }

    /// Returns the limit that nothing could keep, by name.
    pub(crate) fn zero(&self) -> Option<&'static str> {
        let zero = |limit: Option<Duration>| limit == Some(Duration::ZERO);
        match self {
            limits if zero(limits.timeout) => Some("timeout"),
            limits if zero(limits.idle_timeout) => Some("idle timeout"),
            limits if zero(limits.budget.time) => Some("budget of time"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_timeout_of_the_command_holds_and_budgets_take_the_minimum() {
        let context = Limits {
            timeout: Some(SECOND),
            budget: Budget { time: Some(9 * SECOND), output: Some(5) },
            ..Limits::default()
        };
        let command = Limits { timeout: Some(60 * SECOND), ..Limits::default() }.or(&context);
        assert_eq!(command.timeout, Some(60 * SECOND));
        assert_eq!(command.time(), Some(9 * SECOND));
        assert_eq!(Limits::default().or(&context).time(), Some(SECOND));
        let smaller = Budget { time: None, output: Some(3) };
        assert_eq!(context.budget.and(smaller), Budget { time: Some(9 * SECOND), output: Some(3) });
    }

    #[test]
    fn what_a_command_does_not_say_its_context_says() {
        let context = Limits {
            idle_timeout: Some(SECOND),
            grace: Some(2 * SECOND),
            leftovers: Some(Leftovers::Kill),
            ..Limits::default()
        };
        let joined = |command: Limits| {
            let Limits { idle_timeout, grace, leftovers, .. } = command.or(&context);
            (idle_timeout, grace, leftovers)
        };
        assert_eq!(joined(Limits::default()), (Some(SECOND), Some(2 * SECOND), Some(Leftovers::Kill)));
        let own = (Some(7 * SECOND), Some(8 * SECOND), Some(Leftovers::Wait));
        let command = Limits { idle_timeout: own.0, grace: own.1, leftovers: own.2, ..Limits::default() };
        assert_eq!(joined(command), own);
    }

    #[test]
    fn a_limit_of_no_time_is_found() {
        let limits = Limits { idle_timeout: Some(Duration::ZERO), ..Limits::default() };
        assert_eq!(limits.zero(), Some("idle timeout"));
        assert_eq!(Limits::default().zero(), None);
    }
}
