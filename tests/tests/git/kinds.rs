//! What every reading command prints is read, in repositories of every kind, whatever is configured.

use std::path::Path;

use cuprum::{ErrorKind, IntoSafe};
use cuprum_builders::args::*;
use cuprum_builders::git::{self, Git};
use cuprum_builders::prelude::*;

use crate::scratch::Scratch;

/// Names that mean something to git, to a shell, or to a reader of lines.
const NAMES: [&[u8]; 14] = [
    b"-dash",
    b"--all",
    b":(top)x",
    b":/y",
    b"a\nb",
    b"a\tb",
    b"q\"uo'te\\",
    b"\xff\xfe",
    b"@{-1}",
    b"HEAD",
    b"x -> y",
    b"Binary file x matches",
    b"1\t2\tz",
    b" lead and trail ",
];

#[expect(clippy::disallowed_methods, reason = "scenes are set up by plain git, in its own words")]
fn plain(dir: &Path, words: &[&str]) {
    let mut command = std::process::Command::new("git");
    command.args(["-c", "protocol.file.allow=always", "-c", "user.name=A B", "-c", "user.email=a@b"]);
    command.args(words).current_dir(dir).env("HOME", "/nonexistent").stdin(std::process::Stdio::null());
    let output = command.output().unwrap();
    assert!(output.status.success(), "git {words:?}: {}", output.stderr.escape_ascii());
}

/// Makes a repository with odd names, branches, tags, a merge, notes, and something put aside.
fn fill(dir: &Path) {
    use std::os::unix::ffi::OsStrExt as _;
    let write = |name: &[u8], content: &[u8]| {
        let file = dir.join(std::ffi::OsStr::from_bytes(name));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, content).unwrap();
    };
    NAMES.iter().for_each(|name| write(name, b"one\ntwo\n"));
    write(b"bin\nary", b"\0one");
    plain(dir, &["add", "--all"]);
    plain(dir, &["commit", "--quiet", "--message", "first\n\nbody: \u{1}\n\n- -x\n"]);
    plain(dir, &["tag", "v1"]);
    plain(dir, &["tag", "--annotate", "--message", "of\n\ntwo", "--", "v2"]);
    plain(dir, &["checkout", "--quiet", "-b", "side/x@y"]);
    std::fs::rename(dir.join("a\nb"), dir.join("b\n\ta")).unwrap();
    write(b"side", b"s\n");
    plain(dir, &["add", "--all"]);
    plain(dir, &["commit", "--quiet", "--allow-empty-message", "--message", ""]);
    plain(dir, &["checkout", "--quiet", "-"]);
    write(b"main", b"m\n");
    plain(dir, &["add", "--all"]);
    plain(dir, &["commit", "--quiet", "--message", "\u{e4} tab\there"]);
    plain(dir, &["merge", "--quiet", "--no-edit", "side/x@y"]);
    plain(dir, &["notes", "add", "--message", "a\nnote"]);
    write(b"main", b"aside\n");
    write(b"new\nfile", b"x");
    plain(dir, &["stash", "push", "--quiet", "--include-untracked", "--message", "a\nb | \u{1}"]);
    write(b"a\tb", b"changed\n");
    write(b"un\ntracked", b"one\n");
    std::fs::remove_file(dir.join("HEAD")).unwrap();
}

