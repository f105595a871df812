//! Which file a program is: our own lookup, done once, to an absolute path.

use std::ffi::OsStr;
use std::path::PathBuf;

use crate::backend::{Backend, FileKind};
use crate::error::ErrorKind;
use crate::spec::{Environment, ProgramSpec};

/// Why no file could be settled on.
#[derive(Debug)]
pub(super) struct LookupFault {
    pub(super) kind: ErrorKind,
    pub(super) path: Option<PathBuf>,
    pub(super) detail: Option<String>,
}

/// Finds the program's file in the directories of the child's effective `PATH`.
///
/// Relative and empty entries of `PATH` are skipped: they would mean whatever directory the parent
/// happens to be in. The first file that may be executed is taken; if there is none, the first
/// directory or other file of that name explains the failure better than "not found".
pub(super) fn resolve(
    program: &ProgramSpec,
    environment: &Environment,
    backend: &dyn Backend,
) -> Result<PathBuf, LookupFault> {
    let name = OsStr::new("PATH");
    let path = match environment.change_of(name) {
        Some(change) => change.map(OsStr::to_owned),
        None => backend.var(name),
    };
    let Some(path) = path else {
        return Err(LookupFault {
            kind: ErrorKind::ProgramNotFound,
            path: None,
            detail: Some("the child has no PATH".to_owned()),
        });
    };
    let mut nearest = None;
    for dir in std::env::split_paths(&path).filter(|dir| dir.is_absolute()) {
        let file = dir.join(program.name());
        match backend.probe(&file) {
            FileKind::Executable => return Ok(file),
            FileKind::Missing => {}
            found => {
                nearest.get_or_insert((found, file));
            }
        }
    }
    Err(fault(nearest, &path))
}

fn fault(nearest: Option<(FileKind, PathBuf)>, path: &OsStr) -> LookupFault {
    let kind = match &nearest {
        Some((FileKind::Directory, _)) => ErrorKind::ProgramIsDirectory,
        Some(_) => ErrorKind::NotExecutable,
        None => ErrorKind::ProgramNotFound,
    };
    let detail = nearest.is_none().then(|| format!("looked in {}", path.to_string_lossy()));
    LookupFault { kind, path: nearest.map(|(_, file)| file), detail }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::backend::{Launch, StartError, Started};
    use std::ffi::OsString;
    use std::pin::Pin;
    use std::time::Duration;

    /// A world of files only.
    #[derive(Debug)]
    struct Files(&'static [(&'static str, FileKind)]);

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
            found.map_or(FileKind::Missing, |(_, kind)| *kind)
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

    #[track_caller]
    fn check(files: &'static [(&'static str, FileKind)], expected: Result<&str, ErrorKind>) {
        let found = resolve(&TOOL, &Environment::new(), &Files(files));
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
    fn a_child_without_path_finds_nothing() {
        let mut environment = Environment::new();
        environment.clear();
        let fault = resolve(&TOOL, &environment, &Files(&[("/a/tool", FileKind::Executable)])).unwrap_err();
        assert_eq!(fault.detail.as_deref(), Some("the child has no PATH"));
    }
}
