//! Ways to make git run a program, or write elsewhere: by operands, by a repository, by the environment.
//!
//! Each repository is made so that plain git leaves the canary; what the builders run must not.

use std::path::PathBuf;

use cuprum::Lab;
use cuprum_builders::args::*;
use cuprum_builders::git::{self, AuditFault, Repo};
use cuprum_builders::prelude::*;

use crate::scratch::Scratch;

/// A repository with two commits of `f.txt`, and a file that must not come to be.
pub(crate) struct Trap {
    pub(crate) scratch: Scratch,
    pub(crate) canary: PathBuf,
}

impl Trap {
    pub(crate) fn new() -> Self {
        let scratch = Scratch::new();
        scratch.write("f.txt", "hello\n");
        scratch.commit("one");
        scratch.write("f.txt", "hello\nmore\n");
        scratch.commit("two");
        let canary = scratch.dir.path().join("canary");
        Self { scratch, canary }
    }

    /// Returns a shell line that leaves the canary, and then this.
    pub(crate) fn touch(&self, then: &str) -> String {
        format!("touch {};{then}", self.canary.display())
    }

    /// Sets a variable of the repository, as its owner could.
    pub(crate) fn set(&self, key: &str, value: &str) {
        let value = git::ConfigValue::new(value).unwrap();
        let set = git::unchecked::config_set_any(ConfigKey::new(key).unwrap(), value);
        self.scratch.run(set);
    }

    /// Runs all that looks at a repository or changes it; what fails, fails.
    pub(crate) fn run_everything(&self) {
        let run = |name: &str, failed: Option<cuprum::Error>| {
            // A command that was not started shows nothing.
            assert!(failed.is_none_or(|error| error.outcome().is_some()), "{name} did not run");
        };
        macro_rules! all {
            ($($command:expr),+ $(,)?) => {
                $(run(stringify!($command), self.scratch.command($command).run_sync().err());)+
            };
        }
        all!(
            git::status(),
            git::diff(),
            git::diff_text().from(lit!(RevisionRange, "HEAD~1")),
            git::log_text().diff(git::DiffText::new().patch()),
            git::show(lit!(ObjectName, "HEAD")),
            git::history(),
            git::blame(lit!(Pathspec, "f.txt")),
            git::grep("hello"),
            git::ls_paths().modified(),
            git::archive(lit!(Revision, "HEAD")),
            git::stash_list(),
            git::branches(),
            git::checkout_paths([lit!(Pathspec, "f.txt")]),
            git::checkout(git::CheckoutTo::Detach).start(lit!(Revision, "HEAD~1")),
            git::switch(lit!(Revision, "main")),
            git::rev_list_objects(lit!(RevisionRange, "HEAD")),
            git::diff_index(lit!(Revision, "HEAD~1")),
            git::format_patch(lit!(RevisionRange, "HEAD~1")),
            git::reflog_expire().all(),
        );
    }

    /// Runs plain git, without what the builders give it: the canary must come to be.
    #[track_caller]
    pub(crate) fn works_on_plain_git(&self, words: &[&str]) {
        let command = cuprum::unchecked::command("git").args(words.iter().copied());
        let command = command.in_dir(self.scratch.path(".")).env("HOME", self.scratch.dir.path());
        let _ = command.run_sync();
        assert!(self.canary.exists(), "git {words:?} does not fall into the trap");
    }

    #[track_caller]
    pub(crate) fn is_untouched(&self) {
        assert!(!self.canary.exists(), "the canary is there");
    }

    #[track_caller]
    pub(crate) fn is_refused_as_untrusted(&self, key: &str) {
        let error = Repo::untrusted(self.scratch.path("")).unwrap_err();
        let named = match error.fault() {
            AuditFault::Variable(name) | AuditFault::Value(name) => name.clone(),
            other => panic!("{other:?}: {error}"),
        };
        assert_eq!(named, key.to_lowercase());
    }
}

#[test]
fn operands_that_are_options_or_transports_are_no_values() {
    for payload in
        ["--upload-pack=touch x;git-upload-pack", "--receive-pack=touch x", "-cprotocol.ext.allow=always"]
    {
        assert!(RefSpec::new(payload).is_err() && RemoteName::new(payload).is_err());
        assert!(RemoteUrl::new(payload).is_err() && GitRef::new(payload).is_err());
    }
    for payload in ["ext::sh -c touch% x", "evil::anything", "evil://host/x", "fd::3", "-u"] {
        assert!(RemoteUrl::new(payload).is_err(), "{payload}");
    }
    for payload in ["--ext-diff", "--output=x", "--exec=touch x", "--all", "@{-1}"] {
        assert!(Revision::new(payload).is_err() && RevisionRange::new(payload).is_err(), "{payload}");
        assert!(ObjectName::new(payload).is_err(), "{payload}");
    }
    assert!(Pathspec::new(":/").is_err() && Pathspec::new("../x").is_err());
}

