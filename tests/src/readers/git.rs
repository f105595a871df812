//! The outputs of git.

use cuprum::spec::OutputError;
use cuprum_builders::git::*;

pub(super) const CHANGES: &[&[u8]] = &[
    b":100644 100644 8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1 0000000000000000000000000000000000000000 M\0a b\0",
    b":000000 100644 0000000000000000000000000000000000000000 8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1 A\0x\0\
      1\t0\tx\0-\t-\ty\x001\t2\t\0old\0new\0",
];

pub(super) const FILES: &[&[u8]] = &[
    b"i/lf    w/crlf  attr/text=auto eol=lf \ta b\0",
    b"Would remove \"a\\tb\\303\\251\"\nSkipping repository x/\nRemoving y\n",
    b"local\0file:x\0a.b\nc\0command\0command line:\0a.d\0",
    b"a b\x001\x002\0text\nBinary file x y matches\n",
];

pub(super) const LINES: &[&[u8]] = &[
    b"8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1 blob 3\nabc\nx missing\ny ambiguous\n",
    b"ref: refs/heads/main\tHEAD\n8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1\tHEAD\n",
    b"v1.0-12-g8ba2d4f-dirty\n",
    b"1\t2\t3\n",
    b"Ann <ann@example.org>\n<x@y>\n",
    b"Bisecting: 3 revisions left\n[8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1] c4\n",
    b"8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1 is the first bad commit\n",
    b"# bad: [8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1] c8\n# first bad commit: [8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1] c6\n",
];

pub(super) const LOGS: &[&[u8]] = &[
    b"8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1\08ba2d4ffc66f109d7da61e483c3cae3a53cb08f1\0\0n\0e\x001\0a b +0100\0\
      n\0e\x002\0a b -0100\0HEAD -> x, tag: y\0m\0",
    b"\x018ba2d4ffc66f109d7da61e483c3cae3a53cb08f1\08ba2d4ffc66f109d7da61e483c3cae3a53cb08f1\0\0n\0e\x001\0a b +0100\0\
      n\0e\x002\0a b -0100\0\0m\0\0\n:000000 100644 0000000000000000000000000000000000000000 \
      8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1 A\0x\x001\t0\tx\0",
    b"From 8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1 Mon Sep 17 00:00:00 2001\nSubject: x\n\n>From x\n\
      From 8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1 Mon Sep 17 00:00:00 2001\n\n",
    b"refs/heads/a\08ba2d4ffc66f109d7da61e483c3cae3a53cb08f1\0commit\0\0*\0\0refs/x\0ahead 1, behind 2\0/w\x0012\0m\n\0\n",
];

/// Each path of a list ends where a field does, so it stands in the output with its end.
fn stands(output: &[u8], path: &[u8], end: u8) {
    let found = output.windows(path.len() + 1).any(|part| part.split_last() == Some((&end, path)));
    assert!(found, "{:?} is not in the output", path.escape_ascii().to_string());
}

fn all<T>(list: Result<Vec<T>, OutputError>, each: impl Fn(&T)) {
    list.iter().flatten().for_each(each);
}

pub(super) fn status(bytes: &[u8]) {
    let Ok(status) = Status::parse(bytes) else { return };
    let _ = status.to_string();
    for change in &status.changes {
        stands(bytes, change.path().as_bytes(), 0);
    }
}

pub(super) fn changes(bytes: &[u8]) {
    if let Ok(diff) = Diff::parse(bytes) {
        let _ = (diff.to_string(), diff.lines_added(), diff.lines_deleted());
        for change in &diff.changes {
            stands(bytes, change.path.as_bytes(), 0);
            change.origin.iter().for_each(|origin| stands(bytes, origin.as_bytes(), 0));
        }
    }
    all(CombinedChange::parse_list(bytes), |change| stands(bytes, change.path.as_bytes(), 0));
}

pub(super) fn files(bytes: &[u8]) {
    all(IndexEntry::parse_list(bytes), |entry| stands(bytes, entry.path.as_bytes(), 0));
    all(TreeEntry::parse_list(bytes), |entry| stands(bytes, entry.path.as_bytes(), 0));
    all(LineEnds::parse_list(bytes), |file| stands(bytes, file.path.as_bytes(), 0));
    all(AttributeOf::parse_list(bytes), |attribute| stands(bytes, attribute.path.as_bytes(), 0));
    all(IgnoreMatch::parse_list(bytes), |found| stands(bytes, found.path.as_bytes(), 0));
    all(ConfigEntry::parse_list(bytes), |entry| stands(bytes, entry.origin.as_bytes(), 0));
    all(Worktree::parse_list(bytes), |tree| stands(bytes, tree.path.as_bytes(), 0));
    all(Match::parse_list(bytes), |found| {
        stands(bytes, found.path.as_bytes(), if found.line.is_some() { 0 } else { b' ' });
    });
    all(CleanedPath::parse_list(bytes), |cleaned| assert!(!cleaned.path.as_bytes().is_empty()));
    if let Ok(merge) = MergeTree::parse(bytes) {
        merge.conflicts.iter().for_each(|entry| stands(bytes, entry.path.as_bytes(), 0));
        merge.messages.iter().flat_map(|message| &message.paths).for_each(|path| {
            stands(bytes, path.as_bytes(), 0);
        });
    }
}

