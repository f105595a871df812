//! What is in force while commands run: the backend, the environment, the limits.
//!
//! # What may run
//!
//! Three layers say it, and mean the same:
//!
//! 1. **Cargo features** decide which builders and programs are compiled in at all. They bound what there is to
//!    review, and are no guarantee: another dependency can switch one on.
//! 2. **Types** decide what a function may run: `fn deploy(cx: &Cx<Deploy>)` with `allowlist! { Deploy = [Git]; }`
//!    does not compile if it gives `cx` another program.
//! 3. **Lists** decide when a command runs, whatever the compiler was told, and for commands without a type, too.
//!    They hold for files: the program is looked up once, every list is asked about the file that was found, and
//!    that path is executed.
//!
//! At first everything is permitted. [`narrow`](Cx::narrow), [`narrow_to`](Cx::narrow_to) and
//! [`without_program`](Cx::without_program) only take away. [`allow`](Cx::allow) and
//! [`register_allow`](Cx::register_allow) give back what the context permitted before it was narrowed the last time,
//! and no more. [`Cx::ceiling`] bounds the process, [`Cx::deny_by_default`] denies code without a context
//! everything, [`with_catalogue`](Cx::with_catalogue) names the programs that are known, and, with the feature
//! `digest`, `with_digests` says what their files hold. They are asked in the order catalogue, ceiling, context,
//! digest; the first that refuses is the error's [`layer`](crate::Error::layer), and the hint says what to do.
//!
//! ```
//! use cuprum::lab::{Lab, Script};
//! use cuprum::prelude::*;
//! use cuprum::{Cx, Program, allowlist};
//!
//! #[derive(Program)]
//! struct Git;
//! #[derive(Program)]
//! struct Rm;
//!
//! allowlist! { Deploy = [Git]; }
//!
//! fn deploy(cx: &Cx<Deploy>) -> cuprum::Result<()> {
//!     cx.run(Git::cmd().word("push")).wait()
//!     // cx.run(Rm::cmd()) does not compile.
//! }
//!
//! let lab = Lab::new().on_program::<Git>(Script::exit(0));
//! let cx = lab.cx().narrow::<Deploy>();
//! deploy(&cx)?;
//!
//! // Commands that use the current context meet the list when they run.
//! let error = cx.scope_sync(|| Rm::cmd().run_sync()).unwrap_err();
//! assert_eq!(error.to_string(), "\
//! cannot run `rm`: the program is not allowed here: this context permits git
//! hint: narrow to a list that has it, or permit it, too: `Cx::allow`");
//! # Ok::<(), cuprum::Error>(())
//! ```
//!
//! # Where a context is current
//!
//! In the future of [`scope`](Cx::scope), the closure of [`scope_sync`](Cx::scope_sync), and in code that a run calls
//! there. A task or a thread that is spawned begins without; [`in_current_cx`](InCurrentCx::in_current_cx) carries it.

// In reading order: `Cx`, `rules` (its values), `allowlist` (what the compiler knows of it), `allowed` (which
// programs it permits), `narrow` (how it comes to permit less), `ceiling` (the bound of the process), `catalogue` and
// `json`, `scope` (the code in which it is current), `registration` (what is added while it is in use, and taken
// back), `watch` (hooks and observers).

mod allowed;
mod allowlist;
mod catalogue;
mod ceiling;
#[cfg(feature = "serde")]
mod json;
mod narrow;
mod registration;
mod rules;
mod scope;
mod watch;

use std::ffi::OsString;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use crate::backend::Backend;
use crate::spec::{Budget, Bulkhead, CancelToken, EnvValue, Leftovers, Limit, Pump, Resource};

pub(crate) use self::allowed::{Allowed, Listing, Match};
pub use self::allowlist::{AllowedIn, Allowlist, Allows, Different, Pair, Programs, Within};
pub use self::catalogue::{Catalogue, CatalogueError, Entry, UnknownProgram};
pub(crate) use self::ceiling::Ceiling;
pub use self::ceiling::CeilingError;
pub use self::narrow::AllowError;
pub use self::registration::Registration;
pub(crate) use self::registration::Registry;
pub use self::rules::CaptureLimit;
pub(crate) use self::rules::{Pin, Rules};
pub use self::scope::{InCurrentCx, Scope};
pub(crate) use self::watch::{Traceparent, Watchers};

