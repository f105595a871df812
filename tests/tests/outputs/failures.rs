//! The readers of failures, against captured outputs and real programs.

use cuprum_builders::{git, rsync, tar};

use crate::scratch::{Scratch, fixture};

#[test]
fn captured_failures_of_git_have_their_kinds() {
    use git::FailureKind::*;
    for (name, code, kind) in [
        ("clone-exists", 128, DestinationExists),
        ("dubious-ownership", 128, DubiousOwnership),
        ("http-401", 128, AuthRequired),
        ("http-403", 128, Forbidden),
        ("http-404", 128, RemoteNotFound),
        ("http-500", 128, Network),
        ("http-connect", 128, Network),
        ("identity-unknown", 128, IdentityUnknown),
        ("local-changes", 1, LocalChangesOverwritten),
        ("not-a-repo", 128, NotARepository),
        ("nothing-to-stash", 1, NoStash),
        ("protocol-blocked", 128, ProtocolBlocked),
        ("push-hook-declined-stderr", 1, RemoteRejected),
        ("push-nonff", 1, NonFastForward),
        ("rebase-conflict", 1, Conflict),
        ("ref-lock", 128, Locked),
        ("remote-not-found", 128, RemoteNotFound),
        ("rev-parse-verify", 128, UnknownRevision),
        ("ssh-hostkey", 128, HostKeyUnknown),
        ("switch-invalid", 128, UnknownRevision),
        ("unknown-command", 1, UnknownCommand),
        ("unknown-option", 129, UnknownOption),
        ("unknown-revision", 128, UnknownRevision),
    ] {
        let failure = git::Failure::classify(Some(code), b"", &fixture(&format!("git-err-{name}")));
        assert_eq!(failure.kind(), kind, "{name}: {failure}");
        assert!(!failure.line().is_empty());
    }
    for (name, kind) in [
        ("nothing-to-commit", NothingToCommit),
        ("merge-conflict", Conflict),
        ("push-hook-declined", RemoteRejected),
    ] {
        let failure = git::Failure::classify(Some(1), &fixture(&format!("git-err-{name}")), b"");
        assert_eq!(failure.kind(), kind, "{name}: {failure}");
    }
}

#[test]
fn real_failures_of_git_have_their_kinds() {
    use git::FailureKind::*;
    let scratch = Scratch::repository();
    scratch.write("full/file", "x");
    scratch.git(["branch", "other"]);
    let missing = "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1";
    for (args, kind) in [
        (&["log", "nosuch"][..], UnknownRevision),
        (&["switch", "nosuch"], UnknownRevision),
        (&["log", missing], UnknownRevision),
        (&["cat-file", "-p", missing], UnknownRevision),
        (&["add", "nosuch"], PathspecNoMatch),
        (&["checkout", "nosuch"], PathspecNoMatch),
        (&["fetch", "nosuch"], RemoteNotFound),
        (&["clone", "/nosuch/x", "to"], RemoteNotFound),
        (&["clone", ".", "full"], DestinationExists),
        (&["push", ".", "nosuch"], RefspecNoMatch),
        (&["fetch", ".", "nosuch"], RemoteRefMissing),
        (&["branch", "other"], RefExists),
        (&["branch", "a..b"], InvalidRefName),
        (&["commit", "-m", "x"], NothingToCommit),
        (&["stash", "pop"], NoStash),
        (&["describe"], NoNames),
        (&["status", "--nosuch"], UnknownOption),
        (&["nosuch"], UnknownCommand),
        (&["fetch", "ext::false"], ProtocolBlocked),
        (&["merge", "--abort"], NothingInProgress),
        (&["cherry-pick", "--abort"], NothingInProgress),
        (&["revert", "--skip"], NothingInProgress),
        (&["rebase", "--abort"], NothingInProgress),
        (&["am", "--abort"], NothingInProgress),
        (&["bisect", "good"], NothingInProgress),
        (&["apply", "/dev/null"], NoPatch),
    ] {
        let failure = git::Failure::read(&scratch.run("git", args)).unwrap();
        assert_eq!(failure.kind(), kind, "git {args:?}: {failure}");
    }
    let outside = Scratch::new();
    assert_eq!(git::Failure::read(&outside.run("git", ["status"])).unwrap().kind(), NotARepository);
    outside.git(["init", "-q"]);
    assert_eq!(git::Failure::read(&outside.run("git", ["log"])).unwrap().kind(), UnbornBranch);
    assert_eq!(git::Failure::read(&outside.run("git", ["status"])), None);
}

