//! Whether a command's program may run: every layer is asked for the file that would be executed.

use std::cell::OnceCell;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::lookup::{self, LookupFault};
use super::{environment, pins};
use crate::backend::Backend;
use crate::context::{Ceiling, Listing, Match, Rules};
use crate::error::{Cause, Error, ErrorKind};
use crate::spec::{Environment, Layer, Line, ProgramSpec, Search, command_line, nearest};

/// The program's file, if it had to be looked up to decide: then it is not looked up again.
pub(super) type Found = Option<Result<PathBuf, LookupFault>>;

/// Why a program may not run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Denial {
    pub(super) layer: Layer,
    pub(super) reason: String,
    pub(super) hint: Option<String>,
}

impl Denial {
    fn new(layer: Layer, reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { layer, reason: reason.into(), hint: Some(hint.into()) }
    }
}

/// Checks that a command may run under these rules; says so through `tracing` if it may not.
pub(crate) fn permitted(line: &Line, rules: &Rules) -> Result<(), Error> {
    permit(line, rules).map(drop)
}

pub(super) fn permit(line: &Line, rules: &Rules) -> Result<Found, Error> {
    let asked = Asked::new(line.program, &line.environment, rules);
    match asked.decide() {
        Ok(()) => Ok(asked.file.into_inner()),
        Err(Denial { layer, reason, hint }) => {
            let program = line.program.name();
            tracing::warn!(target: "cuprum::context", program, %layer, "program denied: {reason}");
            let text = command_line(line.program, line.args.as_deref(), &line.secrets);
            let error = Error::new(ErrorKind::Forbidden, program, text, Cause::Denied(layer, reason));
            Err(error.with_dir(line.dir.clone()).with_hint(hint).hiding(line.secret_bytes()))
        }
    }
}

