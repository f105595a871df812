//! The examples `release_notes`, `bisect` and `monorepo`, run as programs.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cuprum_builders::args::*;
use cuprum_builders::git;
use cuprum_builders::prelude::*;
use tempfile::TempDir;

/// A directory with repositories, in which git runs as somebody.
struct Scratch(TempDir);

impl Scratch {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn git<C: cuprum::IntoSafe<Program = git::Git>>(&self, repo: &str, command: C) -> C::Output {
        let command = command.in_dir(self.path(repo)).env("HOME", self.0.path());
        let command = ["AUTHOR", "COMMITTER"].iter().fold(command, |command, who| {
            command.env(format!("GIT_{who}_NAME"), "Ann B").env(format!("GIT_{who}_EMAIL"), "ann@example.org")
        });
        command.run_sync().unwrap()
    }

    fn init(&self, repo: &str) {
        std::fs::create_dir(self.path(repo)).unwrap();
        self.git(repo, git::init().quiet().initial_branch(lit!(GitRef, "main")));
    }

    fn commit(&self, repo: &str, content: &str, message: &str) {
        std::fs::write(self.path(repo).join("file"), content).unwrap();
        self.git(repo, git::add().all());
        self.git(repo, git::commit(message).quiet());
    }

    #[expect(clippy::disallowed_methods, reason = "the example is started as any other program is")]
    fn run(&self, program: &str, words: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.args(words).current_dir(self.0.path()).env("HOME", self.0.path());
        command.output().unwrap()
    }
}

#[track_caller]
fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn said(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn notes_tell_what_changed_since_the_last_tag() {
    const PROGRAM: &str = env!("CARGO_BIN_EXE_release_notes");
    let scratch = Scratch::new();
    scratch.init("repo");
    scratch.commit("repo", "1", "feat: old");
    let all = printed(&scratch.run(PROGRAM, &["repo"]));
    assert!(all.starts_with("# Since the beginning: 1 changes\n") && all.contains("- old ("), "{all}");
    scratch.git("repo", git::tag(lit!(GitRef, "v1.0")));
    for (at, message) in
        ["feat(x): one", "fix: two", "feat!: three", "four\n\nbody", "note: five"].iter().enumerate()
    {
        scratch.commit("repo", &at.to_string(), message);
    }
    let text = printed(&scratch.run(PROGRAM, &["repo"]));
    assert!(text.starts_with("# Since v1.0: 5 changes\n"), "{text}");
    let places = [
        "## Breaking",
        "- three (",
        "## New",
        "- one (",
        "## Fixed",
        "- two (",
        "## Changes",
        "Thanks to Ann B (5).",
    ];
    let found: Vec<Option<usize>> = places.iter().map(|part| text.find(part)).collect();
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?} in {text}");
    assert!(text.contains("- note: five (") && text.contains("- four (") && !text.contains("old"), "{text}");
    let between = printed(&scratch.run(PROGRAM, &["repo", "HEAD~2", "HEAD~1"]));
    assert!(between.contains("four") && !between.contains("five"), "{between}");
    assert!(said(&scratch.run(PROGRAM, &["repo", "--all"])).contains("--all"));
    assert!(said(&scratch.run(PROGRAM, &["nowhere"])).contains("nowhere"));
}

#[test]
fn a_bisection_finds_the_first_bad_commit() {
    const PROGRAM: &str = env!("CARGO_BIN_EXE_bisect");
    let probe = env!("CARGO_BIN_EXE_probe");
    let scratch = Scratch::new();
    scratch.init("repo");
    for at in 0..12 {
        let content = if at < 7 { "fine" } else { "broken" };
        scratch.commit("repo", &format!("{content} {at}"), &format!("commit {at}"));
    }
    std::fs::write(scratch.path("repo/file"), "not committed").unwrap();
    let is_fine = ["grep", "-q", "fine", "file"];
    let words = |good, bad| [&["repo", good, bad][..], &is_fine].concat();
    let found = printed(&scratch.run(PROGRAM, &words("HEAD~11", "HEAD")));
    assert!(found.lines().last().unwrap().ends_with(" commit 7"), "{found}");
    assert!(found.lines().count() <= 6, "it halves: {found}");
    // Nothing is left of the work tree, and nothing has changed in the one of the user.
    assert_eq!(git::worktree_list().in_dir(scratch.path("repo")).run_sync().unwrap().len(), 1);
    assert_eq!(std::fs::read(scratch.path("repo/file")).unwrap(), b"not committed");
    // All that cannot be told could be it.
    let told = said(&scratch.run(PROGRAM, &["repo", "HEAD~2", "HEAD", probe, "exit", "125"]));
    assert!(
        told.contains("it is one of these") && told.contains("commit 11") && told.contains("commit 10"),
        "{told}"
    );
    assert!(said(&scratch.run(PROGRAM, &words("HEAD", "HEAD"))).contains("both good and bad"));
    assert!(said(&scratch.run(PROGRAM, &words("HEAD~2", "nowhere"))).contains("nowhere"));
    let missing = said(&scratch.run(PROGRAM, &["repo", "HEAD~2", "HEAD", "no-such-program"]));
    assert!(missing.contains("no-such-program"), "{missing}");
}

#[test]
fn the_state_of_many_repositories_is_shown() {
    const PROGRAM: &str = env!("CARGO_BIN_EXE_monorepo");
    let scratch = Scratch::new();
    std::fs::create_dir(scratch.path("all")).unwrap();
    for name in ["all/api", "all/broken", "all/web"] {
        scratch.init(name);
        scratch.commit(name, "1", "one");
    }
    let clone =
        git::clone(RemoteUrl::local(scratch.path("all/api")).unwrap()).dir(lit!(SafePath, "all/copy"));
    scratch.git("", clone.quiet());
    scratch.commit("all/copy", "2", "two");
    std::fs::write(scratch.path("all/web/file"), "changed").unwrap();
    std::fs::write(scratch.path("all/web/new"), "new").unwrap();
    std::fs::create_dir(scratch.path("all/none")).unwrap();
    assert!(scratch.run(PROGRAM, &["all/api"]).status.success());
    std::fs::write(scratch.path("all/broken/.git/HEAD"), "nothing").unwrap();
    let output = scratch.run(PROGRAM, &["all"]);
    assert!(!output.status.success(), "one of them cannot be read");
    let text = String::from_utf8(output.stdout).unwrap();
    let line = |name: &str| {
        let path = Path::new("all").join(name);
        let line =
            text.lines().find(|line| line.split(' ').next().unwrap().ends_with(path.to_str().unwrap()));
        line.unwrap_or_else(|| panic!("no {name} in {text}")).split_once(' ').unwrap().1.trim().to_owned()
    };
    assert_eq!(text.lines().count(), 4, "{text}");
    assert_eq!(line("api"), "main");
    assert_eq!(line("copy"), "main +1 -0");
    assert_eq!(line("web"), "main, 1 changed, 1 untracked");
    assert!(line("broken").starts_with("? fatal: not a git repository"), "{text}");
}