#[test]
fn programs_that_any_command_could_start_are_not_started() {
    for (key, then) in [
        ("core.fsmonitor", "false"),
        ("core.pager", "cat"),
        ("core.editor", "true"),
        ("core.askPass", "true"),
        ("core.sshCommand", "ssh"),
        ("core.alternateRefsCommand", "true"),
        ("diff.external", ":"),
        ("sequence.editor", "true"),
        ("gpg.program", "true"),
        ("log.showSignature", "true"),
    ] {
        let trap = Trap::new();
        trap.set(key, &trap.touch(then));
        trap.run_everything();
        trap.scratch.run(git::commit("three").quiet().allow_empty());
        trap.is_untouched();
        trap.is_refused_as_untrusted(key);
        match key {
            "core.fsmonitor" => trap.works_on_plain_git(&["status"]),
            "diff.external" => trap.works_on_plain_git(&["diff", "HEAD~2"]),
            _ => {}
        }
    }
}

#[test]
fn hooks_run_on_a_commit_only_and_never_where_there_is_no_trust() {
    use std::os::unix::fs::PermissionsExt;
    let trap = Trap::new();
    for hook in ["post-checkout", "post-index-change", "pre-push", "reference-transaction", "pre-commit"] {
        let path = trap.scratch.path(format!(".git/hooks/{hook}"));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, format!("#!/bin/sh\n{}\n", trap.touch("true"))).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    }
    trap.run_everything();
    trap.is_untouched();
    let repo = Repo::untrusted(trap.scratch.path("")).unwrap();
    assert_eq!(repo.audited().unwrap().hooks.len(), 5);
    let commit = git::commit("three").allow_empty();
    trap.scratch.command(repo.command(commit.clone())).run_sync().unwrap();
    trap.is_untouched();
    trap.scratch.run(commit);
    assert!(trap.canary.exists(), "a commit runs hooks where there is trust");
}

#[test]
fn converters_that_attributes_name_do_not_run_on_reading() {
    let trap = Trap::new();
    trap.scratch.write(".gitattributes", "*.txt diff=e\n");
    trap.set("diff.e.textconv", &trap.touch("cat"));
    trap.set("diff.e.command", &trap.touch("cat"));
    trap.run_everything();
    trap.is_untouched();
    trap.is_refused_as_untrusted("diff.e.textconv");
    trap.works_on_plain_git(&["blame", "f.txt"]);
}

#[test]
fn the_other_side_is_served_by_git_and_nothing_else() {
    let trap = Trap::new();
    let there = trap.scratch.dir.path().join("there.git");
    trap.scratch.run(git::init().bare().quiet().dir(SafePath::new(&there).unwrap()));
    let origin = lit!(RemoteName, "origin");
    trap.scratch.run(git::remote_add(origin.clone(), RemoteUrl::local(&there).unwrap()));
    trap.set("remote.origin.uploadpack", &trap.touch("git-upload-pack"));
    trap.set("remote.origin.receivepack", &trap.touch("git-receive-pack"));
    trap.scratch.run(git::push(origin.clone()).refs(lit!(RefSpec, "main")));
    trap.scratch.run(git::fetch(origin.clone()));
    trap.scratch.run(git::ls_remote(origin));
    trap.is_untouched();
    trap.works_on_plain_git(&["fetch", "origin"]);
    trap.is_refused_as_untrusted("remote.origin.url");
}

