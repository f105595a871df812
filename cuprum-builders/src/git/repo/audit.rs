//! Looks at the files of a repository before git does.

use std::fs::FileType;
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::config_file::read;
use super::fault::{AuditError, AuditFault};
use crate::args::{GitRef, RemoteName, RemoteUrl};

/// What an audit saw and let pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audited {
    /// Hooks that could be executed; they are not.
    pub hooks: Vec<PathBuf>,
    /// Whether ids are computed by SHA-256.
    pub(super) sha256: bool,
}

/// Files and directories of git, and whether each is a directory.
const PLAIN: &[(&str, bool)] = &[
    ("HEAD", false),
    ("config", false),
    ("config.worktree", false),
    ("index", false),
    ("info", true),
    ("objects", true),
    ("objects/info", true),
    ("objects/pack", true),
    ("packed-refs", false),
    ("refs", true),
    ("shallow", false),
];

/// Files that make git look elsewhere, or run what the configuration or they themselves name.
const UNEXPECTED: &[&str] = &[
    "BISECT_START",
    "commondir",
    "info/attributes",
    "info/grafts",
    "objects/info/alternates",
    "objects/info/http-alternates",
    "rebase-apply",
    "rebase-merge",
    "sequencer",
];

/// Directories with a file for each remote, as git kept them before there was a configuration; it makes one
/// of them still, without files.
const OLD_REMOTES: &[&str] = &["branches", "remotes"];

/// Looks at the files of git, and at the work tree, if there is one.
pub(super) fn audit(git_dir: &Path, tree: Option<&Path>) -> Result<Audited, AuditError> {
    check_type(git_dir, true)?;
    check_owner(git_dir)?;
    for (name, is_dir) in PLAIN {
        check_type(&git_dir.join(name), *is_dir)?;
    }
    for name in UNEXPECTED {
        let path = git_dir.join(name);
        // An empty file is what some tools leave behind.
        if path.symlink_metadata().is_ok_and(|meta| !meta.is_file() || meta.len() > 0) {
            return Err(AuditError { path, kind: AuditFault::Unexpected });
        }
    }
    for name in OLD_REMOTES {
        let path = git_dir.join(name);
        if path.read_dir().is_ok_and(|mut files| files.next().is_some()) {
            return Err(AuditError { path, kind: AuditFault::Unexpected });
        }
    }
    check_files(git_dir)?;
    if let Some(tree) = tree {
        check_tree(tree, git_dir)?;
    }
    let mut sha256 = false;
    for name in ["config", "config.worktree"] {
        let path = git_dir.join(name);
        if path.exists() {
            sha256 |= config(&path)?;
        }
    }
    Ok(Audited { hooks: hooks(git_dir), sha256 })
}

/// Sees that the repository is that of the user who runs this program, who is the owner of what the kernel
/// says of it. Git itself does not look where it is told the directory.
fn check_owner(path: &Path) -> Result<(), AuditError> {
    let owner = |path: &Path| path.metadata().map(|meta| meta.uid());
    let unreadable = |error| AuditError::unreadable(path, &error);
    let own = owner(Path::new("/proc/self")).map_err(unreadable)?;
    if owner(path).map_err(unreadable)? == own {
        return Ok(());
    }
    Err(AuditError { path: path.to_owned(), kind: AuditFault::Owner })
}

/// Sees that what is there is a file or a directory, and no link.
fn check_type(path: &Path, is_dir: bool) -> Result<(), AuditError> {
    match path.symlink_metadata() {
        Ok(meta) if meta.is_dir() == is_dir && meta.is_file() != is_dir => Ok(()),
        Ok(_) => Err(AuditError { path: path.to_owned(), kind: AuditFault::WrongType }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(AuditError::unreadable(path, &error)),
    }
}

/// Sees that there are files and directories only among git's own, at any depth: git writes through a link.
fn check_files(git_dir: &Path) -> Result<(), AuditError> {
    // No hook runs, and links to them are common.
    let hooks = git_dir.join("hooks");
    each_below(git_dir, |path, kind| {
        if path == hooks {
            return Ok(false);
        }
        match kind.is_dir() || kind.is_file() {
            true => Ok(true),
            false => Err(AuditError { path: path.to_owned(), kind: AuditFault::WrongType }),
        }
    })
}

/// Sees that no repository lies in the work tree, where git would ask it what has changed.
fn check_tree(tree: &Path, git_dir: &Path) -> Result<(), AuditError> {
    each_below(tree, |path, _| match path.file_name().is_some_and(|name| name.eq_ignore_ascii_case(".git")) {
        true if path == git_dir => Ok(false),
        true => Err(AuditError { path: path.to_owned(), kind: AuditFault::Inside }),
        false => Ok(true),
    })
}

/// Calls a function for everything below a directory, which says whether to look into it; links are not
/// followed.
fn each_below(
    dir: &Path,
    mut look: impl FnMut(&Path, FileType) -> Result<bool, AuditError>,
) -> Result<(), AuditError> {
    let mut left = vec![dir.to_owned()];
    while let Some(dir) = left.pop() {
        let unreadable = |error| AuditError::unreadable(&dir, &error);
        for entry in dir.read_dir().map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            if look(&entry.path(), kind)? && kind.is_dir() {
                left.push(entry.path());
            }
        }
    }
    Ok(())
}

