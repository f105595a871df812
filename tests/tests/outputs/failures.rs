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
