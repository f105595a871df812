//! How a process ended: with an exit code, or by a signal.

use std::fmt;

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExitStatus {
    /// It exited with this code.
    Code(i32),
    /// It was ended by this signal.
    Signal(i32),
}

impl ExitStatus {
    /// Returns the exit code, if the process exited.
    pub fn code(self) -> Option<i32> {
        match self {
            Self::Code(code) => Some(code),
            Self::Signal(_) => None,
        }
    }

    /// Returns the signal's number, if a signal ended the process.
    pub fn signal(self) -> Option<i32> {
        match self {
            Self::Code(_) => None,
            Self::Signal(signal) => Some(signal),
        }
    }

    /// Returns the signal's name, `SIGKILL` for example, if a signal of a known name ended the process.
    pub fn signal_name(self) -> Option<&'static str> {
        let number = self.signal()?;
        let signal = nix::sys::signal::Signal::try_from(number).ok()?;
        Some(signal.as_str())
    }

    /// Returns the status as a shell has it in `$?`: the exit code, or 128 and the signal's number.
    pub fn shell_code(self) -> i32 {
        match self {
            Self::Code(code) => code,
            Self::Signal(signal) => 128 + signal,
        }
    }

    /// Returns whether the process exited with code 0.
    pub fn success(self) -> bool {
        self == Self::Code(0)
    }
}

impl fmt::Display for ExitStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.signal_name()) {
            (Self::Code(code), _) => write!(f, "exit status {code}"),
            (Self::Signal(_), Some(name)) => write!(f, "killed by {name}"),
            (Self::Signal(number), None) => write!(f, "killed by signal {number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ExitStatus;

    #[test]
    fn a_status_shows_the_code_or_the_name_of_the_signal() {
        assert_eq!(ExitStatus::Code(128).to_string(), "exit status 128");
        assert_eq!(ExitStatus::Signal(9).to_string(), "killed by SIGKILL");
        assert_eq!(ExitStatus::Signal(40).to_string(), "killed by signal 40");
    }
}