/// Runs everything that reads; returns what could not be read, and what failed.
fn read_all(scratch: &Scratch, dir: &Path) -> (Vec<String>, Vec<(git::FailureKind, String)>) {
    let (mut unread, mut failed) = (Vec::new(), Vec::new());
    let mut see = |name: &str, error: Option<cuprum::Error>| match error {
        Some(error) if error.kind() == ErrorKind::Output => unread.push(format!("{name}: {error}")),
        Some(error) => failed.push((error.git().unwrap().kind(), format!("{name}: {error}"))),
        None => {}
    };
    fn here<C: IntoSafe<Program = Git>>(
        scratch: &Scratch,
        dir: &Path,
        command: C,
    ) -> cuprum::SafeCmd<C::Output, Git> {
        scratch.command(command).in_dir(dir)
    }
    macro_rules! all {
        ($($command:expr),+ $(,)?) => {$(see(stringify!($command), here(scratch, dir, $command).run_sync().err());)+};
    }
    let head = || lit!(Revision, "HEAD");
    let object = || lit!(ObjectName, "HEAD");
    all!(
        git::status(),
        git::diff(),
        git::diff().from(lit!(RevisionRange, "HEAD")),
        git::diff_index(head()),
        git::diff_index(head()).cached(),
        git::combined(head()),
        git::log(),
        git::log().range(lit!(RevisionRange, "HEAD")).merges(),
        git::history(),
        git::reflog(),
        git::stash_list(),
        git::branches(),
        git::tags(),
        git::for_each_ref(),
        git::show_ref(),
        git::ls_files(),
        git::ls_paths(),
        git::line_ends(),
        git::ls_tree(head()).recursive(),
        git::grep("one"),
        git::grep("o").ignore_case(),
        git::worktree_list(),
        git::remotes(),
        git::submodule_status(),
        git::config_list(),
        git::shortlog(lit!(RevisionRange, "HEAD")),
        git::describe().all(),
        git::notes(),
        git::rev_list(lit!(RevisionRange, "HEAD")),
        git::rev_list_count(lit!(RevisionRange, "HEAD")),
        git::rev_list_objects(lit!(RevisionRange, "HEAD")),
        git::rev_parse(object()),
        git::resolve(object()),
        git::abbreviate(object()),
        git::current_branch(),
        git::count_objects(),
        git::format_patch(lit!(RevisionRange, "HEAD~1")),
        git::clean_dry_run(),
        git::merge_tree(head(), head()),
        git::cat_file_check([object()].into_iter().collect::<git::ObjectNames>()),
        git::cat_file_batch([object()].into_iter().collect::<git::ObjectNames>()),
        git::check_ignore([lit!(Pathspec, "x")].into_iter().collect::<git::PathList>()),
        git::check_attr([lit!(Pathspec, "x")].into_iter().collect::<git::PathList>()),
        git::blame(lit!(Pathspec, "x -> y")),
        git::ls_remote(RemoteUrl::local(dir).unwrap()),
        git::rev_list_disk_usage(lit!(RevisionRange, "HEAD")),
        git::show(object()),
        git::reset(git::ResetMode::Soft).to(head()),
    );
    (unread, failed)
}

/// Makes a repository of this kind in the directory.
fn make(kind: &str, dir: &Path) -> std::path::PathBuf {
    let repo = dir.join("repo");
    let init = |more: &[&str]| {
        plain(dir, &[&["init", "--quiet", "--initial-branch=main"], more, &["kind"]].concat());
        dir.join("kind")
    };
    match kind {
        "sha256" | "reftable" => {
            let option = if kind == "sha256" { "--object-format=sha256" } else { "--ref-format=reftable" };
            let made = init(&[option]);
            fill(&made);
            made
        }
        "unborn" => init(&[]),
        "empty and bare" => init(&["--bare"]),
        _ => {
            fill(&repo);
            let clone = |more: &[&str]| {
                let url = format!("file://{}", repo.display());
                plain(dir, &[&["clone", "--quiet"], more, &[&url, "kind"]].concat());
                dir.join("kind")
            };
            match kind {
                "bare" => clone(&["--bare"]),
                "shallow" => clone(&["--depth=1"]),
                "partial" => {
                    plain(&repo, &["config", "uploadpack.allowFilter", "true"]);
                    clone(&["--filter=blob:none"])
                }
                "work tree" => {
                    plain(&repo, &["worktree", "add", "--quiet", "../tree of two", "side/x@y"]);
                    plain(&repo, &["worktree", "lock", "--reason", "a\nb", "../tree of two"]);
                    dir.join("tree of two")
                }
                "submodule" => {
                    plain(&repo, &["submodule", "--quiet", "add", "--name", "m", "./", "in side"]);
                    repo.clone()
                }
                "detached" => {
                    plain(&repo, &["checkout", "--quiet", "--detach", "HEAD~1"]);
                    repo.clone()
                }
                "conflict" => {
                    plain(&repo, &["checkout", "--quiet", "--force", "-B", "other", "v1"]);
                    std::fs::write(repo.join("main"), "other\n").unwrap();
                    std::fs::remove_file(repo.join("side")).ok();
                    std::fs::write(repo.join("a\nb"), "other\n").unwrap();
                    plain(&repo, &["add", "--all"]);
                    plain(&repo, &["commit", "--quiet", "--message", "other"]);
                    let merge = ["-c", "alias.m=!git merge main || true", "m"];
                    plain(&repo, &merge);
                    repo.clone()
                }
                _ => repo.clone(),
            }
        }
    }
}