#[test]
fn a_remote_helper_is_never_started() {
    use std::os::unix::fs::PermissionsExt;
    let trap = Trap::new();
    let bin = trap.scratch.dir.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    let helper = bin.join("git-remote-evil");
    std::fs::write(&helper, format!("#!/bin/sh\n{}\n", trap.touch("true"))).unwrap();
    std::fs::set_permissions(&helper, PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    for url in ["evil::x", "evil://host/x", "ext::sh -c evil"] {
        trap.set("remote.origin.url", url);
        let fetch = trap.scratch.command(git::fetch(lit!(RemoteName, "origin"))).env("PATH", &path);
        let failure = fetch.run_sync().unwrap_err().git().unwrap();
        assert_eq!(failure.kind(), git::FailureKind::ProtocolBlocked, "{url}: {failure}");
        trap.is_untouched();
        trap.is_refused_as_untrusted("remote.origin.url");
    }
}

#[test]
fn variables_that_make_git_run_or_write_are_not_inherited() {
    for name in [
        "BASH_ENV",
        "ENV",
        "GIT_ASKPASS",
        "GIT_CONFIG_PARAMETERS",
        "GIT_DIR",
        "GIT_EXEC_PATH",
        "GIT_EXTERNAL_DIFF",
        "GIT_INDEX_FILE",
        "GIT_PROXY_COMMAND",
        "GIT_SEQUENCE_EDITOR",
        "GIT_SSH",
        "GIT_SSH_VARIANT",
        "GIT_TEST_FSMONITOR",
        "GIT_TRACE",
        "GIT_TRACE2_EVENT",
        "GIT_WORK_TREE",
        "LD_LIBRARY_PATH",
        "LD_PRELOAD",
        "PERL5LIB",
        "PYTHONPATH",
        "SSH_ASKPASS",
        "SSH_ASKPASS_REQUIRE",
    ] {
        let lab = Lab::new().var(name, "/evil");
        let plan = lab.cx().scope_sync(|| git::status().plan()).unwrap();
        assert_eq!(plan.launch().environment.change_of(name.as_ref()), Some(None), "{name}");
    }
    for name in ["GIT_EDITOR", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_TEMPLATE_DIR", "GIT_ALLOW_PROTOCOL"] {
        let lab = Lab::new().var(name, "/evil");
        let plan = lab.cx().scope_sync(|| git::status().plan()).unwrap();
        let given = plan.launch().environment.change_of(name.as_ref()).flatten().unwrap().to_owned();
        assert_ne!(given, "/evil", "{name}");
    }
    let trap = Trap::new();
    let repo = Repo::untrusted(trap.scratch.path("")).unwrap();
    let lab = Lab::new().var("LD_PRELOAD", "/evil").var("XDG_CONFIG_HOME", "/evil");
    let plan = lab.cx().scope_sync(|| repo.command(git::status()).plan()).unwrap();
    assert!(!plan.launch().environment.inherits());
}

#[test]
fn a_program_that_checks_signatures_is_not_the_one_that_a_repository_names() {
    let trap = Trap::new();
    let evil = trap.scratch.path("evil");
    std::fs::write(&evil, format!("#!/bin/sh\n{}\n", trap.touch("exit 1"))).unwrap();
    std::fs::set_permissions(&evil, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    for key in ["gpg.program", "gpg.openpgp.program", "gpg.ssh.program", "gpg.x509.program"] {
        trap.set(key, evil.to_str().unwrap());
    }
    trap.set("format.pretty", "%H %G?");
    trap.set("gpg.ssh.allowedSignersFile", "/dev/null");
    for kind in ["PGP SIGNATURE", "PGP MESSAGE", "SSH SIGNATURE", "SIGNED MESSAGE"] {
        let tree = trap.scratch.run(git::rev_parse(lit!(ObjectName, "HEAD^{tree}")));
        let who = "A <a@b> 1700000000 +0000";
        let signature = format!("gpgsig -----BEGIN {kind}-----\n \n iQEz\n -----END {kind}-----\n");
        let commit = format!("tree {tree}\nauthor {who}\ncommitter {who}\n{signature}\nsigned\n");
        let id = trap.scratch.run(git::write_object().contents(commit).kind(git::ObjectKind::Commit));
        trap.scratch.run(git::update_ref(lit!(GitRef, "refs/heads/signed"), CommitHash::from(id)));
        let signed = || lit!(RevisionRange, "signed");
        let custom = git::PrettyFormat::Custom("%G? %GK".to_owned());
        let pretty = git::Pretty::new().pretty(Some(custom));
        let _ = trap.scratch.command(git::log_text().range(signed())).run_sync();
        let _ = trap.scratch.command(git::log_text().pretty(pretty).range(signed())).run_sync();
        let _ = trap.scratch.command(git::for_each_ref_text("%(signature:grade)")).run_sync();
        let _ = trap.scratch.command(git::show(lit!(ObjectName, "signed"))).run_sync();
        assert!(!trap.canary.exists(), "{kind}");
    }
}
