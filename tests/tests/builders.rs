//! The builders' command lines, and one round through the real programs.

use std::ffi::OsString;

use cuprum::prelude::*;
use cuprum::{Command, Lab, Tier};
use cuprum_builders::args::{
    GitRef, Glob, Pathspec, RemoteName, RemoteUrl, RevisionRange, RsyncPath, SafePath,
};
use cuprum_builders::tar::Tar;
use cuprum_builders::{git, rsync, tar};

#[track_caller]
fn check(command: impl Command, expected: &[&str]) {
    let expected: Vec<OsString> = expected.iter().map(OsString::from).collect();
    assert_eq!(command.argv().unwrap(), expected);
}

#[test]
fn git_init_writes_its_options_and_its_directory() {
    check(git::init(), &["init"]);
    let init = git::init().bare().quiet().initial_branch(lit!(GitRef, "main")).dir(lit!(SafePath, "a b"));
    check(init, &["init", "--quiet", "--bare", "--initial-branch=main", "--end-of-options", "./a b"]);
}

#[test]
fn git_clone_writes_its_options_before_the_separator() {
    let url = lit!(RemoteUrl, "https://example.org/site.git");
    check(
        git::clone(url.clone()),
        &["clone", "--upload-pack=git-upload-pack", "--end-of-options", "https://example.org/site.git"],
    );
    let clone = git::clone(url)
        .depth(1)
        .single_branch(false)
        .no_tags()
        .branch(lit!(GitRef, "v1"))
        .origin(lit!(RemoteName, "up"))
        .dir(lit!(SafePath, "/srv/site"));
    check(
        clone,
        &[
            "clone",
            "--upload-pack=git-upload-pack",
            "--no-single-branch",
            "--no-tags",
            "--branch=v1",
            "--origin=up",
            "--depth=1",
            "--end-of-options",
            "https://example.org/site.git",
            "/srv/site",
        ],
    );
}

#[test]
fn git_add_and_commit_write_paths_behind_two_dashes() {
    check(git::add().all(), &["add", "--all"]);
    let add = git::add().force().paths(lit!(Pathspec, "a")).paths(lit!(Pathspec, "b/c"));
    check(add, &["add", "--force", "--", "a", "b/c"]);
    check(git::commit("the message"), &["commit", "--file=-"]);
    let commit = git::commit("m").amend().no_verify().paths(lit!(Pathspec, "a"));
    check(commit, &["commit", "--file=-", "--amend", "--no-verify", "--", "a"]);
    let error = git::commit("m").all().paths(lit!(Pathspec, "a")).argv().unwrap_err();
    assert_eq!(error.to_string(), "`paths` conflicts with `all`");
}

#[test]
fn git_status_and_log_always_ask_for_the_form_that_is_read() {
    let form = ["status", "--porcelain=v2", "-z", "--branch", "--show-stash", "--untracked-files=normal"];
    check(git::status(), &form);
    let status = git::status().untracked_files(git::UntrackedFiles::All).ignored(git::Ignored::Matching);
    check(
        status.renames(true).paths(lit!(Pathspec, "src")),
        &[
            "status",
            "--porcelain=v2",
            "-z",
            "--branch",
            "--show-stash",
            "--untracked-files=all",
            "--ignored=matching",
            "--renames",
            "--",
            "src",
        ],
    );
    let log = git::log().max_count(3).range(lit!(RevisionRange, "v1..main")).paths(lit!(Pathspec, "src"));
    let words = log.argv().unwrap();
    assert_eq!(words[..4], ["log", "-z", "--decorate=full", git::Log::FORMAT[2]]);
    assert_eq!(words[4..], ["--max-count=3", "--end-of-options", "v1..main", "--", "src"]);
    let error = git::log().merges().no_merges().argv().unwrap_err();
    assert_eq!(error.to_string(), "`no_merges` conflicts with `merges`");
}

#[test]
fn tar_commands_never_take_an_archive_for_a_host() {
    let create = tar::create(lit!(SafePath, "a:b.tar"))
        .members(lit!(SafePath, "src"))
        .directory(lit!(SafePath, "/srv"))
        .compression(tar::Compression::Gzip)
        .source(tar::Source::new().sort(tar::Sort::Name))
        .exclude(lit!(Glob, "*.log"));
    check(
        create,
        &[
            "--create",
            "--force-local",
            "--restrict",
            "--no-unquote",
            "--quoting-style=escape",
            "--numeric-owner",
            "--file=./a:b.tar",
            "--gzip",
            "--sort=name",
            "--directory=/srv",
            "--exclude=*.log",
            "--",
            "./src",
        ],
    );
    let list = tar::list(lit!(SafePath, "a.tar")).argv().unwrap();
    assert_eq!(list[..4], ["--list", "--force-local", "--restrict", "--no-unquote"]);
    assert_eq!(list[4..9], tar::Listing::FORMAT);
    assert_eq!(list[9..], ["--file=./a.tar"]);
    let extract = tar::extract(lit!(SafePath, "a.tar"), lit!(SafePath, "out")).strip_components(1u8);
    let words = extract.argv().unwrap();
    for word in ["--no-same-owner", "--no-same-permissions", "--keep-old-files", "--no-xattrs"] {
        assert!(words.iter().any(|given| given == word), "{word}");
    }
    assert!(words.ends_with(&["--strip-components=1".into()]));
}

