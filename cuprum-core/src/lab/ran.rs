//! What was started in a lab, and assertions about it.

use std::fmt::{self, Write as _};
use std::ops::Deref;
use std::time::Duration;

use super::Lab;
use super::matching::shown;
use crate::backend::{Launch, Signal};
use crate::outcome::ExitStatus;
use crate::spec::Command;

/// A command that was started in a lab. It has the fields of its [`Launch`], too.
#[derive(Clone)]
pub struct Ran {
    /// What was asked for.
    pub launch: Launch,
    /// The id of its process.
    pub pid: u32,
    /// When it was started, on the lab's clock.
    pub started: Duration,
    /// When its status was taken; `None` as long as it was not.
    pub ended: Option<Duration>,
    /// How it ended; `None` as long as its status was not taken.
    pub status: Option<ExitStatus>,
    /// What its script has read of its standard input.
    pub input: Vec<u8>,
    /// The signals that it was sent, in order.
    pub signals: Vec<Signal>,
}

/// Shows how much was read, and not what: it may be a secret.
impl fmt::Debug for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { launch, pid, started, ended, status, input, signals } = self;
        f.debug_struct("Ran")
            .field("launch", launch)
            .field("pid", pid)
            .field("started", started)
            .field("ended", ended)
            .field("status", status)
            .field("input", &format_args!("{} bytes", input.len()))
            .field("signals", signals)
            .finish()
    }
}

impl Ran {
    /// Returns whether it is a command of the type `C`.
    pub fn is<C: Command>(&self) -> bool {
        self.launch.command == Some(C::SPEC)
    }

    /// Returns its command line as errors show it, with the name of its program, and secrets as `***`.
    pub fn command_line(&self) -> String {
        shown(&self.launch)
    }
}

impl Deref for Ran {
    type Target = Launch;

    fn deref(&self) -> &Launch {
        &self.launch
    }
}

impl Lab {
    /// Returns what was started so far, in order.
    pub fn ran(&self) -> Vec<Ran> {
        self.world().ran.clone()
    }

    /// Returns the commands of the type `C` that were started so far, in order.
    pub fn ran_of<C: Command>(&self) -> Vec<Ran> {
        self.world().ran.iter().filter(|ran| ran.is::<C>()).cloned().collect()
    }

    /// Asserts that these commands were started, in this order, and no others.
    ///
    /// A command is written as errors show it: the program's name and its words, quoted where a shell would
    /// need it.
    ///
    /// # Panics
    ///
    /// Where it was otherwise, with both lists, line by line.
    #[track_caller]
    pub fn assert_ran<'a>(&self, expected: impl IntoIterator<Item = &'a str>) {
        let ran: Vec<String> = self.world().ran.iter().map(Ran::command_line).collect();
        let expected: Vec<&str> = expected.into_iter().collect();
        if ran != expected {
            fail(&difference(&expected, &ran));
        }
    }
}

#[track_caller]
#[expect(clippy::panic, reason = "this is an assertion")]
fn fail(difference: &str) {
    panic!("other commands were started than expected:\n{difference}")
}

/// Writes the lines of both, those of one side only marked with `-` (expected) or `+` (started).
fn difference(expected: &[&str], ran: &[String]) -> String {
    let same_start = expected.iter().zip(ran).take_while(|(a, b)| a == b).count();
    let (expected, ran) = (expected.iter(), ran.iter());
    let rest = (expected.clone().skip(same_start), ran.clone().skip(same_start));
    let same_end = rest.0.clone().rev().zip(rest.1.clone().rev()).take_while(|(a, b)| a == b).count();
    let mut text = String::new();
    let mut lines = |mark: &str, lines: &mut dyn Iterator<Item = &str>| {
        for line in lines {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{mark} {line}");
        }
    };
    lines(" ", &mut ran.clone().take(same_start).map(String::as_str));
    let (left, right) = (rest.0.len() - same_end, rest.1.len() - same_end);
    lines("-", &mut rest.0.clone().take(left).copied());
    lines("+", &mut rest.1.clone().take(right).map(String::as_str));
    lines(" ", &mut rest.1.skip(right).map(String::as_str));
    text
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn a_difference_shows_what_is_on_one_side_only() {
        let ran = ["a", "c", "d"].map(str::to_owned);
        assert_eq!(difference(&["a", "b", "d"], &ran), "  a\n- b\n+ c\n  d\n");
        assert_eq!(difference(&["a"], &ran), "  a\n+ c\n+ d\n");
        assert_eq!(difference(&[], &ran), "+ a\n+ c\n+ d\n");
        assert_eq!(difference(&["a", "c", "d", "d"], &ran), "  a\n  c\n  d\n- d\n");
    }
}
