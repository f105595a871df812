//! The adapters: what a caller adds to a command, whoever has made it.

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{
    AfterHook, BeforeHook, Budget, Bulkhead, CancelToken, Command, Destination, EnvValue, Finish, Gid,
    HookFuture, Invocation, Leftovers, Limit, Program, Refusal, Resource, SafeCmd, Sink, Stdin, Stdio, Tag,
    Uid,
};

/// What can be run: every [`Command`], and every command that is prepared already.
///
/// The adapters turn a command into its prepared form, so setters of the command come first.
pub trait IntoSafe: Sized {
    /// The program that runs it.
    type Program: Program;
    /// What its output is read into.
    type Output: Send + 'static;

    /// Returns the prepared command.
    fn into_safe(self) -> SafeCmd<Self::Output, Self::Program>;

    /// Runs the command in `dir`; a relative one is taken from the parent's working directory.
    ///
    /// The program itself is looked up before the directory is entered.
    #[doc(alias = "cd")]
    #[doc(alias = "current_dir")]
    fn in_dir(self, dir: impl Into<PathBuf>) -> SafeCmd<Self::Output, Self::Program> {
        let dir = dir.into();
        self.into_safe().with(|line| line.dir = Some(dir))
    }

    /// Sets an environment variable of the child; the last call of a name wins.
    ///
    /// The value is text, or a [`Secret`](super::Secret) text, which nothing of Cuprum shows. A changed
    /// `PATH` is the one in which the program itself is looked up, too.
    fn env(self, name: impl Into<OsString>, value: impl EnvValue) -> SafeCmd<Self::Output, Self::Program> {
        let name = name.into();
        self.into_safe().with(|line| line.environment.set(name, value))
    }