#[test]
fn rsync_copies_between_paths_that_are_no_hosts() {
    let copy = rsync::copy(lit!(RsyncPath, "a/"), lit!(RsyncPath, "b/")).recursive().delete().max_delete(9);
    check(
        copy.exclude(lit!(Glob, ".git")),
        &[
            rsync::Transfer::FORMAT[0],
            "--stats",
            "--no-human-readable",
            "--outbuf=L",
            "--safe-links",
            "--recursive",
            "--delete",
            "--max-delete=9",
            "--exclude=.git",
            "--",
            "./a/",
            "./b/",
        ],
    );
}

#[test]
fn commands_carry_their_tier() {
    assert_eq!(git::GitStatus::SPEC.tier(), Tier::Read);
    assert_eq!(git::GitCommit::SPEC.tier(), Tier::Write);
    assert_eq!(tar::TarList::SPEC.tier(), Tier::Read);
}

/// The identity comes by the environment, as the machine may have none.
fn identified<C: cuprum::IntoSafe>(command: C) -> cuprum::SafeCmd<C::Output, C::Program> {
    command
        .env("GIT_AUTHOR_NAME", "Ann")
        .env("GIT_AUTHOR_EMAIL", "ann@example.org")
        .env("GIT_COMMITTER_NAME", "Ann")
        .env("GIT_COMMITTER_EMAIL", "ann@example.org")
}

#[test]
fn a_round_through_git_tar_and_rsync_gives_typed_outputs() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    let work = root.join("work");
    git::init()
        .quiet()
        .initial_branch(lit!(GitRef, "trunk"))
        .dir(lit!(SafePath, "work"))
        .in_dir(root)
        .run_sync()
        .unwrap();

    let status = git::status().in_dir(&work).run_sync().unwrap();
    assert_eq!((status.branch.to_string(), status.branch.oid), ("trunk".to_owned(), None));
    let error = git::log().in_dir(&work).run_sync().unwrap_err();
    let failure = git::Failure::read(error.outcome().unwrap()).unwrap();
    assert_eq!(failure.kind(), git::FailureKind::UnbornBranch);

    std::fs::write(work.join("*"), "star\n").unwrap();
    std::fs::write(work.join("other"), "other\n").unwrap();
    git::add().paths(lit!(Pathspec, "*")).in_dir(&work).run_sync().unwrap();
    let status = git::status().in_dir(&work).run_sync().unwrap();
    let paths: Vec<String> = status.changes.iter().map(|change| change.path().to_string()).collect();
    assert_eq!(paths, ["*", "other"], "a path is literal, so only the star was added");
    assert!(matches!(status.changes[1], git::Change::Untracked(_)));

    identified(git::commit("first\n\nbody -x\n").quiet().in_dir(&work)).run_sync().unwrap();
    let log = git::log().in_dir(&work).run_sync().unwrap();
    assert_eq!(log.len(), 1);
    let commit = &log.commits()[0];
    assert_eq!(commit.subject().as_bytes(), b"first");
    assert_eq!(commit.author.name.as_bytes(), b"Ann");

    let url = RemoteUrl::local(&work).unwrap();
    git::clone(url).quiet().dir(lit!(SafePath, "copy")).in_dir(root).run_sync().unwrap();
    let copied = git::status().in_dir(root.join("copy")).run_sync().unwrap();
    assert_eq!(copied.branch.oid.as_ref(), Some(&commit.id));
    assert_eq!(copied.branch.upstream.unwrap().as_bytes(), b"origin/trunk");

    let archive = lit!(SafePath, "a.tar.gz");
    let create =
        tar::create(archive.clone()).members(lit!(SafePath, "copy")).compression(tar::Compression::Gzip);
    create.exclude(lit!(Glob, ".git")).in_dir(root).run_sync().unwrap();
    let listing = tar::list(archive.clone()).in_dir(root).run_sync().unwrap();
    let names: Vec<String> = listing.iter().map(|entry| entry.name.to_string()).collect();
    assert_eq!(names, ["./copy/", "./copy/*"]);
    std::fs::create_dir(root.join("out")).unwrap();
    tar::extract(archive, lit!(SafePath, "out")).in_dir(root).run_sync().unwrap();
    assert_eq!(std::fs::read(root.join("out/copy/*")).unwrap(), b"star\n");

    let copy = || rsync::copy(lit!(RsyncPath, "out/copy/"), lit!(RsyncPath, "mirror/")).recursive().times();
    let first = copy().in_dir(root).run_sync().unwrap();
    assert_eq!(first.stats.transferred_files, 1);
    assert!(first.changes.iter().any(|change| change.is_new()));
    let second = copy().in_dir(root).run_sync().unwrap();
    assert!(second.changes.is_empty(), "{second}");
}