/// The context that commands run under: an immutable value, cheap to clone.
///
/// Its parameter is what the compiler knows of it: `Cx` alone, which is `Cx<Ambient>`, takes every
/// [`Program`](crate::Program), and `Cx<Deploy>` only those of `allowlist! { Deploy = [...]; }`.
///
/// A context is used explicitly, by `cx.run(command)`, or made current for a future or a closure, by
/// [`scope`](Self::scope) and [`scope_sync`](Self::scope_sync), so that `command.run()` uses it. Each
/// `with_…` method returns a changed copy.
#[doc(alias = "CuprumContext")]
pub struct Cx<A = Ambient> {
    rules: Arc<Rules>,
    allow: PhantomData<fn() -> A>,
}

/// The context type that promises nothing at compile time.
#[derive(Clone, Copy, Debug)]
pub enum Ambient {}

impl Cx {
    /// Creates a context with the defaults: the operating system, nothing changed.
    ///
    /// What is registered with it is registered with it alone.
    pub fn new() -> Self {
        let rules = Rules { allowed: Allowed::default(), ..Rules::clone(&Rules::initial()) };
        Self::under(Arc::new(rules))
    }

    /// Returns the context of the innermost scope, or the defaults outside of every scope.
    ///
    /// What is registered with the defaults holds in the whole process, as far as a context does not say otherwise.
    pub fn current() -> Self {
        Self::under(Rules::current())
    }

    /// Returns the context of these rules.
    pub(crate) fn under(rules: Arc<Rules>) -> Self {
        Self { rules, allow: PhantomData }
    }
}

impl Default for Cx {
    fn default() -> Self {
        Self::new()
    }
}

impl<A> Cx<A> {
    /// Runs commands on `backend` instead of the operating system; on a lab, for example.
    #[must_use]
    pub fn with_backend(self, backend: impl Backend) -> Self {
        self.changed(|rules| {
            rules.backend = Arc::new(backend);
            // Another world has other files under the same paths.
            rules.versions = rules::Versions::default();
        })
    }

    /// Sets an environment variable for every command; what a command sets itself wins.
    ///
    /// The value is text, or a [`Secret`](crate::spec::Secret) text.
    #[must_use]
    pub fn with_env(self, name: impl Into<OsString>, value: impl EnvValue) -> Self {
        self.changed(|rules| rules.environment.set(name, value))
    }

    /// Takes an environment variable away from every command that does not set it itself.
    #[must_use]
    pub fn with_env_remove(self, name: impl Into<OsString>) -> Self {
        self.changed(|rules| rules.environment.remove(name))
    }

    /// Lets no command inherit a variable, and forgets those set so far.
    ///
    /// What a program is always given, by its derive, it is still given.
    #[must_use]
    pub fn with_env_clear(self) -> Self {
        self.changed(|rules| rules.environment.clear())
    }

    /// Lets every command inherit variables of these names only; a trailing `*` stands for any ending.
    ///
    /// What was kept out before stays out. A command that is looked up needs `PATH`.
    #[must_use]
    pub fn with_env_only<N: Into<OsString>>(self, names: impl IntoIterator<Item = N>) -> Self {
        self.changed(|rules| rules.environment.keep_only(names))
    }

    /// Sets which permissions new files of every command do not get; what a command says itself holds.
    #[must_use]
    pub fn with_umask(self, mask: u32) -> Self {
        self.changed(|rules| rules.attributes.umask = Some(mask))
    }

    /// Sets the niceness of every command, from -20 to 19; what a command says itself holds.
    #[must_use]
    pub fn with_nice(self, niceness: i32) -> Self {
        self.changed(|rules| rules.attributes.nice = Some(niceness))
    }

