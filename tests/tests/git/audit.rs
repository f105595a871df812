//! Repositories without trust: what their audit refuses, and what a command in them does not run.

use cuprum_builders::args::*;
use cuprum_builders::git::{self, AuditFault, Repo};
use cuprum_builders::prelude::*;

use crate::attacks::Trap;

#[test]
fn filters_and_drivers_are_refused_where_there_is_no_trust() {
    for (key, attribute) in [
        ("filter.e.clean", "filter=e"),
        ("filter.e.smudge", "filter=e"),
        ("filter.e.process", "filter=e"),
        ("merge.e.driver", "merge=e"),
    ] {
        let trap = Trap::new();
        trap.scratch.write(".gitattributes", &format!("*.txt {attribute}\n"));
        trap.set(key, &trap.touch("cat"));
        trap.is_refused_as_untrusted(key);
    }
    let trap = Trap::new();
    trap.scratch.write(".git/info/attributes", "*.txt filter=e\n");
    assert_eq!(Repo::untrusted(trap.scratch.path("")).unwrap_err().fault(), &AuditFault::Unexpected);
}

#[test]
fn filters_of_the_user_do_not_run_in_a_repository_without_trust() {
    let trap = Trap::new();
    trap.scratch.write(".gitattributes", "*.txt filter=e\n");
    let home = trap.scratch.dir.path();
    std::fs::write(home.join(".gitconfig"), format!("[filter \"e\"]\nclean = {:?}\n", trap.touch("cat")))
        .unwrap();
    // As if it had been touched: git looks at the contents again.
    trap.scratch.write("f.txt", "other\nmore\n");
    let repo = Repo::untrusted(trap.scratch.path("")).unwrap();
    let status = trap.scratch.command(git::status());
    let safe = repo.command(git::status()).run_sync().unwrap();
    assert_eq!(safe.changes.len(), 2, "{safe}");
    trap.is_untouched();
    status.run_sync().unwrap();
    assert!(trap.canary.exists(), "the trap works");
}

#[test]
fn addresses_that_are_rewritten_are_refused_where_there_is_no_trust() {
    let trap = Trap::new();
    trap.set("url./elsewhere.pushInsteadOf", "https://example.org/");
    trap.is_refused_as_untrusted("url./elsewhere.pushInsteadOf");
    let trap = Trap::new();
    trap.set("remote.origin.pushurl", "/elsewhere");
    trap.is_refused_as_untrusted("remote.origin.pushurl");
    let trap = Trap::new();
    trap.set("include.path", "/elsewhere");
    trap.is_refused_as_untrusted("include.path");
}

#[test]
fn a_repository_that_git_has_just_made_passes_the_audit() {
    let trap = Trap::new();
    trap.scratch.run(git::branch(lit!(GitRef, "a.b/c")));
    trap.scratch.run(git::branch_upstream(lit!(GitRef, "main")).name(lit!(GitRef, "a.b/c")));
    let repo = Repo::untrusted(trap.scratch.path("")).unwrap();
    assert_eq!(repo.command(git::log()).run_sync().unwrap().len(), 2);
    assert!(repo.command(git::status()).run_sync().unwrap().is_clean());
    assert_eq!(repo.command(git::differs()).run_sync().ok(), Some(false));
    let sha256 = trap.scratch.dir.path().join("sha256");
    let init =
        git::init().object_format(git::ObjectFormat::Sha256).quiet().dir(SafePath::new(&sha256).unwrap());
    trap.scratch.run(init);
    let status = Repo::untrusted(&sha256).unwrap().command(git::status()).run_sync().unwrap();
    assert!(status.is_clean());
    let bare = trap.scratch.dir.path().join("bare");
    trap.scratch.run(
        git::clone(RemoteUrl::local(trap.scratch.dir.path().join("repo")).unwrap())
            .bare()
            .quiet()
            .dir(SafePath::new(&bare).unwrap()),
    );
    // Its address is a path of this machine, which an untrusted repository may not name.
    assert!(Repo::untrusted(&bare).is_err());
    let log = Repo::trusted(&bare).unwrap().command(git::log()).run_sync().unwrap();
    assert_eq!(log.len(), 2);
}