/// Looks at a configuration file; returns whether it asks for SHA-256.
fn config(path: &Path) -> Result<bool, AuditError> {
    let fault = |kind| AuditError { path: path.to_owned(), kind };
    let text = std::fs::read_to_string(path).map_err(|error| AuditError::unreadable(path, &error))?;
    let mut sha256 = false;
    for (name, value) in read(&text).map_err(|line| fault(AuditFault::Line(line)))? {
        match is_allowed(&name, value.as_deref()) {
            Some(true) => {}
            Some(false) => return Err(fault(AuditFault::Value(name))),
            None => return Err(fault(AuditFault::Variable(name))),
        }
        sha256 |= name == "extensions.objectformat" && value.as_deref() == Some("sha256");
    }
    Ok(sha256)
}

/// Whether git itself writes such a value; `None` if it does not write the variable.
fn is_allowed(name: &str, value: Option<&str>) -> Option<bool> {
    let word = value.unwrap_or("true");
    let is_bool = matches!(
        word.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "1" | "0"
    );
    Some(match name {
        "core.repositoryformatversion" => matches!(word, "0" | "1"),
        "core.filemode"
        | "core.bare"
        | "core.ignorecase"
        | "core.precomposeunicode"
        | "core.symlinks"
        | "core.sparsecheckout"
        | "core.sparsecheckoutcone"
        | "extensions.worktreeconfig" => is_bool,
        "core.logallrefupdates" => is_bool || word == "always",
        "extensions.objectformat" => matches!(word, "sha1" | "sha256"),
        "extensions.refstorage" => matches!(word, "files" | "reftable"),
        "extensions.partialclone" => RemoteName::new(word).is_ok(),
        "user.name" | "user.email" => value.is_some(),
        _ => {
            let (section, rest) = name.split_once('.')?;
            let (subsection, variable) = rest.rsplit_once('.')?;
            return of_subsection(section, subsection, variable, word, is_bool);
        }
    })
}

fn of_subsection(section: &str, name: &str, variable: &str, word: &str, is_bool: bool) -> Option<bool> {
    let known = match (section, variable) {
        ("remote", "url" | "pushurl") => RemoteUrl::new(word).is_ok(),
        ("remote", "fetch") => is_fetch(word),
        ("remote", "mirror" | "promisor") => is_bool,
        ("remote", "partialclonefilter") => matches!(word.split_once(':'), Some(("blob" | "tree", _))),
        ("remote", "tagopt") => matches!(word, "--tags" | "--no-tags"),
        ("branch", "remote") => word == "." || RemoteName::new(word).is_ok(),
        ("branch", "merge") => GitRef::new(word).is_ok(),
        ("branch", "rebase") => is_bool || matches!(word, "merges" | "interactive"),
        ("submodule", "url") => RemoteUrl::new(word).is_ok(),
        ("submodule", "active") => is_bool,
        _ => return None,
    };
    let named = match section {
        "remote" => RemoteName::new(name).is_ok(),
        "branch" => GitRef::new(name).is_ok(),
        _ => true,
    };
    Some(known && named)
}

/// Reads `[+]refs/heads/*:refs/remotes/origin/*`.
fn is_fetch(word: &str) -> bool {
    crate::args::RefSpec::new(word.strip_prefix('+').unwrap_or(word)).is_ok()
}

/// Returns the hooks that could be executed.
fn hooks(git_dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = git_dir.join("hooks").read_dir() else { return Vec::new() };
    let files = entries.filter_map(Result::ok).map(|entry| entry.path());
    let executable =
        |path: &PathBuf| path.metadata().is_ok_and(|meta| meta.permissions().mode() & 0o111 != 0);
    let mut hooks: Vec<PathBuf> = files
        .filter(|path| path.extension().is_none_or(|ending| ending != "sample"))
        .filter(executable)
        .collect();
    hooks.sort();
    hooks
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn only_what_git_writes_itself_is_allowed() {
        for (name, value) in [
            ("core.bare", Some("false")),
            ("core.bare", None),
            ("remote.origin.url", Some("https://example.org/x.git")),
            ("remote.origin.fetch", Some("+refs/heads/*:refs/remotes/origin/*")),
            ("branch.a.b/c.merge", Some("refs/heads/main")),
            ("extensions.objectformat", Some("sha256")),
        ] {
            assert_eq!(is_allowed(name, value), Some(true), "{name}");
        }
        for (name, value) in [
            ("remote.origin.url", Some("ext::sh -c x")),
            ("remote.-x.url", Some("https://example.org/x")),
            ("core.bare", Some("maybe")),
            ("branch.x.remote", Some("../x")),
        ] {
            assert_eq!(is_allowed(name, value), Some(false), "{name}");
        }
        for name in [
            "core.fsmonitor",
            "core.hookspath",
            "core.worktree",
            "filter.x.clean",
            "diff.x.textconv",
            "merge.x.driver",
            "include.path",
            "includeif.gitdir:/.path",
            "url.x.insteadof",
            "remote.origin.uploadpack",
            "remote.origin.vcs",
            "alias.x",
            "x",
        ] {
            assert_eq!(is_allowed(name, Some("x")), None, "{name}");
        }
    }
}