#[test]
fn failures_of_tar_have_their_kinds() {
    use tar::FailureKind::*;
    for (name, code, kind) in [
        ("bad-option", 64, UnknownOption),
        ("member-not-found", 2, MemberNotFound),
        ("missing-file", 2, FileNotFound),
        ("not-archive", 2, NotAnArchive),
    ] {
        let failure = tar::Failure::classify(Some(code), b"", &fixture(&format!("tar-err-{name}")));
        assert_eq!(failure.kind(), kind, "{name}: {failure}");
    }
    let scratch = Scratch::new();
    scratch.write("junk", &"not an archive\n".repeat(100));
    scratch.write("x", &"x".repeat(100_000));
    assert!(scratch.run("tar", ["--create", "--file=a.tar", "x"]).status().success());
    let archive = std::fs::read(scratch.path("a.tar")).unwrap();
    std::fs::write(scratch.path("cut.tar"), &archive[..5_000]).unwrap();
    std::fs::write(scratch.path("short.tar"), &archive[..5_120]).unwrap();
    for (args, kind) in [
        (&["--list", "--file=junk"][..], NotAnArchive),
        (&["--list", "--file=cut.tar"], Truncated),
        (&["--list", "--file=short.tar"], Truncated),
        (&["--list", "--gzip", "--file=junk"], Compression),
        (&["--list", "--file=nosuch"], FileNotFound),
        (&["--create", "--file=b.tar"], NothingToArchive),
        (&["--list", "--file=a.tar", "nosuch"], MemberNotFound),
        (&["--nosuch"], UnknownOption),
    ] {
        let failure = tar::Failure::read(&scratch.run("tar", args)).unwrap();
        assert_eq!(failure.kind(), kind, "tar {args:?}: {failure}");
    }
    assert_eq!(tar::Failure::read(&scratch.run("tar", ["--list", "--file=a.tar"])), None);
}

#[test]
fn failures_of_rsync_have_their_kinds() {
    use rsync::FailureKind::*;
    for (name, code, kind, line) in [
        (
            "dest-missing",
            11,
            FileIo,
            "rsync: [Receiver] mkdir \"/base/rs/no/such/dir\" failed: No such file or directory (2)",
        ),
        (
            "missing-source",
            23,
            SourceNotFound,
            "rsync: [sender] link_stat \"/base/rs/nosuch\" failed: No such file or directory (2)",
        ),
        (
            "remote-shell-missing",
            12,
            RemoteShell,
            "rsync: [sender] Failed to exec no-such-shell: No such file or directory (2)",
        ),
        (
            "ssh-failed",
            12,
            ConnectionLost,
            "rsync: connection unexpectedly closed (0 bytes received so far) [sender]",
        ),
    ] {
        let failure = rsync::Failure::classify(Some(code), b"", &fixture(&format!("rsync-err-{name}")));
        assert_eq!((failure.kind(), failure.to_string().as_str()), (kind, line), "{name}");
    }
    let scratch = Scratch::new();
    scratch.write("src/a", "x");
    for (args, kind) in [
        (&["-r", "./nosuch", "./dst"][..], SourceNotFound),
        (&["-r", "./src/", "./no/such/dst/"], FileIo),
        (&["--nosuch"], UnknownOption),
    ] {
        let failure = rsync::Failure::read(&scratch.run("rsync", args)).unwrap();
        assert_eq!(failure.kind(), kind, "rsync {args:?}: {failure}");
    }
}