#[test]
fn links_and_files_in_the_place_of_directories_are_refused() {
    let trap = Trap::new();
    let git_dir = trap.scratch.path(".git");
    std::fs::rename(&git_dir, trap.scratch.dir.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", &git_dir).unwrap();
    assert_eq!(Repo::untrusted(trap.scratch.path("")).unwrap_err().fault(), &AuditFault::WrongType);
    std::fs::remove_file(&git_dir).unwrap();
    std::fs::write(&git_dir, "gitdir: ../elsewhere\n").unwrap();
    assert_eq!(Repo::untrusted(trap.scratch.path("")).unwrap_err().fault(), &AuditFault::WrongType);
    std::fs::remove_file(&git_dir).unwrap();
    assert_eq!(Repo::untrusted(trap.scratch.path("")).unwrap_err().fault(), &AuditFault::NoRepository);
}

/// A configuration as git writes it, and lines that an attacker could put there.
const CONFIGS: &[&str] = &[
    "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogallrefupdates = true\n",
    "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = https://h/a\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n",
    "[core]\n\trepositoryformatversion = 1\n[branch \"main\"]\n\tremote = origin\n\tmerge = refs/heads/main\n",
    "[user]\n\tname = \"a;b\\n\" \\\" # c\n\temail = a\\\n[core]\n\tfsmonitor = x\n",
    "[core \"a]\"]\r\n[core]fsmonitor=x\n[filter \"a\\\"]\\\\\"]\n\tclean = x ; y\n",
    "[alias] x = !y\n[url \"a\"]\n\tinsteadOf = b\n[include]\n\tpath = c\n",
];

/// Whether git writes a variable of this name when it makes or clones a repository.
fn is_harmless(name: &str) -> bool {
    const CORE: &[&str] = &[
        "bare",
        "filemode",
        "ignorecase",
        "logallrefupdates",
        "precomposeunicode",
        "repositoryformatversion",
        "sparsecheckout",
        "sparsecheckoutcone",
        "symlinks",
    ];
    let (section, rest) = name.split_once('.').unwrap();
    let variable = name.rsplit('.').next().unwrap();
    match section {
        "core" => CORE.contains(&rest),
        "extensions" => ["objectformat", "partialclone", "refstorage", "worktreeconfig"].contains(&rest),
        "remote" => ["fetch", "mirror", "partialclonefilter", "promisor", "pushurl", "tagopt", "url"]
            .contains(&variable),
        "branch" => ["merge", "rebase", "remote"].contains(&variable),
        "submodule" => ["active", "url"].contains(&variable),
        "user" => ["email", "name"].contains(&rest),
        _ => false,
    }
}

#[test]
fn the_audit_takes_no_variable_for_another_than_git_does() {
    let trap = Trap::new();
    let file = trap.scratch.path(".git/config");
    // Those that git writes more often, or nearly all would be refused.
    let (plain, _) = CONFIGS.split_at(3);
    let seeds = [plain, plain, plain, CONFIGS].concat();
    let seeds: Vec<Vec<u8>> = seeds.iter().map(|text| text.as_bytes().to_vec()).collect();
    let mut mutator = cuprum_tests::readers::Mutator::new(7);
    let mut taken = 0;
    for _ in 0..1200 {
        let config = mutator.change(&seeds);
        std::fs::write(&file, &config).unwrap();
        let Ok(repo) = Repo::untrusted(trap.scratch.path("")) else { continue };
        // What git cannot read runs nothing.
        let Ok(entries) = repo.command(git::config_list()).run_sync() else { continue };
        taken += 1;
        for entry in entries.iter().filter(|entry| entry.scope == git::ConfigScope::Local) {
            let name = entry.key.to_str_lossy();
            assert!(is_harmless(&name), "git sees {name} in b\"{}\"", config.escape_ascii());
        }
    }
    assert!(taken > 40, "only {taken} were taken: this test sees too little");
}

/// Puts a repository of the attacker into the work tree, recorded as a submodule is.
fn with_a_repository_inside() -> Trap {
    let trap = Trap::new();
    let inside = SafePath::new(trap.scratch.path("sub")).unwrap();
    trap.scratch
        .run(git::clone(RemoteUrl::local(trap.scratch.dir.path().join("repo")).unwrap()).quiet().dir(inside));
    trap.scratch.commit("sub");
    let set = |key: &str| {
        let value = git::ConfigValue::new(trap.touch("cat")).unwrap();
        let set = git::unchecked::config_set_any(ConfigKey::new(key).unwrap(), value);
        trap.scratch.command(set).in_dir(trap.scratch.path("sub")).run_sync().unwrap();
    };
    set("filter.e.clean");
    set("diff.external");
    trap.scratch.write("sub/.git/info/attributes", "*.txt filter=e\n");
    trap
}

#[test]
fn a_repository_inside_of_the_work_tree_is_refused() {
    let trap = with_a_repository_inside();
    trap.scratch.write("sub/f.txt", "other\nmore\n");
    let error = Repo::untrusted(trap.scratch.path("")).unwrap_err();
    assert_eq!((error.fault(), error.path()), (&AuditFault::Inside, &*trap.scratch.path("sub/.git")));
    trap.works_on_plain_git(&["status"]);
    for (name, fault) in [("a/b/.git", AuditFault::Inside), ("a/.GIT", AuditFault::Inside)] {
        let trap = Trap::new();
        trap.scratch.write(name, "gitdir: ../../x\n");
        assert_eq!(Repo::untrusted(trap.scratch.path("")).unwrap_err().fault(), &fault);
    }
}

#[test]
fn what_a_submodule_configures_shows_no_difference() {
    let trap = with_a_repository_inside();
    trap.set("diff.submodule", "diff");
    trap.scratch.write("sub/.git/info/attributes", "");
    trap.scratch.write("sub/f.txt", "other\nmore\n");
    for diff in [
        git::diff_text(),
        git::diff_text().diff(git::DiffText::new().submodule(Some(git::SubmoduleDiff::Log))),
    ] {
        let text = String::from_utf8(trap.scratch.run(diff)).unwrap();
        assert!(text.contains("sub"), "{text}");
    }
    trap.is_untouched();
    trap.works_on_plain_git(&["diff", "--no-ext-diff"]);
}

#[test]
fn git_writes_through_no_link_where_there_is_no_trust() {
    for name in ["COMMIT_EDITMSG", "FETCH_HEAD", "logs/HEAD", "refs/heads/main"] {
        let trap = Trap::new();
        let file = trap.scratch.path(format!(".git/{name}"));
        let _ = std::fs::remove_file(&file);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(trap.scratch.path("f.txt"), &file).unwrap();
        let error = Repo::untrusted(trap.scratch.path("")).unwrap_err();
        assert_eq!((error.fault(), error.path()), (&AuditFault::WrongType, &*file));
    }
}
