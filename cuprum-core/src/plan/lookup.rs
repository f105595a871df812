//! Which file a program is: our own lookup, done once, to an absolute path.

use std::path::{Path, PathBuf};

use super::environment::Joined;
use super::{hint, near};
use crate::backend::{Backend, FileKind};
use crate::error::ErrorKind;
use crate::spec::{ProgramSpec, Search};

/// Why no file could be settled on.
#[derive(Debug)]
pub(super) struct LookupFault {
    pub(super) kind: ErrorKind,
    pub(super) path: Option<PathBuf>,
    pub(super) detail: Option<String>,
    pub(super) hint: Option<String>,
}

/// The system's directories, for programs that are trusted only there.
const TRUSTED: &[&str] = &["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/// Finds the program's file: the one it is pinned to, or the first in the directories it is looked for.
///
/// By default these are the directories of the child's effective `PATH`. Relative and empty entries
/// are skipped: they would mean whatever directory the parent happens to be in. The first file that
/// may be executed is taken; if there is none, the first directory or other file of that name explains
/// the failure better than "not found".
pub(super) fn resolve(
    program: &ProgramSpec,
    joined: &Joined,
    backend: &dyn Backend,
) -> Result<PathBuf, LookupFault> {
    let fault = |nearest, looked: &dyn Fn() -> String| fault(program, nearest, looked);
    let nameless = match program.name() {
        "" => Some("its name is empty"),
        name if name.contains('\0') => Some("its name holds a NUL byte"),
        _ => None,
    };
    if let Some(why) = nameless {
        return Err(LookupFault { detail: Some(why.to_owned()), ..LookupFault::not_found() });
    }
    if let Some(path) = program.path() {
        let missing = |path| LookupFault { path: Some(path), ..LookupFault::not_found() };
        let path = match Path::new(path) {
            path if path.is_absolute() => path.to_owned(),
            path => backend.current_dir().map_err(|_| missing(path.to_owned()))?.join(path),
        };
        return first(std::iter::once(path.clone()), backend).map_err(|nearest| match nearest {
            Some(nearest) => fault(Some(nearest), &String::new),
            None => missing(path).or_hint(|| hint::whole_line(program.name())),
        });
    }
    let in_dirs = |dirs: &[&str]| {
        let files = dirs.iter().map(|dir| Path::new(dir).join(program.name()));
        first(files, backend).map_err(|nearest| {
            fault(nearest, &|| format!("looked in {}", dirs.join(":")))
                .or_hint(|| hint::whole_line(program.name()))
                .or_hint(|| near::similar(program.name(), dirs.iter().map(Path::new), backend))
        })
    };
    match program.search() {
        Search::Trusted => in_dirs(TRUSTED),
        Search::Directories(dirs) => in_dirs(dirs),
        Search::Path => {
            let Some(path) = joined.path() else {
                let hint = "give it one: `.env(\"PATH\", …)`, or let `env_only` keep the parent's";
                return Err(fault(None, &|| "the child has no PATH".to_owned()).or_hint(|| Some(hint.into())));
            };
            let dirs = || std::env::split_paths(path).filter(|dir| dir.is_absolute());
            first(dirs().map(|dir| dir.join(program.name())), backend).map_err(|nearest| {
                let dirs: Vec<PathBuf> = dirs().collect();
                fault(nearest, &|| format!("looked in {}", path.to_string_lossy()))
                    .or_hint(|| hint::whole_line(program.name()))
                    .or_hint(|| near::similar(program.name(), dirs.iter().map(PathBuf::as_path), backend))
                    .or_hint(|| near::skipped(path))
                    // What the child inherits has lost them already.
                    .or_hint(|| near::skipped(joined.whole_path()?))
            })
        }
    }
}

/// Returns the first file that may be executed, or else the first thing that is there.
fn first(
    files: impl Iterator<Item = PathBuf>,
    backend: &dyn Backend,
) -> Result<PathBuf, Option<(FileKind, PathBuf)>> {
    let mut nearest = None;
    for file in files {
        match backend.probe(&file) {
            FileKind::Executable => return Ok(file),
            FileKind::Absent => {}
            found => {
                nearest.get_or_insert((found, file));
            }
        }
    }
    Err(nearest)
}

fn fault(
    program: &ProgramSpec,
    nearest: Option<(FileKind, PathBuf)>,
    looked: &dyn Fn() -> String,
) -> LookupFault {
    let (kind, path) = match nearest {
        Some((FileKind::Directory, file)) => (ErrorKind::ProgramIsDirectory, file),
        Some((_, file)) => (ErrorKind::NotExecutable, file),
        None => {
            let path = Some(PathBuf::from(program.name()));
            return LookupFault { path, detail: Some(looked()), ..LookupFault::not_found() };
        }
    };
    let executable = format!("make it executable: chmod +x {}", path.display());
    let hint = (kind == ErrorKind::NotExecutable).then_some(executable);
    LookupFault { kind, path: Some(path), detail: None, hint }
}

impl LookupFault {
    fn not_found() -> Self {
        Self { kind: ErrorKind::ProgramNotFound, path: None, detail: None, hint: None }
    }

    /// Adds a hint where there is none, if the program was not found.
    fn or_hint(mut self, hint: impl FnOnce() -> Option<String>) -> Self {
        if self.kind == ErrorKind::ProgramNotFound {
            self.hint = self.hint.or_else(hint);
        }
        self
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::backend::{Installed, Launch, StartError, Started};
    use crate::plan::environment;
    use crate::spec::Environment;
    use std::ffi::{OsStr, OsString};
    use std::pin::Pin;
    use std::time::Duration;

    /// A world of files only.
    #[derive(Debug)]
    pub(in crate::plan) struct Files(pub(in crate::plan) &'static [(&'static str, FileKind)]);

    impl Backend for Files {
        fn var(&self, _: &OsStr) -> Option<OsString> {
            Some("/a::relative:/b".into())
        }
        fn vars(&self) -> Vec<(OsString, OsString)> {
            Vec::new()
        }
        fn current_dir(&self) -> std::io::Result<PathBuf> {
            Ok("/".into())
        }
        fn probe(&self, path: &Path) -> FileKind {
            let found = self.0.iter().find(|(name, _)| Path::new(name) == path);
            found.map_or(FileKind::Absent, |(_, kind)| *kind)
        }
        fn real_path(&self, path: &Path) -> PathBuf {
            if path == Path::new("/link-to-usr-bin") { "/usr/bin".into() } else { path.to_owned() }
        }
        fn installed(&self, _: &Path) -> Installed {
            Installed::Any
        }
        fn start(&self, _: &Launch) -> Result<Started, StartError> {
            unreachable!("looking up starts nothing")
        }
        fn now(&self) -> Duration {
            Duration::ZERO
        }
        fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
            Box::pin(async {})
        }
    }

    static TOOL: ProgramSpec = ProgramSpec::new("tool");
    static PINNED: ProgramSpec = ProgramSpec::new("tool").with_path("/opt/tool-1");
    static TRUSTED: ProgramSpec = ProgramSpec::new("tool").with_search(Search::Trusted);
    static ELSEWHERE: ProgramSpec = ProgramSpec::new("tool").with_search(Search::Directories(&["/opt/bin"]));

    fn found(program: &ProgramSpec, command: Environment, files: &Files) -> Result<PathBuf, LookupFault> {
        resolve(program, &environment::joined(program, &Environment::new(), command, files), files)
    }

    #[track_caller]
    fn check(files: &'static [(&'static str, FileKind)], expected: Result<&str, ErrorKind>) {
        let found = found(&TOOL, Environment::new(), &Files(files));
        let found = found.as_deref().map_err(|fault| fault.kind);
        assert_eq!(found, expected.map(Path::new));
    }

    #[test]
    fn the_first_executable_file_wins_over_directories_and_plain_files_before_it() {
        use FileKind::{Directory, Executable, NotExecutable};
        check(&[("/b/tool", Executable)], Ok("/b/tool"));
        check(&[("/a/tool", Executable), ("/b/tool", Executable)], Ok("/a/tool"));
        check(&[("/a/tool", Directory), ("/b/tool", Executable)], Ok("/b/tool"));
        check(&[("/a/tool", NotExecutable), ("/b/tool", Executable)], Ok("/b/tool"));
    }

    #[test]
    fn what_is_in_the_way_explains_the_failure() {
        check(&[("/a/tool", FileKind::Directory)], Err(ErrorKind::ProgramIsDirectory));
        check(&[("/b/tool", FileKind::NotExecutable)], Err(ErrorKind::NotExecutable));
        check(&[], Err(ErrorKind::ProgramNotFound));
    }

    #[test]
    fn relative_and_empty_entries_of_the_path_are_skipped() {
        check(&[("tool", FileKind::Executable)], Err(ErrorKind::ProgramNotFound));
        check(&[("relative/tool", FileKind::Executable)], Err(ErrorKind::ProgramNotFound));
    }

    #[test]
    fn a_pinned_or_trusted_program_is_not_looked_for_in_the_path() {
        let files = &Files(&[("/a/tool", FileKind::Executable), ("/usr/bin/tool", FileKind::Executable)]);
        let kind = |program| found(program, Environment::new(), files).map_err(|fault| fault.kind);
        assert_eq!(kind(&TRUSTED), Ok("/usr/bin/tool".into()));
        assert_eq!(kind(&PINNED), Err(ErrorKind::ProgramNotFound));
        assert_eq!(kind(&ELSEWHERE), Err(ErrorKind::ProgramNotFound));
        let pinned = Files(&[("/opt/tool-1", FileKind::Executable)]);
        assert_eq!(found(&PINNED, Environment::new(), &pinned).ok(), Some("/opt/tool-1".into()));
    }

    #[test]
    fn a_child_without_path_finds_nothing() {
        let mut environment = Environment::new();
        environment.clear();
        let fault = found(&TOOL, environment, &Files(&[("/a/tool", FileKind::Executable)])).unwrap_err();
        assert_eq!(fault.detail.as_deref(), Some("the child has no PATH"));
    }
}