#[test]
fn a_cleared_environment_keeps_what_a_program_is_always_given() {
    let cleared = || git::status().env_clear().env("PATH", "/lab/bin").env("GIT_PAGER", "mine").plan();
    let plan = Lab::new().var("HOME", "/home").cx().scope_sync(cleared).unwrap();
    let environment = &plan.launch().environment;
    assert!(!environment.inherits());
    let names = ["HOME", "GIT_TERMINAL_PROMPT", "GIT_PAGER"];
    let given = names.map(|name| environment.change_of(name.as_ref()).flatten());
    assert_eq!(given, [None, Some("0".as_ref()), Some("mine".as_ref())]);
}

#[test]
fn members_of_a_foreign_archive_are_named_as_it_names_them() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("f"), "f\n").unwrap();
    std::fs::write(dir.path().join("g"), "g\n").unwrap();
    // As another program would: with a name that has no `./` before it.
    cmd!(Tar, "--create --file x.tar -- f g").in_dir(dir.path()).run_sync().unwrap();
    let archive = lit!(SafePath, "x.tar");
    let listing = tar::list(archive).members(lit!(Pathspec, "f")).in_dir(dir.path()).run_sync().unwrap();
    assert_eq!(listing.len(), 1);
}

#[test]
fn git_runs_no_program_that_a_clone_without_objects_names() {
    let dir = tempfile::tempdir().unwrap();
    let (repo, canary) = (dir.path().join("repo"), dir.path().join("canary"));
    git::init().quiet().dir(lit!(SafePath, "repo")).in_dir(dir.path()).run_sync().unwrap();
    std::fs::write(repo.join("f"), "1\n").unwrap();
    git::add().all().in_dir(&repo).run_sync().unwrap();
    identified(git::commit("one").quiet().in_dir(&repo)).run_sync().unwrap();
    let log = git::log().in_dir(&repo).run_sync().unwrap();
    let tree = log.commits()[0].tree.to_string();
    std::fs::remove_file(repo.join(".git/objects").join(&tree[..2]).join(&tree[2..])).unwrap();
    let config = format!(
        "[core]\nrepositoryformatversion = 1\nfsmonitor = \"touch {0}\"\n[extensions]\npartialClone = origin\n\
         [remote \"origin\"]\nurl = {1}\npromisor = true\nuploadpack = \"touch {0}; git-upload-pack\"\n",
        canary.display(),
        repo.display()
    );
    std::fs::write(repo.join(".git/config"), config).unwrap();
    assert!(git::log().paths(lit!(Pathspec, "f")).in_dir(&repo).run_sync().is_err(), "the tree is missing");
    let _ = git::status().in_dir(&repo).run_sync();
    let _ = git::status().env_clear().env("PATH", std::env::var_os("PATH").unwrap()).in_dir(&repo).run_sync();
    assert!(!canary.exists());
}

#[test]
fn hooks_run_on_a_commit_and_on_nothing_else() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let repo = dir.path().join("repo");
    git::init().quiet().dir(lit!(SafePath, "repo")).in_dir(dir.path()).run_sync().unwrap();
    let ran = |hook: &str| dir.path().join(hook);
    std::fs::create_dir(repo.join(".git/hooks")).unwrap();
    for hook in ["pre-commit", "post-index-change"] {
        let file = repo.join(".git/hooks").join(hook);
        std::fs::write(&file, format!("#!/bin/sh\ntouch '{}'\n", ran(hook).display())).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    std::fs::write(repo.join("f"), "1\n").unwrap();
    git::add().all().in_dir(&repo).run_sync().unwrap();
    git::status().in_dir(&repo).run_sync().unwrap();
    assert!(!ran("post-index-change").exists());
    identified(git::commit("one").quiet().no_verify().in_dir(&repo)).run_sync().unwrap();
    assert!(!ran("pre-commit").exists());
    identified(git::commit("two").quiet().allow_empty().in_dir(&repo)).run_sync().unwrap();
    assert!(ran("pre-commit").exists());
}

#[test]
fn git_does_not_inherit_where_to_look_from_the_environment() {
    let inherited = ["GIT_DIR", "GIT_TRACE2_EVENT", "GIT_AUTHOR_NAME", "HOME"];
    let lab = inherited.iter().fold(Lab::new(), |lab, name| lab.var(name, "/elsewhere"));
    let plan = lab.cx().scope_sync(|| git::status().env("GIT_CONFIG_GLOBAL", "/mine").plan()).unwrap();
    let change = |name: &str| plan.launch().environment.change_of(name.as_ref());
    assert_eq!(change("GIT_DIR"), Some(None));
    assert_eq!(change("GIT_TRACE2_EVENT"), Some(None));
    assert_eq!((change("GIT_AUTHOR_NAME"), change("HOME")), (None, None));
    assert_eq!(change("GIT_TERMINAL_PROMPT"), Some(Some("0".as_ref())));
    assert_eq!(change("GIT_CONFIG_GLOBAL"), Some(Some("/mine".as_ref())), "what the caller sets wins");
}
