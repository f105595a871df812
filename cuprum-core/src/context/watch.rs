//! Who watches the commands of a context, who is asked before and told after each, and what they are called.

use std::borrow::Cow;
use std::fmt;
use std::panic::Location;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{Cx, Registration, Registry, Rules};
use crate::event::{Delivered, Event, EventKind, Listener, Observer, RunId, Widened};
use crate::spec::{
    AfterHook, BeforeHook, Finish, HookFuture, Invocation, ProgramSpec, Refusal, Tag, Tags, TraceContext,
    Widening,
};

/// Everything that looks at the commands of a context.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watchers {
    pub(crate) observers: Registry<Arc<Listener>>,
    pub(crate) before: Registry<BeforeHook>,
    pub(crate) after: Registry<AfterHook>,
    pub(crate) tags: Tags,
    /// What the commands run in.
    pub(crate) parent: Option<RunId>,
    pub(crate) traceparent: Option<Traceparent>,
}

/// What gives a command its `TRACEPARENT`.
#[derive(Clone)]
pub(crate) struct Traceparent(pub(crate) Arc<Give>);

type Give = dyn Fn(RunId, &Invocation) -> Option<TraceContext> + Send + Sync;

impl fmt::Debug for Traceparent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Traceparent")
    }
}

impl Rules {
    /// Tells the observers of programs that are permitted from now on, each with its file, as far as there is one.
    pub(crate) fn tell_widened(
        &self,
        by: Widening,
        place: &'static Location<'static>,
        added: &[(&'static ProgramSpec, Option<PathBuf>)],
    ) {
        let listeners = self.watch.observers.entries();
        if listeners.is_empty() || added.is_empty() {
            return;
        }
        let (id, at) = (RunId::from_u128(self.backend.new_id()), self.backend.wall_clock());
        for (sequence, (spec, file)) in (0..).zip(added) {
            let mut tags = Tags::new();
            tags.set("project", self.project_of(spec).name());
            tags.extend(&self.watch.tags);
            let (program, file) = (spec.name(), file.as_deref().map(Arc::from));
            let kind = EventKind::Widened(Widened { program, file, by, place, tags: Arc::new(tags) });
            let (parent, elapsed) = (self.watch.parent, Duration::ZERO);
            let event = Event { id, parent, invocation: None, sequence, at, elapsed, kind };
            listeners.iter().for_each(|listener| listener.tell(&event));
        }
    }
}

impl<A> Cx<A> {
    /// Tells `observer` of every run, and of every program that the context [comes to permit](Self::allow).
    ///
    /// It is told after those that were given before. The same observer in two contexts is told by both.
    ///
    /// # Examples
    ///
    /// ```
    /// # use cuprum::{Command, Program};
    /// # #[derive(Program)]
    /// # struct Build;
    /// # #[derive(Command)]
    /// # #[command(program = Build)]
    /// # struct Nightly {}
    /// use std::sync::mpsc;
    /// use std::time::Duration;
    ///
    /// use cuprum::event::Event;
    /// use cuprum::lab::{Lab, Script};
    ///
    /// let (sender, seen) = mpsc::channel();
    /// let lab = Lab::new().on::<Nightly>(Script::stdout("done\n"));
    /// let cx = lab.cx().with_observer(move |event: &Event| drop(sender.send(event.kind().name())));
    /// cx.run(Nightly::new()).wait()?;
    /// cx.flush_observers(Duration::from_secs(60));
    /// assert_eq!(seen.try_iter().collect::<Vec<_>>(), ["planned", "started", "exited"]);
    /// # Ok::<(), cuprum::Error>(())
    /// ```
    #[doc(alias = "observe")]
    #[must_use]
    pub fn with_observer(self, observer: impl Observer) -> Self {
        self.with_listener(Listener::new(observer))
    }

    pub(crate) fn with_listener(self, listener: Arc<Listener>) -> Self {
        self.changed(|rules| rules.watch.observers.add(listener))
    }

    /// Tells `observer` of every run that begins from now on, until the registration is dropped.
    pub fn register_observer(&self, observer: impl Observer) -> Registration {
        self.rules().watch.observers.register(Listener::new(observer))
    }

    /// Waits until the observers with queues have had everything so far, for `limit` at most in all; returns what
    /// has become of the events of each observer, in the order in which they were given.
    ///
    /// It blocks the thread. Events of runs that have ended are all in the queues. What an observer never takes,
    /// because it hangs, is [waiting](Delivered::waiting) afterwards. Call it before the program ends, if events
    /// must not be lost then.
    pub fn flush_observers(&self, limit: Duration) -> Vec<Delivered> {
        let rules = self.rules();
        let mut listeners = rules.watch.observers.entries();
        listeners.retain(|listener| !listener.is_hidden());
        let until = rules.backend.now().saturating_add(limit);
        for listener in &listeners {
            listener.flush(until.saturating_sub(rules.backend.now()).min(limit));
        }
        listeners.iter().map(|listener| listener.delivered()).collect()
    }

    /// Asks `hook` before a command starts; it may refuse, with a reason, and then nothing is started.
    ///
    /// The hooks are asked in the order in which they were given, those of the context first, then
    /// [those of the command](crate::IntoSafe::before). The first that refuses decides. The program
    /// is permitted by then, and looked up; of a pipeline, the hooks of all stages are asked before the first one
    /// is started. Those that are called are those that the context had when the run began.
    ///
    /// The hook is called where the run is, and the run waits for it; what it takes counts for the
    /// [limit of time](crate::IntoSafe::timeout) of the run. Its panic is an error of the kind
    /// [`Panicked`](crate::ErrorKind::Panicked); nothing is started then, either.
    ///
    /// # Examples
    ///
    /// ```
    /// # use cuprum::{Command, Program};
    /// # #[derive(Program)]
    /// # struct Build;
    /// # #[derive(Command)]
    /// # #[command(program = Build, tier = destructive)]
    /// # struct Wipe {}
    /// use cuprum::spec::Invocation;
    /// use cuprum::{ErrorKind, Lab, Tier};
    ///
    /// let lab = Lab::new();
    /// let cx = lab.cx().with_before(|invocation: &Invocation| match invocation.tier() {
    ///     Tier::Destructive => Err("nothing is deleted on Fridays".into()),
    ///     _ => Ok(()),
    /// });
    /// let error = cx.run(Wipe::new()).wait().unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Refused);
    /// assert!(error.to_string().contains("Fridays") && lab.ran().is_empty());
    /// ```
    #[doc(alias = "before")]
    #[must_use]
    pub fn with_before(
        self,
        hook: impl Fn(&Invocation) -> Result<(), Refusal> + Send + Sync + 'static,
    ) -> Self {
        self.changed(|rules| rules.watch.before.add(BeforeHook::sync(hook)))
    }

    /// As [`with_before`](Self::with_before), for a hook that waits for something.
    ///
    /// A cancelled token ends the waiting, and so does the limit of the run's time, which is one for all hooks and the
    /// command together.
    #[must_use]
    pub fn with_before_async<F>(self, hook: impl Fn(Arc<Invocation>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), Refusal>> + Send + 'static,
    {
        self.changed(|rules| rules.watch.before.add(BeforeHook::asynchronous(hook)))
    }

    /// As [`with_before`](Self::with_before), for the runs that begin from now on, until the registration is
    /// dropped.
    pub fn register_before(
        &self,
        hook: impl Fn(&Invocation) -> Result<(), Refusal> + Send + Sync + 'static,
    ) -> Registration {
        self.rules().watch.before.register(BeforeHook::sync(hook))
    }

    /// Calls `hook` when a command has ended, however it did: also when it was refused by a hook, could not be
    /// started, was stopped, or its run was dropped, when it is called in the background.
    ///
    /// The hooks are called in the reverse order, those of the command first, then those of the context from the
    /// last to the first. All of them are called: a panic is caught and reported through `tracing`, at the level
    /// WARN with the target `cuprum::hook`. The run waits for them, and cannot be changed by them. A program that
    /// the context does not permit has no hooks at all.
    #[doc(alias = "after")]
    #[must_use]
    pub fn with_after(self, hook: impl Fn(&Invocation, Finish<'_>) + Send + Sync + 'static) -> Self {
        self.changed(|rules| rules.watch.after.add(AfterHook::sync(hook)))
    }

    /// As [`with_after`](Self::with_after), for a hook that waits for something.
    ///
    /// If the run is dropped meanwhile, the hook that waits is dropped, too, and the others are called in the
    /// background.
    #[must_use]
    pub fn with_after_async(
        self,
        hook: impl for<'a> Fn(&'a Invocation, Finish<'a>) -> HookFuture<'a> + Send + Sync + 'static,
    ) -> Self {
        self.changed(|rules| rules.watch.after.add(AfterHook::asynchronous(hook)))
    }

    /// As [`with_after`](Self::with_after), for the runs that begin from now on, until the registration is
    /// dropped.
    pub fn register_after(
        &self,
        hook: impl Fn(&Invocation, Finish<'_>) + Send + Sync + 'static,
    ) -> Registration {
        self.rules().watch.after.register(AfterHook::sync(hook))
    }

    /// Gives every command a tag that hooks and observers see; what a command sets itself wins.
    #[must_use]
    pub fn with_tag(self, name: impl Into<Cow<'static, str>>, value: impl Into<Tag>) -> Self {
        self.changed(|rules| rules.watch.tags.set(name, value))
    }

    /// Sets what gives each command its variable `TRACEPARENT`, by which a program that traces itself continues
    /// the trace of its caller ([W3C Trace Context](https://www.w3.org/TR/trace-context/#traceparent-header)).
    ///
    /// It is asked for each stage when observers with the delivery [`Inline`](crate::event::Delivery::Inline) know
    /// that it is planned, with the run's id, and may have nothing to give. What the command, its context or its
    /// program say of the variable themselves holds.
    ///
    /// The variable `TRACESTATE` goes with it: it is that of the [`TraceContext`], and is taken away where that has none,
    /// since one that is inherited is about another trace. Text is a trace context without one.
    #[must_use]
    pub fn with_traceparent<T: Into<TraceContext>>(
        self,
        give: impl Fn(RunId, &Invocation) -> Option<T> + Send + Sync + 'static,
    ) -> Self {
        let give = move |run: RunId, invocation: &Invocation| give(run, invocation).map(Into::into);
        self.changed(|rules| rules.watch.traceparent = Some(Traceparent(Arc::new(give))))
    }
}