/// A program that is to run under rules, with the command's own changes of the environment.
pub(super) struct Asked<'a> {
    program: &'static ProgramSpec,
    command: &'a Environment,
    rules: &'a Rules,
    file: OnceCell<Result<PathBuf, LookupFault>>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(program: &'static ProgramSpec, command: &'a Environment, rules: &'a Rules) -> Self {
        Self { program, command, rules, file: OnceCell::new() }
    }

    pub(super) fn decide(&self) -> Result<(), Denial> {
        self.catalogue()?;
        self.ceiling()?;
        self.context()?;
        pins::check(&self.rules.pins, self)
    }

    pub(super) fn catalogue(&self) -> Result<(), Denial> {
        let Some((catalogue, list)) = &self.rules.catalogue else { return Ok(()) };
        if self.is_in(list) {
            return Ok(());
        }
        self.other_file(list)?;
        let near = nearest(self.base_name(), catalogue.programs().map(ProgramSpec::name));
        let owner = near.and_then(|near| Some((near, catalogue.lookup(near).ok()?.project().name())));
        let hint = match owner {
            Some((near, project)) => format!("`{near}` is in the project `{project}`"),
            None => "give the catalogue a `Project` that has it: `Catalogue::with`".to_owned(),
        };
        Err(Denial::new(Layer::Catalogue, "the catalogue does not know it", hint))
    }

    pub(super) fn ceiling(&self) -> Result<(), Denial> {
        let Some(Ceiling { list, place }) = Ceiling::of_process() else { return Ok(()) };
        if self.is_in(list) {
            return Ok(());
        }
        self.other_file(list)?;
        let names: Vec<&str> = list.programs.iter().map(|program| program.name()).collect();
        let names = if names.is_empty() { "no program".to_owned() } else { names.join(", ") };
        let hint = format!("add it to the list of `Cx::ceiling` at {place}");
        Err(Denial::new(Layer::Ceiling, format!("the ceiling of this process permits {names}"), hint))
    }

    pub(super) fn context(&self) -> Result<(), Denial> {
        let allowed = &self.rules.allowed;
        if allowed.is_open() {
            return Ok(());
        }
        let verdict = allowed.verdict(|list, how| self.matches(list, how));
        if verdict.permitted {
            return Ok(());
        }
        if verdict.outside {
            let reason = "outside of every scope this process permits no program (`Cx::deny_by_default`)";
            let hint = "run it by `cx.run(…)` or within `cx.scope(…)`; a task that was spawned keeps its context \
                        by `.in_current_cx()`";
            return Err(Denial::new(Layer::Default, reason, hint));
        }
        let name = self.base_name();
        let names = |list: &Listing, _| list.programs.iter().any(|other| other.name() == name);
        if allowed.verdict(names).permitted {
            let lists = allowed.lists();
            lists.iter().filter(|list| !self.is_in(list)).try_for_each(|list| self.other_file(list))?;
        }
        let hint = if verdict.within_limit {
            "narrow to a list that has it, or permit it, too: `Cx::allow`"
        } else {
            "the context that this one was narrowed from does not permit it: allow it there"
        };
        Err(Denial::new(Layer::Context, format!("this context permits {}", allowed.text()), hint))
    }

    /// Returns whether the program's file is that of a program in the list.
    ///
    /// Where both are looked up in the same way and in the same directories, there is nothing to look at.
    pub(super) fn is_in(&self, list: &Listing) -> bool {
        let is_same = |other: &ProgramSpec| self.program.is_found_like(other) && self.is_sure(other, list);
        if list.programs.iter().any(|other| is_same(other)) {
            return true;
        }
        match self.file() {
            Ok(file) => list.programs.iter().any(|other| {
                self.listed_file(other, list).is_some_and(|other| is_same_file(file, &other, self.backend()))
            }),
            // A program that is permitted and is not there is missing, and not forbidden.
            Err(_) => self.is_named_in(list),
        }
    }

    pub(super) fn matches(&self, list: &Listing, how: Match) -> bool {
        match how {
            Match::File => self.is_in(list),
            Match::Any => {
                let name = self.base_name();
                list.programs.iter().any(|other| other.name() == name || self.leads_to(other, list))
                    || self.is_in(list)
            }
        }
    }

    /// Returns whether the program's file is a link to that of `listed`.
    ///
    /// On some systems one program is many by its name, and all of them are links to it.
    fn leads_to(&self, listed: &ProgramSpec, list: &Listing) -> bool {
        let (Ok(file), Some(other)) = (self.file(), self.listed_file(listed, list)) else { return false };
        let (file, other) = (self.backend().real_path(file), self.backend().real_path(&other));
        file == other && file.file_name() == Some(OsStr::new(listed.name()))
    }

    /// Returns whether the program's file is that of a program in the list when all links are followed.
    pub(super) fn is_linked_to(&self, list: &Listing) -> bool {
        let Ok(file) = self.file() else { return false };
        let file = self.backend().real_path(file);
        let real = |other| Some(self.backend().real_path(&self.listed_file(other, list)?));
        list.programs.iter().any(|other| real(other).is_some_and(|other| other == file))
    }

    pub(super) fn is_named_in(&self, list: &Listing) -> bool {
        list.programs.iter().any(|other| self.program.is_found_like(other))
    }

    /// Returns whether the program is looked for where `listed` was when the list was given.
    fn is_sure(&self, listed: &ProgramSpec, list: &Listing) -> bool {
        self.program.path().is_some()
            || self.program.search() != Search::Path
            || (self.command.change_of(OsStr::new("PATH")).is_none()
                && self.rules.path_change() == list.path.as_ref().map(Option::as_deref)
                && self.program.has_variables_like(listed))
    }

    /// Refuses a program of which another file is permitted.
    fn other_file(&self, list: &Listing) -> Result<(), Denial> {
        let name = self.base_name();
        let Some(listed) = list.programs.iter().find(|listed| listed.name() == name) else { return Ok(()) };
        let (Ok(file), other) = (self.file(), self.listed_file(listed, list)) else { return Ok(()) };
        let reason = match other {
            Some(other) => format!(
                "it would be {}, and the `{name}` that is permitted is {}",
                file.display(),
                other.display()
            ),
            None => {
                format!("it would be {}, and the `{name}` that is permitted is not there", file.display())
            }
        };
        let hint = "a list holds for the `PATH` that the context had when it was given (`Cx::with_env`), not for that of a command";
        Err(Denial::new(Layer::File, reason, hint))
    }

    /// Returns the name, also of a program that is given by its path.
    fn base_name(&self) -> &'static str {
        let name = self.program.name();
        name.rsplit('/').next().unwrap_or(name)
    }

    /// Returns the file that would be executed.
    pub(super) fn file(&self) -> Result<&Path, ()> {
        let found = self.file.get_or_init(|| {
            let own = self.command.clone();
            let joined = environment::joined(self.program, &self.rules.environment, own, self.backend());
            lookup::resolve(self.program, &joined, self.backend())
        });
        found.as_deref().map_err(drop)
    }

    /// Returns the file that a program of the list is, where it was looked for when the list was given.
    fn listed_file(&self, listed: &ProgramSpec, list: &Listing) -> Option<PathBuf> {
        let mut context = Environment::new();
        match &list.path {
            Some(Some(path)) => context.set("PATH", path.clone()),
            Some(None) => context.remove("PATH"),
            None => {}
        }
        let joined = environment::joined(listed, &context, Environment::new(), self.backend());
        lookup::resolve(listed, &joined, self.backend()).ok()
    }

    pub(super) fn backend(&self) -> &dyn Backend {
        &*self.rules.backend
    }
}

