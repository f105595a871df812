//! Commits that go from one repository to another as mails, and what mails of strangers can do.

use std::os::unix::fs::PermissionsExt;

use cuprum_builders::args::*;
use cuprum_builders::git::{self, AmStep, FailureKind, MailForm, MailOptions, MailText};
use cuprum_builders::prelude::*;

use crate::attacks::Trap;
use crate::scratch::Scratch;
use crate::words::check;

const ODD: [&[u8]; 5] = [b" lead", b"tab\tand\nline", b"\xff\xfe", b"quo\"te'", b"sub/-dash: x"];

/// Returns the message and the changed paths of each commit, newest first.
fn commits(scratch: &Scratch) -> Vec<(Vec<u8>, Vec<Vec<u8>>)> {
    let history = scratch.run(git::history());
    let each = history.commits.iter().map(|(commit, diff)| {
        let paths = diff.changes.iter().map(|change| change.path.as_bytes().to_vec()).collect();
        (commit.message.as_bytes().to_vec(), paths)
    });
    each.collect()
}

/// Returns a mail whose patch makes a file.
fn mail(path: &str) -> Vec<u8> {
    let start = "From 8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1 Mon Sep 17 00:00:00 2001\n\
                 From: Eve <eve@example.org>\nDate: Sat, 21 Nov 2026 16:01:23 +0000\nSubject: s\n\n---\n";
    let patch = format!("diff --git a/{path} b/{path}\nnew file mode 100644\n--- /dev/null\n+++ b/{path}\n");
    format!("{start}{patch}@@ -0,0 +1 @@\n+evil\n").into_bytes()
}

#[test]
fn commits_come_back_from_mails_as_they_were() {
    let (here, there) = (Scratch::new(), Scratch::new());
    for scratch in [&here, &there] {
        scratch.write("f", "1\n");
        scratch.commit("base");
    }
    for name in ODD {
        here.write(name, "a\nb\n");
    }
    let first = here.commit("names of any bytes\n\nFrom here on.\n>From is quoted.\n>>From, too.\n");
    here.write("f", "\0binary\n");
    let second =
        here.commit("\u{e4}\u{f6}: a subject that is no ASCII, and too long for one line of a mail header");
    let mails = here.run(git::format_patch(lit!(RevisionRange, "HEAD~2..HEAD")));
    assert_eq!(mails.iter().map(|mail| mail.commit).collect::<Vec<_>>(), [first, second]);
    there.run(git::am(mails.clone()).form(MailForm::Mboxrd));
    assert_eq!(commits(&there), commits(&here));
    let tree = |scratch: &Scratch| scratch.run(git::rev_parse(lit!(ObjectName, "HEAD^{tree}")));
    assert_eq!(tree(&there), tree(&here));
    // Some of them, and by the revision before them.
    let since = here.run(git::format_patch(lit!(RevisionRange, "HEAD~1")));
    assert_eq!(since.len(), 1);
    assert_eq!(here.run(git::format_patch(lit!(RevisionRange, "HEAD"))), []);
    let all = here.run(git::format_patch(lit!(RevisionRange, "HEAD")).mail(MailOptions::new().root()));
    assert_eq!(all.len(), 3);
}

#[test]
fn no_message_begins_a_mail_of_its_own() {
    let scratch = Scratch::new();
    scratch.write("f", "1\n");
    scratch.commit("base");
    let id = "0123456789012345678901234567890123456789";
    let inner = String::from_utf8(mail("evil")).unwrap().replace("---\n", "");
    let (forged, _) = inner.split_once("diff --git").unwrap();
    let message = format!("subject\n\nFrom {id} Mon Sep 17 00:00:00 2001\n{forged}\n");
    scratch.write("f", "2\n");
    scratch.commit(&message);
    // Git quotes nothing in a mail about all commits, so there is none, whatever is configured.
    for (key, value) in [("branch.main.description", &*message), ("format.coverLetter", "true")] {
        let value = git::ConfigValue::new(value).unwrap();
        scratch.run(git::unchecked::config_set_any(ConfigKey::new(key).unwrap(), value));
    }
    let range = || lit!(RevisionRange, "HEAD~1..HEAD");
    assert_eq!(scratch.run(git::format_patch(range())).len(), 1);
    let identity = lit!(Identity, "Ann <ann@example.org>");
    let full = MailOptions::new().to(identity.clone()).from(Some(identity)).subject_prefix(text("X"));
    let full = full.signature(text("bye")).base(lit!(Revision, "HEAD~1")).interdiff(lit!(Revision, "HEAD~1"));
    let full = full.in_reply_to(text("a@b")).thread(Some(git::ThreadStyle::Deep));
    let mails = scratch.run(git::format_patch(range()).mail(full.clone()));
    let shown = mails[0].text.to_string();
    for part in ["Subject: [X] subject\n", "To: Ann", "In-Reply-To: <a@b>", "-- \nbye\n", "\nbase-commit: "] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert_eq!(mails.len(), 1);
    scratch.run(git::reset(git::ResetMode::Hard).to(lit!(Revision, "HEAD~1")));
    scratch.run(git::am(mails).form(MailForm::Mboxrd));
    let (found, paths) = commits(&scratch).swap_remove(0);
    assert_eq!((found.trim_ascii_end(), paths), (message.trim_ascii_end().as_bytes(), vec![b"f".to_vec()]));
    for line in ["From x", "a\nb", "a\rb", "-x"] {
        assert!(MailText::new(line).is_err(), "{line:?}");
    }
}