    /// Limits a resource of every command; what a command says itself of the same resource holds.
    #[must_use]
    pub fn with_rlimit(self, resource: Resource, most: u64) -> Self {
        self.changed(|rules| rules.attributes.limit(Limit::new(resource, most)))
    }

    /// Lets every command begin with no signal ignored, whatever this process ignores.
    #[must_use]
    pub fn with_reset_signals(self) -> Self {
        self.changed(|rules| rules.attributes.reset_signals = true)
    }

    /// Sets how much of each output stream is kept.
    #[must_use]
    pub fn with_capture_limit(self, limit: CaptureLimit) -> Self {
        self.changed(|rules| rules.capture = limit)
    }

    /// Sets how the parent moves what it must see between two stages of a pipeline; what a pipeline says itself
    /// holds.
    #[must_use]
    pub fn with_pump(self, pump: Pump) -> Self {
        self.changed(|rules| rules.pump = Some(pump))
    }

    /// Stops every command when it has taken this long; what a command says itself holds. See
    /// [`timeout`](crate::IntoSafe::timeout) for what counts.
    #[must_use]
    pub fn with_timeout(self, limit: Duration) -> Self {
        self.changed(|rules| rules.limits.timeout = Some(limit))
    }

    /// Stops every command when it has printed nothing for this long; what a command says itself holds.
    #[must_use]
    pub fn with_idle_timeout(self, limit: Duration) -> Self {
        self.changed(|rules| rules.limits.idle_timeout = Some(limit))
    }

    /// Gives every command this budget; one that was given before holds, too.
    #[must_use]
    pub fn with_budget(self, budget: Budget) -> Self {
        self.changed(|rules| rules.limits.budget = rules.limits.budget.and(budget))
    }

    /// Sets how long a command's group has to end when it is stopped; 5 seconds by default.
    #[must_use]
    pub fn with_grace(self, grace: Duration) -> Self {
        self.changed(|rules| rules.limits.grace = Some(grace))
    }

    /// Sets what is done when a command has exited and others still hold its streams.
    #[must_use]
    pub fn with_leftovers(self, leftovers: Leftovers) -> Self {
        self.changed(|rules| rules.limits.leftovers = Some(leftovers))
    }

    /// Stops every command when `token` is cancelled; tokens that were given before hold, too.
    #[must_use]
    pub fn with_cancel(self, token: &CancelToken) -> Self {
        self.changed(|rules| rules.limits.cancel.push(token.clone()))
    }

    /// Lets every command run only while it has a place in `bulkhead`; those that were given before limit, too.
    #[must_use]
    pub fn with_bulkhead(self, bulkhead: &Bulkhead) -> Self {
        self.changed(|rules| rules.limits.bulkheads.push(bulkhead.clone()))
    }

    /// Lets every command start only as often as `limit` says; those that were given before limit, too.
    #[cfg(feature = "rate-limit")]
    #[must_use]
    pub fn with_rate_limit(self, limit: &crate::spec::RateLimit) -> Self {
        self.changed(|rules| rules.limits.rates.push(limit.clone()))
    }

    /// Makes the context current while `future` runs.
    ///
    /// It is current during each poll of the future and on no other task; a task that the future
    /// spawns does not have it.
    pub fn scope<F: Future>(&self, future: F) -> Scope<F> {
        Scope::new(Arc::clone(&self.rules), future)
    }

    /// Makes the context current while `work` runs on this thread.
    pub fn scope_sync<T>(&self, work: impl FnOnce() -> T) -> T {
        let _entered = scope::enter(Arc::clone(&self.rules));
        work()
    }

    pub(crate) fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.rules)
    }

    fn changed(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        change(Arc::make_mut(&mut self.rules));
        self
    }
}

impl<A> Clone for Cx<A> {
    fn clone(&self) -> Self {
        Self { rules: Arc::clone(&self.rules), allow: PhantomData }
    }
}

impl<A> fmt::Debug for Cx<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cx").field(&self.rules).finish()
    }
}
