//! What a scripted process does, step by step, and how it ends.

use std::sync::Arc;
use std::time::Duration;

use crate::outcome::ExitStatus;

/// What a scripted process does, in order, and how it ends.
///
/// A script begins with one of the functions that return one, and each method adds a step at its end. A
/// process whose steps are done exits, with 0 unless [`then_exit`](Self::then_exit) or
/// [`then_signal`](Self::then_signal) says otherwise. Steps take no time but for [`wait`](Self::wait) and for
/// what the other side makes them wait: a full pipe, an input that has not come.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use cuprum::lab::Script;
///
/// let build = Script::stdout("compiling\n")
///     .wait(Duration::from_secs(40))
///     .stderr("error: no\n")
///     .then_exit(101);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "a script does nothing until it is given to a lab"]
pub struct Script {
    pub(super) steps: Arc<Vec<Step>>,
    /// How it ends after the last step; a part of another script goes on with that one if `None`.
    pub(super) end: Option<ExitStatus>,
    /// Whatever a stage before it prints is taken, whether it reads or not: a cassette does not tell.
    pub(super) swallows: bool,
    /// The errors with which the first starts are refused.
    pub(super) refusals: Vec<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Print(Output, Arc<[u8]>),
    Wait(Duration),
    Read(Amount),
    /// Copies the rest of standard input to standard output.
    Copy,
    /// Copies so many bytes of it.
    CopyFirst(usize),
    Close(Stream),
    OnTerm(OnTerm),
    Fork(Script),
    /// As `setsid`: leaves the group, and its signals with it.
    NewSession,
    /// As `SIGSTOP`.
    Stop,
    WaitForChildren,
    /// So many times, or for ever.
    Repeat(Script, Option<u32>),
    Hang,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Output {
    Stdout,
    Stderr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    Stdin,
    Out(Output),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    All,
    Line,
    Bytes(usize),
}

/// What a process does when it is asked to end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum OnTerm {
    #[default]
    Die,
    Ignore,
    Run(Script),
}

impl Script {
    /// Does nothing and exits with 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// Prints nothing and exits with `code`.
    pub fn exit(code: i32) -> Self {
        Self::new().then_exit(code)
    }

    /// Prints `bytes` on standard output and exits with 0.
    pub fn stdout(bytes: impl Into<Vec<u8>>) -> Self {
        Self::new().print(bytes)
    }

    /// Is not started: the kernel refuses with this error number, `libc::EACCES` for example.
    ///
    /// The error is the one that the kernel's number becomes with a real process: 2 (`ENOENT`) is a missing
    /// program, 13 (`EACCES`) one that may not be executed, 8 (`ENOEXEC`) an unknown format, 7 (`E2BIG`) too
    /// many arguments; 26 (`ETXTBSY`) and 11 (`EAGAIN`) are tried again.
    pub fn refused(errno: i32) -> Self {
        Self::new().refused_first([errno])
    }

    /// Lets the first starts fail with these error numbers, one each. Where there is no later start that
    /// succeeds, every one fails with the last of them.
    pub fn refused_first(mut self, errnos: impl IntoIterator<Item = i32>) -> Self {
        self.refusals.extend(errnos);
        self
    }

    /// Prints `bytes` on standard output.
    pub fn print(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.step(Step::Print(Output::Stdout, bytes.into().into()))
    }

    /// Prints `bytes` on standard error.
    pub fn stderr(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.step(Step::Print(Output::Stderr, bytes.into().into()))
    }

    /// Waits for this long on the lab's clock.
    pub fn wait(self, duration: Duration) -> Self {
        self.step(Step::Wait(duration))
    }

    /// Waits for this long on the lab's clock. See [`wait`](Self::wait).
    pub fn takes(self, duration: Duration) -> Self {
        self.wait(duration)
    }

    /// Reads standard input to its end.
    pub fn read_all(self) -> Self {
        self.step(Step::Read(Amount::All))
    }

    /// Reads one line of standard input.
    pub fn read_line(self) -> Self {
        self.step(Step::Read(Amount::Line))
    }

    /// Reads so many bytes of standard input, or all that come before its end.
    pub fn read(self, bytes: usize) -> Self {
        self.step(Step::Read(Amount::Bytes(bytes)))
    }

    /// Copies standard input to standard output until its end, as `cat` does.
    pub fn copy(self) -> Self {
        self.step(Step::Copy)
    }

    /// Copies so many bytes of standard input to standard output, or all that come before its end, as `head -c`
    /// does.
    pub fn copy_first(self, bytes: usize) -> Self {
        self.step(Step::CopyFirst(bytes))
    }

    /// Closes standard input, so that writing to it fails from then on.
    pub fn close_stdin(self) -> Self {
        self.step(Step::Close(Stream::Stdin))
    }

    /// Closes standard output.
    pub fn close_stdout(self) -> Self {
        self.step(Step::Close(Stream::Out(Output::Stdout)))
    }

    /// Closes standard error.
    pub fn close_stderr(self) -> Self {
        self.step(Step::Close(Stream::Out(Output::Stderr)))
    }

    /// Ignores the request to end (`SIGTERM`) from here on.
    pub fn ignore_term(self) -> Self {
        self.step(Step::OnTerm(OnTerm::Ignore))
    }

    /// Leaves what it does and follows `script` instead when it is asked to end (`SIGTERM`); a further request
    /// changes nothing.
    pub fn on_term(self, script: Self) -> Self {
        self.step(Step::OnTerm(OnTerm::Run(script)))
    }

    /// Starts a child of its own that follows `script`: in the same group, with the same streams.
    pub fn fork(self, script: Self) -> Self {
        self.step(Step::Fork(script))
    }

    /// Leaves a child behind that holds its streams open for this long.
    pub fn hold(self, duration: Duration) -> Self {
        self.fork(Self::new().wait(duration))
    }

    /// Leaves its group and leads a session of its own, as a daemon does: signals to the group no longer reach
    /// it. It keeps its streams. Only a child that another script has started can do that; a
    /// command leads a group already (setsid(2)). One that is alive after a run is no
    /// [breach](super::Breach).
    pub fn new_session(self) -> Self {
        self.step(Step::NewSession)
    }

    /// Stops itself (`SIGSTOP`) until it is continued.
    pub fn stop(self) -> Self {
        self.step(Step::Stop)
    }

    /// Waits until the children that it has started have ended.
    pub fn wait_for_children(self) -> Self {
        self.step(Step::WaitForChildren)
    }

    /// Follows `script` so many times.
    pub fn repeat(self, times: u32, script: Self) -> Self {
        self.step(Step::Repeat(script, Some(times)))
    }

    /// Follows `script` again and again.
    pub fn forever(self, script: Self) -> Self {
        self.step(Step::Repeat(script, None))
    }

    /// Does nothing any more, until a signal ends it.
    ///
    /// Where nothing does, the lab stops it when its clock has come to [the limit](super::Lab::limit).
    pub fn hang(self) -> Self {
        self.step(Step::Hang)
    }

    /// Exits with `code` in the end.
    pub fn then_exit(self, code: i32) -> Self {
        Self { end: Some(ExitStatus::Code(code)), ..self }
    }

    /// Is killed by the signal of this number in the end.
    pub fn then_signal(self, signal: i32) -> Self {
        Self { end: Some(ExitStatus::Signal(signal)), ..self }
    }

    fn step(mut self, step: Step) -> Self {
        Arc::make_mut(&mut self.steps).push(step);
        self
    }
}