    /// Lets the child inherit variables of these names only; a trailing `*` stands for any ending.
    ///
    /// What is set by [`env`](Self::env) is given all the same. Where the context keeps some names only, or
    /// the program's derive does, a variable must be kept by each. Without `PATH`, programs that are looked up there
    /// are not found.
    fn env_only<N: Into<OsString>>(
        self,
        names: impl IntoIterator<Item = N>,
    ) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.environment.keep_only(names))
    }

    /// Takes an environment variable away from the child.
    fn env_remove(self, name: impl Into<OsString>) -> SafeCmd<Self::Output, Self::Program> {
        let name = name.into();
        self.into_safe().with(|line| line.environment.remove(name))
    }

    /// Lets the child inherit no variable, and forgets those set so far.
    ///
    /// What the program is always given, by `env(set(..))` of its derive, it is still given. A program that is
    /// looked up in `PATH` is then found only if one is set again.
    fn env_clear(self) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.environment.clear())
    }

    /// Lets the child have no variable but these, and forgets all others that were set so far; a trailing `*`
    /// stands for any ending.
    ///
    /// Of these names it has what it would have without this call: what the parent has, or what the context or
    /// an earlier [`env`](Self::env) sets in its place. So a command that starts from nothing can still be looked
    /// up: `env_clear_except(["PATH"])`.
    fn env_clear_except<N: Into<OsString>>(
        self,
        names: impl IntoIterator<Item = N>,
    ) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.environment.clear_except(names))
    }

    /// Takes these exit codes as success, in place of those the command names itself.
    fn accept(self, codes: impl IntoIterator<Item = i32>) -> SafeCmd<Self::Output, Self::Program> {
        let codes = codes.into_iter().collect();
        self.into_safe().with(|line| line.accept = Cow::Owned(codes))
    }

    /// Stops the command when it has taken this long; by default as the context says.
    ///
    /// The time counts from the plan on: its before hooks, a question for the program's version, and its waiting for
    /// a place in a bulkhead have no time of their own. If it is over before the start, nothing is started, and if it
    /// is over while the stages of a pipeline start, no more of them are. After hooks do not count.
    ///
    /// Its group is asked to end (`SIGTERM`, and `SIGCONT` so that it can), given a [grace](Self::grace), and killed.
    /// What it printed is in the error.
    fn timeout(self, limit: Duration) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.limits.timeout = Some(limit))
    }

    /// Stops the command when it has printed nothing for this long on the streams that are captured.
    fn idle_timeout(self, limit: Duration) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.limits.idle_timeout = Some(limit))
    }

    /// Stops the command when it has used up `budget`, or that of its context.
    fn budget(self, budget: Budget) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.limits.budget = line.limits.budget.and(budget))
    }

    /// Sets how long the command's group has to end when it is stopped, before it is killed.
    fn grace(self, grace: Duration) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.limits.grace = Some(grace))
    }

    /// Sets what is done when the command has exited and others still hold its streams.
    fn leftovers(self, leftovers: Leftovers) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.limits.leftovers = Some(leftovers))
    }

    /// Stops the command when `token` is cancelled; several tokens can be given.
    fn cancelled_by(self, token: &CancelToken) -> SafeCmd<Self::Output, Self::Program> {
        let token = token.clone();
        self.into_safe().with(|line| line.limits.cancel.push(token))
    }

    /// Lets the command run only while it has a place in `bulkhead`; several can be given.
    fn limited_by(self, bulkhead: &Bulkhead) -> SafeCmd<Self::Output, Self::Program> {
        let bulkhead = bulkhead.clone();
        self.into_safe().with(|line| line.limits.bulkheads.push(bulkhead))
    }

    /// Lets the command start only as often as `limit` says; several can be given.
    #[cfg(feature = "rate-limit")]
    fn paced_by(self, limit: &super::RateLimit) -> SafeCmd<Self::Output, Self::Program> {
        let limit = limit.clone();
        self.into_safe().with(|line| line.limits.rates.push(limit))
    }

    /// Lets the command lead a new session, which has no terminal, and not only a new group (setsid(2)).
    fn session(self) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.attributes.session = true)
    }

    /// Runs the command as this user, in this group and in no other.
    ///
    /// It is [`uid`](Self::uid), [`gid`](Self::gid) and [`groups`](Self::groups) in one, so that none is
    /// forgotten. Variables such as `HOME` and `USER` stay the parent's. If this process may not do that, the
    /// command is not started.
    fn run_as(self, uid: Uid, gid: Gid) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| {
            let attributes = &mut line.attributes;
            (attributes.uid, attributes.gid, attributes.groups) = (Some(uid), Some(gid), Some(Vec::new()));
        })
    }

    /// Sets the user of the command, and takes the parent's supplementary groups away.
    ///
    /// Its group stays the parent's, which [`run_as`](Self::run_as) does not forget.
    fn uid(self, uid: Uid) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.attributes.uid = Some(uid))
    }

    /// Sets the group of the command.
    fn gid(self, gid: Gid) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.attributes.gid = Some(gid))
    }

    /// Sets the supplementary groups of the command, in place of the parent's.
    fn groups(self, groups: impl IntoIterator<Item = Gid>) -> SafeCmd<Self::Output, Self::Program> {
        let groups = groups.into_iter().collect();
        self.into_safe().with(|line| line.attributes.groups = Some(groups))
    }

    /// Sets which permissions new files do not get, `0o077` for those of all others (umask(2)).
    fn umask(self, mask: u32) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.attributes.umask = Some(mask))
    }

    /// Sets the niceness itself, from -20 (first) to 19 (last), whatever the parent's is.
    ///
    /// Below the parent's it needs rights, and without them the command is not started.
    fn nice(self, niceness: i32) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.attributes.nice = Some(niceness))
    }

    /// Limits a resource of the process, for good (setrlimit(2)); each of its children has the limit anew.
    fn rlimit(self, resource: Resource, most: u64) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.attributes.limit(Limit::new(resource, most)))
    }

    /// Sets every signal that this process ignores back to its default for the command.
    ///
    /// Otherwise only SIGPIPE is, which Rust programs ignore: what a starter such as `nohup` ignores, the
    /// command ignores, too.
    fn reset_signals(self) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.attributes.reset_signals = true)
    }

    /// Asks `hook` before the command starts, after those of the context; it may refuse. See
    /// [`Cx::with_before`](crate::Cx::with_before).
    fn before(
        self,
        hook: impl Fn(&Invocation) -> Result<(), Refusal> + Send + Sync + 'static,
    ) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.attached.before.push(BeforeHook::sync(hook)))
    }

    /// As [`before`](Self::before), for a hook that waits for something.
    fn before_async<F>(
        self,
        hook: impl Fn(Arc<Invocation>) -> F + Send + Sync + 'static,
    ) -> SafeCmd<Self::Output, Self::Program>
    where
        F: Future<Output = Result<(), Refusal>> + Send + 'static,
    {
        self.into_safe().with(|line| line.attached.before.push(BeforeHook::asynchronous(hook)))
    }

    /// Calls `hook` when the command has ended, however it did, before those of the context. See
    /// [`Cx::with_after`](crate::Cx::with_after).
    fn after(
        self,
        hook: impl Fn(&Invocation, Finish<'_>) + Send + Sync + 'static,
    ) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.attached.after.push(AfterHook::sync(hook)))
    }

    /// As [`after`](Self::after), for a hook that waits for something.
    fn after_async(
        self,
        hook: impl for<'a> Fn(&'a Invocation, Finish<'a>) -> HookFuture<'a> + Send + Sync + 'static,
    ) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.attached.after.push(AfterHook::asynchronous(hook)))
    }

    /// Gives the command a tag that hooks and observers see; it wins over one of its context, and over those
    /// that each run has. See [`Tags`](super::Tags).
    fn tag(
        self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<Tag>,
    ) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.attached.tags.set(name, value))
    }

    /// Sets where standard input comes from: text, bytes, a file by its path, an open file, or what [`Stdin`] names.
    /// By default it is empty.
    fn stdin(self, stdin: impl Into<Stdin>) -> SafeCmd<Self::Output, Self::Program> {
        let stdin = stdin.into();
        self.into_safe().with(|line| line.stdin = stdin)
    }

    /// Sets where standard output goes: a file by its path, which is emptied, a [`Stdio`], a
    /// [`Capture`](super::Capture) or an open file. By default it is captured.
    fn stdout(self, stdout: impl Into<Destination>) -> SafeCmd<Self::Output, Self::Program> {
        let stdout = stdout.into();
        self.into_safe().with(|line| line.stdout = stdout)
    }

    /// Sets where standard error goes: a file by its path, which is emptied, a [`Stdio`], a
    /// [`Capture`](super::Capture) or an open file. By default it is captured.
    fn stderr(self, stderr: impl Into<Destination>) -> SafeCmd<Self::Output, Self::Program> {
        let stderr = stderr.into();
        self.into_safe().with(|line| line.stderr = stderr)
    }

    /// Shows the outputs on the parent's own while they are captured: those that are captured so far.
    fn tee(self) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| {
            for (output, sink) in [(&mut line.stdout, Sink::stdout()), (&mut line.stderr, Sink::stderr())] {
                if output.stdio == Stdio::Capture {
                    output.capture.sinks.push(sink);
                }
            }
        })
    }
}

impl<C: Command> IntoSafe for C {
    type Program = C::Program;
    type Output = C::Output;

    fn into_safe(self) -> SafeCmd<Self::Output, Self::Program> {
        self.prepare()
    }
}

impl<O: Send + 'static, P: Program> IntoSafe for SafeCmd<O, P> {
    type Program = P;
    type Output = O;

    fn into_safe(self) -> Self {
        self
    }
}