#[test]
fn what_git_says_has_its_kind_and_names_its_subject() {
    use git::FailureKind::*;
    for (code, said, kind, subject) in [
        (
            128,
            "fatal: detected dubious ownership in repository at '/srv/x y'",
            DubiousOwnership,
            Some("/srv/x y"),
        ),
        (
            128,
            "fatal: Unable to create '/r/.git/index.lock': File exists.",
            Locked,
            Some("/r/.git/index.lock"),
        ),
        (
            128,
            "fatal: cannot lock ref 'refs/heads/a': Unable to create '/r/a.lock': File exists.",
            Locked,
            Some("/r/a.lock"),
        ),
        (
            128,
            "fatal: ambiguous argument 'x': unknown revision or path not in the working tree.",
            UnknownRevision,
            Some("x"),
        ),
        (128, "fatal: Needed a single revision", UnknownRevision, None),
        (128, "fatal: pathspec 'a b' did not match any files", PathspecNoMatch, Some("a b")),
        (1, "error: pathspec 'x' did not match any file(s) known to git", PathspecNoMatch, Some("x")),
        (128, "fatal: invalid reference: nope", UnknownRevision, Some("nope")),
        (128, "fatal: a branch named 'x' already exists", RefExists, Some("x")),
        (128, "fatal: 'a..b' is not a valid branch name", InvalidRefName, Some("a..b")),
        (1, "error: the branch 'x' is not fully merged", NotFullyMerged, Some("x")),
        (1, "error: The branch 'x' is not fully merged.", NotFullyMerged, Some("x")),
        (128, "fatal: 'x' is already used by worktree at '/w'", CheckedOutElsewhere, Some("/w")),
        (128, "fatal: 'x' is already checked out at '/w'", CheckedOutElsewhere, Some("/w")),
        (
            1,
            "error: The following untracked working tree files would be overwritten by checkout:",
            UntrackedOverwritten,
            None,
        ),
        (128, "fatal: refusing to merge unrelated histories", UnrelatedHistories, None),
        (128, "fatal: your current branch 'main' does not have any commits yet", UnbornBranch, Some("main")),
        (128, "fatal: No names found, cannot describe anything.", NoNames, None),
        (128, "fatal: No tags can describe 'x'.", NoNames, None),
        (1, "error: src refspec x does not match any", RefspecNoMatch, Some("x")),
        (128, "fatal: couldn't find remote ref x", RemoteRefMissing, Some("x")),
        (128, "fatal: Remote branch x not found in upstream origin", RemoteRefMissing, Some("x")),
        (128, "fatal: transport 'ext' not allowed", ProtocolBlocked, Some("ext")),
        (128, "fatal: unable to auto-detect email address (got 'a@b.(none)')", IdentityUnknown, None),
        (128, "fatal: no email was given and auto-detection is disabled", IdentityUnknown, None),
        (128, "git@h: Permission denied (publickey,password).", AuthFailed, None),
        (128, "git@h: Permission denied (gssapi-keyex,publickey).", AuthFailed, None),
        (128, "error: RPC failed; curl 56 Recv failure: Connection reset by peer", Network, None),
        (
            128,
            "fatal: could not read Username for 'https://h': terminal prompts disabled",
            AuthRequired,
            Some("https://h"),
        ),
        (
            128,
            "fatal: could not read Password for 'https://a@h': terminal prompts disabled",
            AuthRequired,
            Some("https://a@h"),
        ),
        (128, "fatal: Authentication failed for 'https://h/x/'", AuthFailed, Some("https://h/x/")),
        (
            128,
            "fatal: unable to access 'https://h/': The requested URL returned error: 403",
            Forbidden,
            Some("https://h/"),
        ),
        (128, "fatal: repository 'https://h/x/' not found", RemoteNotFound, Some("https://h/x/")),
        (128, "fatal: unable to access 'https://h/': Could not resolve host: h", Network, None),
        (1, " ! [rejected]        main -> main (stale info)", StaleLease, None),
        (1, "error: could not apply 1234567... message", Conflict, Some("1234567... message")),
        (128, "error: Committing is not possible because you have unmerged files.", Conflict, None),
        (1, "error: key does not contain a section: x", InvalidConfigKey, Some("x")),
        (129, "error: unknown option `x'", UnknownOption, Some("x")),
        (129, "error: unknown switch `y'", UnknownOption, Some("y")),
        (
            128,
            "fatal: cannot lock ref 'refs/heads/a': is at 1 but expected 2",
            RefChanged,
            Some("refs/heads/a"),
        ),
    ] {
        let failure = git::Failure::classify(Some(code), b"", format!("hint: x\n{said}\n").as_bytes());
        assert_eq!(failure.kind(), kind, "{said}");
        let found = failure.subject().map(|subject| subject.to_string());
        if let Some(subject) = subject {
            assert_eq!(found.as_deref(), Some(subject), "{said}");
        }
    }
}