/// Returns whether two paths are one entry of one directory.
///
/// A link to a file is not that file: a program may do something else under another name, and whoever can write
/// the link can change it.
fn is_same_file(file: &Path, other: &Path, backend: &dyn Backend) -> bool {
    let in_dir = |path: &Path| Some(backend.real_path(path.parent()?));
    file == other || (file.file_name() == other.file_name() && in_dir(file) == in_dir(other))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::io;
    use std::pin::Pin;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::super::Plan;
    use super::super::lookup::tests::Files;
    use super::*;
    use crate::backend::{FileKind, Installed, Launch, StartError, Started};
    use crate::context::Cx;
    use crate::spec::{IntoSafe as _, unchecked};

    #[test]
    fn one_entry_of_a_directory_is_the_same_file_and_a_link_elsewhere_is_not() {
        let files = Files(&[]);
        let check = |file: &str, other: &str| is_same_file(Path::new(file), Path::new(other), &files);
        assert!(check("/usr/bin/git", "/usr/bin/git"));
        assert!(check("/link-to-usr-bin/git", "/usr/bin/git"));
        assert!(!check("/usr/bin/git2", "/usr/bin/git"));
        assert!(!check("/home/me/git", "/usr/bin/git"));
    }

    #[test]
    fn a_program_that_brings_its_own_path_is_held_to_the_file_that_it_finds_there() {
        static TOOL: ProgramSpec = ProgramSpec::new("tool");
        static OTHER: ProgramSpec = ProgramSpec::new("tool").with_set_env(&[("PATH", "/c")]);
        const FILES: Files = Files(&[("/a/tool", FileKind::Executable), ("/c/tool", FileKind::Executable)]);
        let permits = |listed: &'static ProgramSpec, program| {
            Cx::new().with_backend(FILES).narrow_to([listed]).permits(program)
        };
        assert!(permits(&TOOL, &TOOL) && permits(&OTHER, &OTHER));
        assert!(!permits(&TOOL, &OTHER) && !permits(&OTHER, &TOOL));
    }

    /// A world in which the good file is gone as soon as it was looked at twice.
    #[derive(Debug, Default)]
    struct Vanishing(AtomicUsize);

    impl Backend for Vanishing {
        fn var(&self, _: &OsStr) -> Option<OsString> {
            Some("/good".into())
        }
        fn vars(&self) -> Vec<(OsString, OsString)> {
            Vec::new()
        }
        fn current_dir(&self) -> io::Result<PathBuf> {
            Ok("/".into())
        }
        fn probe(&self, path: &Path) -> FileKind {
            match path.starts_with("/good") && self.0.fetch_add(1, Ordering::Relaxed) >= 2 {
                true => FileKind::Absent,
                false => FileKind::Executable,
            }
        }
        fn installed(&self, _: &Path) -> Installed {
            Installed::Any
        }
        fn start(&self, _: &Launch) -> Result<Started, StartError> {
            unreachable!("planning starts nothing")
        }
        fn now(&self) -> Duration {
            Duration::ZERO
        }
        fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
            Box::pin(async {})
        }
    }

    #[test]
    fn the_path_that_was_checked_is_planned_whatever_happens_in_between() {
        let tool = || unchecked::command("tool").env("PATH", "/good:/evil").into_safe().line;
        let cx = Cx::new().with_backend(Vanishing::default()).narrow_to([unchecked::program("tool")]);
        let plan = Plan::new(tool(), &cx.rules()).unwrap();
        assert_eq!(plan.launch().program, Path::new("/good/tool"));
        let error = Plan::new(tool(), &cx.rules()).unwrap_err();
        assert_eq!(error.layer(), Some(Layer::File), "later it would be another file: {error}");
    }
}