pub(super) fn lines(bytes: &[u8]) {
    all(Author::parse_list(bytes), |author| drop(author.name.to_string()));
    all(Contact::parse_list(bytes), |contact| drop(contact.email.to_string()));
    all(RefLine::parse_list(bytes), |line| drop(line.name.to_string()));
    all(RemoteLine::parse_list(bytes), |line| drop(line.url.to_string()));
    all(RemoteRef::parse_list(bytes), |line| drop(line.name.to_string()));
    all(RevListEntry::parse_list(bytes), |entry| assert!(bytes.len() > 40 * (1 + entry.parents.len())));
    all(SubmoduleStatus::parse_list(bytes), |module| drop(module.path.to_string()));
    let _ = Blame::parse(bytes).map(|blame| blame.lines.len());
    let _ = Counts::parse(bytes);
    let _ = Description::parse(bytes).map(|found| found.abbrev.to_string());
    let _ = ObjectCount::parse(bytes);
    all(Note::parse_list(bytes), |note| assert!(!note.object.to_string().is_empty()));
    if let Ok(Bisected::Testing { subject, .. }) = Bisected::parse(bytes) {
        stands(bytes, subject.as_bytes(), b'\n');
    }
    if let Ok(log) = BisectLog::parse(bytes) {
        log.marks.iter().for_each(|mark| stands(bytes, mark.subject.as_bytes(), b'\n'));
    }
    let _ = FoundObject::parse_checks(bytes);
    all(FoundObject::parse_list(bytes), |found| {
        if let FoundObject::Object { size, contents, .. } = found {
            assert_eq!(*size, contents.len() as u64);
        }
    });
}

pub(super) fn logs(bytes: &[u8]) {
    if let Ok(log) = Log::parse(bytes) {
        let _ = log.to_string();
        log.iter().for_each(|commit| stands(bytes, commit.message.as_bytes(), 0));
    }
    if let Ok(history) = History::parse(bytes) {
        let _ = history.to_string();
        for (commit, diff) in &history.commits {
            stands(bytes, commit.message.as_bytes(), 0);
            diff.changes.iter().for_each(|change| stands(bytes, change.path.as_bytes(), 0));
        }
    }
    all(Ref::parse_list(bytes), |found| {
        let _ = (found.to_string(), found.short_name());
        stands(bytes, found.message.as_bytes(), 0);
    });
    all(ReflogEntry::parse_list(bytes), |entry| {
        let _ = entry.time();
        stands(bytes, entry.reason.as_bytes(), 0);
    });
    if let Ok(mails) = PatchMail::parse_list(bytes) {
        // Nothing is lost.
        assert_eq!(mails.iter().map(|mail| mail.text.as_bytes().len()).sum::<usize>(), bytes.len());
    }
    all(Stash::parse_list(bytes), |stash| stands(bytes, stash.subject.as_bytes(), 0));
    for fields in 0..4 {
        let Ok(records) = records(bytes, fields) else { continue };
        assert!(records.iter().all(|record| record.len() == fields.max(1)));
        // Nothing is lost but the ends of fields and records.
        let fields: usize = records.iter().flatten().map(|field| field.as_bytes().len() + 1).sum();
        assert!((fields..=fields + records.len()).contains(&bytes.len()));
    }
}

pub(super) fn transfers(bytes: &[u8]) {
    let _ = Fetched::parse(bytes);
    let _ = Pushed::parse(bytes);
    for line in bytes.split(|byte| matches!(byte, b'\n' | b'\r')) {
        if let Told::Progress(progress) = Told::parse(line) {
            assert!(progress.percent().is_none_or(|percent| percent <= 100));
        }
    }
}

pub(super) fn failures(bytes: &[u8]) {
    for code in [None, Some(1), Some(2), Some(128), Some(129)] {
        for (stdout, stderr) in [(bytes, &b""[..]), (b"", bytes), (bytes, bytes)] {
            let failure = Failure::classify(code, stdout, stderr);
            let _ = (failure.to_string(), failure.subject(), failure.files());
            assert!(stdout.is_empty() || !failure.line().as_bytes().contains(&b'\n'));
        }
    }
}