fn text(line: &str) -> MailText {
    MailText::new(line).unwrap()
}

#[test]
fn a_message_can_hold_a_patch_of_its_own_as_the_documentation_says() {
    let scratch = Scratch::new();
    scratch.write("f", "1\n");
    scratch.commit("base");
    let inner = String::from_utf8(mail("evil")).unwrap();
    let (_, patch) = inner.split_once("s\n\n").unwrap();
    scratch.write("f", "2\n");
    scratch.commit(&format!("subject\n\n{patch}"));
    let mails = scratch.run(git::format_patch(lit!(RevisionRange, "HEAD~1")));
    scratch.run(git::reset(git::ResetMode::Hard).to(lit!(Revision, "HEAD~1")));
    scratch.run(git::am(mails).form(MailForm::Mboxrd));
    let [(message, paths), ..] = &*commits(&scratch) else { panic!("no commit") };
    assert_eq!((message.as_slice(), paths.len()), (&b"subject\n"[..], 2));
}

#[test]
fn a_patch_that_does_not_fit_stops_until_somebody_says_how_to_go_on() {
    let scratch = Scratch::new();
    scratch.write("f", "1\n");
    scratch.commit("base");
    scratch.write("f", "2\n");
    scratch.write("g", "2\n");
    scratch.commit("theirs");
    let mails = scratch.run(git::format_patch(lit!(RevisionRange, "HEAD~1")));
    scratch.run(git::reset(git::ResetMode::Hard).to(lit!(Revision, "HEAD~1")));
    scratch.write("f", "3\n");
    let ours = scratch.commit("ours");
    let failure = scratch.fails(git::am(mails.clone()));
    assert_eq!(failure.kind(), FailureKind::PatchDoesNotFit, "{failure}");
    assert_eq!(failure.files().iter().map(|path| path.to_string()).collect::<Vec<_>>(), ["f"]);
    assert_eq!(failure.subject().unwrap().as_bytes(), b"f");
    let shown = scratch.run(git::am_show_current_mail());
    assert_eq!(shown, mails[0].text.as_bytes());
    assert_eq!(scratch.fails(git::am(mails.clone())).kind(), FailureKind::InProgress);
    assert_eq!(scratch.fails(git::rebase().upstream(lit!(Revision, "HEAD"))).kind(), FailureKind::InProgress);
    scratch.run(git::am_step(AmStep::Skip));
    assert_eq!(scratch.fails(git::am_step(AmStep::Abort)).kind(), FailureKind::NothingInProgress);
    // A merge leaves a conflict.
    let failure = scratch.fails(git::am(mails.clone()).three_way(true));
    assert_eq!(failure.kind(), FailureKind::Conflict, "{failure}");
    assert_eq!(failure.files().iter().map(|path| path.to_string()).collect::<Vec<_>>(), ["f"]);
    scratch.run(git::am_step(AmStep::Abort));
    assert_eq!(scratch.run(git::rev_parse(lit!(ObjectName, "HEAD"))), ours);
    scratch.fails(git::am(mails.clone()).three_way(true));
    scratch.write("f", "both\n");
    scratch.run(git::add().all());
    scratch.run(git::am_step(AmStep::Continue));
    assert_eq!(commits(&scratch)[0], (b"theirs\n".to_vec(), vec![b"f".to_vec(), b"g".to_vec()]));
    scratch.run(git::am(b"".to_vec()));
    assert_eq!(scratch.fails(git::am(b"no mail at all\n".to_vec())).kind(), FailureKind::NoPatch);
    scratch.run(git::am_step(AmStep::Quit));
    assert_eq!(
        scratch.fails(git::am(b"From: A <a@b>\nSubject: s\n\ntext\n".to_vec())).kind(),
        FailureKind::NoPatch
    );
    scratch.run(git::am_step(AmStep::Abort));
    scratch.write("f", "not committed\n");
    scratch.run(git::add().all());
    let failure = scratch.fails(git::am(mails));
    assert_eq!(failure.kind(), FailureKind::UncommittedChanges, "{failure}");
}

