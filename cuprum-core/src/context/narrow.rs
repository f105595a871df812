//! How a context comes to permit less.

use std::ffi::OsString;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::allowed::{Allowed, Listing};
use super::{Allowlist, Catalogue, Cx, Programs, Rules, Within};
#[cfg(feature = "digest")]
use crate::backend::Digest;
use crate::spec::{Layer, ProgramSpec};

impl<A> Cx<A> {
    /// Returns a context that permits only the programs of the list `B`, all of which this one must
    /// permit.
    ///
    /// What this context refuses at run time stays refused.
    pub fn narrow<B: Allowlist + Within<A>>(&self) -> Cx<B> {
        let cx = self.clone().narrow_to(B::PROGRAMS);
        Cx { rules: cx.rules, allow: PhantomData }
    }

    /// Permits only those programs of `list` that this context permits, as a changed copy.
    ///
    /// It only removes: the empty list permits nothing, and no list brings back what an earlier one left out.
    /// What this one takes away can be [allowed](Self::allow) again, up to what the context permitted before.
    #[must_use]
    #[doc(alias = "scoped")]
    pub fn narrow_to(self, list: impl Programs) -> Self {
        let list = self.listing(list);
        self.with_allowed(|allowed| allowed.narrow(list))
    }

    /// Takes programs away, as a changed copy.
    ///
    /// Like [`narrow_to`](Self::narrow_to), it can be taken back only by [`allow`](Self::allow). Every program of
    /// such a name is taken away, wherever it lies, and every link to such a file. What is a copy under another name,
    /// nobody can tell: a list of what is permitted holds better.
    #[must_use]
    pub fn without_program(self, list: impl Programs) -> Self {
        let list = self.listing(list);
        self.with_allowed(|allowed| allowed.without(list))
    }

    /// Runs a program only if its file has one of these digests.
    ///
    /// It holds for every command whose program is looked up as `program` is, and for every other way to the same
    /// file. What was pinned before holds, too, and nothing takes a pin away. The file is read when it is used for
    /// the first time and when it has changed.
    ///
    /// Between the moment it is read and the moment it is started, whoever may write to its directory can put
    /// another file in its place.
    ///
    /// # Examples
    ///
    /// ```
    /// use cuprum::backend::Digest;
    /// use cuprum::lab::{Lab, Script};
    /// use cuprum::{Cx, ErrorKind, Program, prelude::*, unchecked};
    ///
    /// #[derive(Program)]
    /// struct Deploy;
    ///
    /// let pinned: Digest = "ab".repeat(32).parse()?;
    /// let lab = Lab::new().on_program::<Deploy>(Script::exit(0)).digest::<Deploy>(pinned);
    /// let cx = lab.cx().with_digests(Deploy::SPEC, [pinned]);
    /// assert!(cx.run(Deploy::cmd()).wait().is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "digest")]
    #[must_use]
    pub fn with_digests(
        self,
        program: &'static ProgramSpec,
        digests: impl IntoIterator<Item = Digest>,
    ) -> Self {
        let (program, digests) = (self.listing(program), digests.into_iter().collect());
        self.changed(|rules| rules.pins.push(super::Pin { program, digests }))
    }

    /// Takes a catalogue, in place of one that was given before; nobody is told.
    pub(crate) fn knowing(self, catalogue: Catalogue) -> Self {
        let list = self.listing(catalogue.programs().collect::<Vec<_>>());
        self.changed(|rules| rules.catalogue = Some((Arc::new(catalogue), list)))
    }

    /// Makes a list that holds for the directories in which this context looks for programs.
    pub(crate) fn listing(&self, list: impl Programs) -> Listing {
        let path = self.rules.path_change().map(|path| path.map(OsString::from));
        Listing { programs: list.programs().into(), path }
    }

    pub(crate) fn with_allowed(self, change: impl FnOnce(&mut Allowed)) -> Self {
        self.changed(|rules: &mut Rules| change(&mut rules.allowed))
    }
}

/// Why a program cannot be permitted. Made by [`Cx::allow`] and its like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowError {
    program: &'static str,
    layer: Layer,
    reason: String,
}

impl AllowError {
    pub(crate) fn new(program: &ProgramSpec, layer: Layer, reason: String) -> Self {
        Self { program: program.name(), layer, reason }
    }

    pub(crate) fn beyond_limit(program: &ProgramSpec, outside: bool) -> Self {
        match outside {
            true => {
                let reason = "outside of every scope this process permits no program (`Cx::deny_by_default`)";
                Self::new(program, Layer::Default, reason.to_owned())
            }
            false => {
                let reason = "the context that this one was narrowed from does not permit it";
                Self::new(program, Layer::Context, reason.to_owned())
            }
        }
    }

    /// Returns the program's name.
    pub fn program(&self) -> &'static str {
        self.program
    }

    /// Returns which layer refused it.
    pub fn layer(&self) -> Layer {
        self.layer
    }
}

impl fmt::Display for AllowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be permitted here: {}", self.program, self.reason)
    }
}

impl std::error::Error for AllowError {}
