//! What holds for the whole process: the bound that no context goes beyond, and code without a context.

use std::fmt;
use std::panic::Location;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::allowed::Listing;
use super::{Cx, Programs};
use crate::spec::ProgramSpec;

/// The bound of this process.
#[derive(Debug)]
pub(crate) struct Ceiling {
    pub(crate) list: Listing,
    pub(crate) place: &'static Location<'static>,
}

static CEILING: OnceLock<Ceiling> = OnceLock::new();

static DENIED: AtomicBool = AtomicBool::new(false);

impl Ceiling {
    /// Returns the bound, if there is one.
    pub(crate) fn of_process() -> Option<&'static Self> {
        CEILING.get()
    }
}

/// Returns whether code outside of every scope is permitted nothing.
pub(super) fn denies_by_default() -> bool {
    DENIED.load(Ordering::Relaxed)
}

impl Cx {
    /// Sets the bound of this process: no context permits a program beyond it, those that are there already
    /// included.
    ///
    /// It is set once, best as the first thing that `main` does, and never widened or taken back. To set the same
    /// list again changes nothing.
    ///
    /// # Errors
    ///
    /// When another list was set before; that one holds.
    #[track_caller]
    pub fn ceiling(list: impl Programs) -> Result<(), CeilingError> {
        let place = Location::caller();
        let programs = list.programs();
        let ceiling = CEILING.get_or_init(|| Ceiling { list: Listing::of(programs.clone()), place });
        let held = &ceiling.list.programs;
        let is_same = held.iter().all(|program| programs.contains(program))
            && programs.iter().all(|program| held.contains(program));
        if is_same { Ok(()) } else { Err(CeilingError { place: ceiling.place, held: names(held) }) }
    }

    /// Permits nothing to code outside of every scope, in the whole process and for good.
    ///
    /// Commands then need a context: `cx.run(command)`, or code in [`scope`](Cx::scope). A task or a thread that
    /// was started without carrying its context has none. A context that is derived from [`current`](Cx::current)
    /// there permits nothing either; [`new`](Cx::new) makes one that does. To call it again changes nothing.
    pub fn deny_by_default() {
        DENIED.store(true, Ordering::Relaxed);
    }
}

/// Returns the names of programs, with commas.
pub(super) fn names(programs: &[&'static ProgramSpec]) -> String {
    programs.iter().map(|program| program.name()).collect::<Vec<_>>().join(", ")
}

/// The process has another ceiling already. Made by [`Cx::ceiling`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CeilingError {
    place: &'static Location<'static>,
    held: String,
}

impl CeilingError {
    /// Returns where the ceiling was set that holds.
    pub fn place(&self) -> &'static Location<'static> {
        self.place
    }
}

impl fmt::Display for CeilingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = if self.held.is_empty() { "no program" } else { &self.held };
        write!(f, "the ceiling of this process was set at {}, to {held}: it is set once", self.place)
    }
}

impl std::error::Error for CeilingError {}