#[test]
fn every_output_is_read_in_every_kind_of_repository() {
    use git::FailureKind::*;
    let without_commits = &[UnbornBranch, UnknownRevision, NoNames, NoWorkTree, Other];
    for (kind, failures) in [
        ("plain", &[][..]),
        ("sha256", &[]),
        ("reftable", &[]),
        ("unborn", without_commits),
        ("empty and bare", without_commits),
        ("bare", &[NoWorkTree]),
        ("shallow", &[UnknownRevision]),
        ("partial", &[]),
        ("work tree", &[]),
        ("submodule", &[]),
        ("detached", &[]),
        ("conflict", &[InProgress]),
    ] {
        let scratch = Scratch::new();
        let dir = make(kind, scratch.dir.path());
        let (unread, failed) = read_all(&scratch, &dir);
        // Git exits with 1 where it does not know a side, as where there are conflicts.
        let unread: Vec<_> =
            unread.iter().filter(|error| !error.contains("not something we can merge")).collect();
        let failed: Vec<_> = failed.iter().filter(|(why, _)| !failures.contains(why)).collect();
        assert!(unread.is_empty() && failed.is_empty(), "{kind}: {unread:#?} {failed:#?}");
    }
}

#[test]
fn no_configuration_changes_what_is_read() {
    let scratch = Scratch::new();
    let dir = make("plain", scratch.dir.path());
    for (key, value) in [
        ("color.grep", "always"),
        ("color.diff", "always"),
        ("color.status", "always"),
        ("color.branch", "always"),
        ("color.decorate", "always"),
        ("column.ui", "always"),
        ("log.date", "iso"),
        ("log.decorate", "full"),
        ("format.pretty", "raw"),
        ("log.abbrevCommit", "true"),
        ("core.abbrev", "5"),
        ("log.showRoot", "false"),
        ("log.diffMerges", "combined"),
        ("log.follow", "true"),
        ("i18n.logOutputEncoding", "latin1"),
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.relative", "true"),
        ("diff.submodule", "log"),
        ("diff.renames", "copies"),
        ("diff.suppressBlankEmpty", "true"),
        ("diff.wordRegex", "."),
        ("diff.orderFile", "/dev/null"),
        ("grep.lineNumber", "false"),
        ("grep.column", "true"),
        ("grep.fullName", "false"),
        ("grep.patternType", "perl"),
        ("status.short", "true"),
        ("status.branch", "false"),
        ("status.relativePaths", "true"),
        ("status.showStash", "false"),
        ("status.showUntrackedFiles", "no"),
        ("status.aheadBehind", "false"),
        ("core.quotePath", "false"),
        ("blame.coloring", "highlightRecent"),
        ("blame.showEmail", "true"),
        ("blame.showRoot", "true"),
        ("blame.blankBoundary", "true"),
        ("blame.date", "relative"),
        ("notes.displayRef", "*"),
        ("tag.sort", "-creatordate"),
        ("branch.sort", "-committerdate"),
        ("core.warnAmbiguousRefs", "true"),
        ("log.mailmap", "false"),
        ("log.excludeDecoration", "*"),
        ("log.initialDecorationSet", "all"),
        ("format.notes", "true"),
        ("format.thread", "deep"),
        ("format.headers", "X: y\n"),
        ("format.signOff", "true"),
        ("format.mboxrd", "false"),
        ("stash.showPatch", "true"),
        ("stash.showIncludeUntracked", "true"),
        ("diff.colorMoved", "zebra"),
        ("diff.interHunkContext", "3"),
        ("versionsort.suffix", "x"),
        ("core.precomposeUnicode", "true"),
        ("submodule.recurse", "true"),
        ("status.submoduleSummary", "true"),
    ] {
        let before = std::fs::read(dir.join(".git/config")).unwrap();
        plain(&dir, &["config", key, value]);
        let (unread, failed) = read_all(&scratch, &dir);
        assert!(unread.is_empty() && failed.is_empty(), "{key}={value}: {unread:#?} {failed:#?}");
        std::fs::write(dir.join(".git/config"), before).unwrap();
    }
}
