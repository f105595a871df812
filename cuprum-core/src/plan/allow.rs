//! How a context comes to permit more: here, because its bounds hold for files, which are looked up.

use std::panic::Location;
use std::path::{Path, PathBuf};

use super::permit::{Asked, Denial};
use crate::context::{AllowError, Catalogue, Cx, Listing, Programs, Registration, Rules};
use crate::spec::{Environment, ProgramSpec, Widening};

impl<A> Cx<A> {
    /// Permits the programs of `list`, too, as a changed copy.
    ///
    /// Where nothing was taken away, nothing is changed: it never restricts. It goes as far as the context that
    /// this one was narrowed from, and no further; nor does it go beyond the [ceiling](Cx::ceiling) and the
    /// [catalogue](Self::with_catalogue).
    ///
    /// Of each program that was not permitted, the observers are told
    /// ([`Widened`](crate::event::EventKind::Widened)), and there is a record through `tracing` at the level INFO, with the
    /// target `cuprum::context`.
    ///
    /// # Errors
    ///
    /// When a program is beyond these bounds.
    #[track_caller]
    pub fn allow(self, list: impl Programs) -> Result<Self, AllowError> {
        let list = self.within_bounds(list, Widening::Allow)?;
        Ok(self.with_allowed(|allowed| allowed.allow(list)))
    }

    /// Permits the programs of `list`, too, in this context and all that are derived from it, until the
    /// registration is dropped.
    ///
    /// # Errors
    ///
    /// As [`allow`](Self::allow).
    #[track_caller]
    pub fn register_allow(&self, list: impl Programs) -> Result<Registration, AllowError> {
        let list = self.within_bounds(list, Widening::RegisterAllow)?;
        Ok(self.rules().allowed.register(list))
    }

    /// Permits the programs of `list` and no others, as a changed copy; the empty list permits nothing.
    ///
    /// # Errors
    ///
    /// As [`allow`](Self::allow).
    #[track_caller]
    pub fn with_allowlist(self, list: impl Programs) -> Result<Self, AllowError> {
        let list = self.within_bounds(list, Widening::WithAllowlist)?;
        Ok(self.with_allowed(|allowed| allowed.replace(list)))
    }

    /// Runs only programs of this catalogue, and tells observers the project of each command.
    ///
    /// A program is known by its file: one of the catalogue, looked up as every program of this context is.
    ///
    /// A catalogue that was given before holds no longer. The observers are told of each program that this permits, as by
    /// [`allow`](Self::allow).
    #[must_use]
    #[track_caller]
    pub fn with_catalogue(self, catalogue: Catalogue) -> Self {
        let before = self.rules();
        let cx = self.knowing(catalogue);
        // Where there was none, it can only take away.
        if before.catalogue.is_some() {
            cx.rules().tell_known_since(&before);
        }
        cx
    }

    /// Returns whether a command of this program may run, as far as the program is concerned.
    ///
    /// For a file that is pinned to a digest, its content is read.
    pub fn permits(&self, program: &'static ProgramSpec) -> bool {
        let rules = self.rules();
        Asked::new(program, &Environment::new(), &rules).decide().is_ok()
    }

    /// Checks that each program may be permitted, and tells of those that were not before.
    #[track_caller]
    fn within_bounds(&self, list: impl Programs, by: Widening) -> Result<Listing, AllowError> {
        let rules = self.rules();
        let nothing = Environment::new();
        let programs = list.programs();
        let mut added = Vec::new();
        for program in &programs {
            let asked = Asked::new(program, &nothing, &rules);
            let refused = |denial: Denial| AllowError::new(program, denial.layer, denial.reason);
            asked.catalogue().and_then(|()| asked.ceiling()).map_err(refused)?;
            let verdict = rules.allowed.verdict(|list, how| asked.matches(list, how));
            if !verdict.within_limit {
                return Err(AllowError::beyond_limit(program, verdict.outside));
            }
            if !verdict.permitted {
                added.push((*program, asked.file().ok().map(Path::to_owned)));
            }
        }
        rules.tell_allowed(by, &added);
        Ok(self.listing(programs))
    }
}

/// A program that is permitted from now on, and its file, if there is one.
type Added = (&'static ProgramSpec, Option<PathBuf>);

impl Rules {
    /// Tells of the programs that the catalogue permits and the one before did not.
    #[track_caller]
    fn tell_known_since(&self, before: &Self) {
        let Some((catalogue, _)) = &self.catalogue else { return };
        let nothing = Environment::new();
        let added = catalogue.programs().filter_map(|program| {
            let (asked, old) = (Asked::new(program, &nothing, self), Asked::new(program, &nothing, before));
            let permits = old.catalogue().is_err() && asked.ceiling().is_ok() && asked.context().is_ok();
            permits.then(|| (program, asked.file().ok().map(Path::to_owned)))
        });
        self.tell_allowed(Widening::WithCatalogue, &added.collect::<Vec<_>>());
    }

    #[track_caller]
    fn tell_allowed(&self, by: Widening, added: &[Added]) {
        let place = Location::caller();
        for (program, _) in added {
            tracing::info!(target: "cuprum::context", program = program.name(), %place, "program allowed");
        }
        self.tell_widened(by, place, added);
    }
}