#[test]
fn a_mail_writes_nothing_outside_of_the_work_tree_and_runs_no_hook() {
    let trap = Trap::new();
    let outside = trap.scratch.dir.path().join("outside");
    std::fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, trap.scratch.path("link")).unwrap();
    trap.scratch.commit("a link");
    for path in ["../out", "sub/../../out", "link/x", ".git/hooks/x", ".GIT/x", "git~1/x", "/out"] {
        let failure = trap.scratch.fails(git::am(mail(path)).reject());
        assert_eq!(failure.kind(), FailureKind::UnsafePath, "{path}: {failure}");
        trap.scratch.run(git::am_step(AmStep::Abort));
        let directory = git::am(mail(path)).directory(lit!(RelPath, "d"));
        if trap.scratch.command(directory).run_sync().is_err() {
            trap.scratch.run(git::am_step(AmStep::Abort));
        }
    }
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0);
    assert!(!trap.scratch.dir.path().join("out").exists() && !trap.scratch.path(".git/hooks/x").exists());
    for hook in ["applypatch-msg", "pre-applypatch", "post-applypatch", "prepare-commit-msg", "commit-msg"] {
        let path = trap.scratch.path(format!(".git/hooks/{hook}"));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, format!("#!/bin/sh\n{}\n", trap.touch("true"))).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    }
    trap.scratch.run(git::am(mail("new")));
    trap.is_untouched();
    let file = trap.scratch.dir.path().join("mails");
    std::fs::write(&file, mail("another")).unwrap();
    trap.works_on_plain_git(&["-c", "user.name=A", "-c", "user.email=a@b", "am", file.to_str().unwrap()]);
}

#[test]
fn a_configured_form_of_mails_names_no_file_and_no_program() {
    let trap = Trap::new();
    let secret = trap.scratch.dir.path().join("secret");
    std::fs::write(&secret, "a file of the user\n").unwrap();
    trap.scratch.write(".git/info/attributes", "*.txt diff=e\n");
    let [out, secret] = [trap.scratch.dir.path().join("out"), secret].map(|path| path.display().to_string());
    for (key, value) in [
        ("format.signatureFile", &*secret),
        ("format.outputDirectory", &*out),
        ("format.suffix", "/../../x"),
        ("format.attach", "true"),
        ("diff.e.textconv", &*trap.touch("cat")),
        ("diff.e.command", &*trap.touch("cat")),
    ] {
        trap.set(key, value);
    }
    let mails = trap.scratch.run(git::format_patch(lit!(RevisionRange, "HEAD~1")));
    let shown = mails[0].text.to_string();
    assert!(
        !shown.contains("of the user") && !shown.contains("boundary") && shown.ends_with("+more\n"),
        "{shown}"
    );
    trap.is_untouched();
    let dir = trap.scratch.dir.path().join("mails");
    let files =
        git::unchecked::format_patch_files(SafePath::new(&dir).unwrap(), lit!(RevisionRange, "HEAD~1"));
    let names = trap.scratch.run(files);
    assert_eq!(names[0].to_string(), dir.join("0001-two.patch").display().to_string());
    assert!(std::fs::read_to_string(dir.join("0001-two.patch")).unwrap().ends_with("+more\n"));
    assert!(!std::path::Path::new(&out).exists());
    trap.is_untouched();
    // This is why there is no `--range-diff`.
    let plain =
        ["format-patch", "--stdout", "--no-textconv", "--no-ext-diff", "--range-diff=HEAD~1", "HEAD~1"];
    trap.works_on_plain_git(&plain);
}

#[test]
fn words_about_mails() {
    let scratch = crate::words::repository();
    let range = || lit!(RevisionRange, "HEAD~1");
    use git::ThreadStyle::{Deep, Shallow};
    for style in [Shallow, Deep] {
        check(&scratch, git::format_patch(range()).mail(MailOptions::new().thread(Some(style))));
    }
    use git::unchecked::{CoverText, format_patch_files};
    for text in [CoverText::Message, CoverText::Default, CoverText::Subject, CoverText::Auto, CoverText::None]
    {
        let files = format_patch_files(lit!(SafePath, "mails"), range()).cover_letter(true);
        check(&scratch, files.cover_from_description(text));
    }
    let mails = scratch.run(git::format_patch(range()));
    scratch.run(git::reset(git::ResetMode::Hard).to(lit!(Revision, "HEAD~1")));
    let am = || git::am(mails.clone());
    let try_out = |command: git::GitAm| {
        check(&scratch, command);
        let _ = scratch.command(git::am_step(AmStep::Abort)).run_sync();
    };
    for form in [MailForm::Mbox, MailForm::Mboxrd, MailForm::Stgit, MailForm::StgitSeries, MailForm::Hg] {
        try_out(am().form(form));
    }
    for word in [git::QuotedCr::Nowarn, git::QuotedCr::Warn, git::QuotedCr::Strip] {
        try_out(am().quoted_cr(word));
    }
    for word in [git::OnEmpty::Drop, git::OnEmpty::Keep, git::OnEmpty::Stop] {
        try_out(am().empty(word));
    }
}
