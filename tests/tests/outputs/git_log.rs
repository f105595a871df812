//! `git::Log` against real repositories and records of random fields.

use cuprum::spec::FromOutput as _;
use cuprum_builders::git::{Log, ObjectId, Time};
use cuprum_builders::output::RawText;
use proptest::prelude::*;

use crate::scratch::Scratch;

fn log(scratch: &Scratch, range: &str) -> Log {
    let args = ["log"].into_iter().chain(Log::FORMAT).chain([range]);
    Log::from_output(&scratch.run("git", args)).unwrap()
}

fn text(text: &str) -> RawText {
    RawText::new(text)
}

#[test]
fn a_real_commit_is_read_whole() {
    let scratch = Scratch::repository();
    scratch.git([
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "sub\u{fc}ject \u{2603}\n\nbody one\n\nSigned-off-by: x",
    ]);
    scratch.git(["tag", "v1"]);
    scratch.git(["branch", "side,line"]);
    let log = log(&scratch, "HEAD");
    let [newest, first] = log.commits() else { panic!("{log:?}") };
    assert_eq!(newest.subject(), text("sub\u{fc}ject \u{2603}"));
    assert_eq!(newest.message, text("sub\u{fc}ject \u{2603}\n\nbody one\n\nSigned-off-by: x\n"));
    assert_eq!(newest.parents, [first.id]);
    assert_eq!((first.parents.len(), first.tree), (0, newest.tree));
    assert_eq!((&newest.author.name, &newest.author.email), (&text("Ann"), &text("ann@example.org")));
    assert_eq!(newest.author.time, Some(Time { seconds: 1_700_000_000, zone: 530 }));
    assert_eq!(newest.committer.time.unwrap().to_string(), "1700000001 -0330");
    let mut refs: Vec<String> = newest.refs.iter().map(RawText::to_string).collect();
    refs.sort();
    assert_eq!(refs, ["HEAD", "refs/heads/main", "refs/heads/side,line", "refs/tags/v1"]);
    assert_eq!(first.refs, []);
}

#[test]
fn an_empty_range_has_no_commit() {
    let log = log(&Scratch::repository(), "HEAD..HEAD");
    assert!(log.is_empty());
    assert_eq!(log.into_iter().count(), 0);
}

#[test]
fn merges_empty_messages_and_bytes_that_are_not_utf8_are_read() {
    let scratch = Scratch::repository();
    scratch.git(["commit", "-q", "--allow-empty", "--allow-empty-message", "-m", ""]);
    let (tree, base) = ("HEAD^{tree}", "HEAD~1");
    let [tree, head, base] = [tree, "HEAD", base]
        .map(|rev| String::from_utf8(scratch.git(["rev-parse", rev])).unwrap().trim().to_owned());
    let mut object = format!("tree {tree}\nparent {head}\nparent {base}\nauthor B").into_bytes();
    object.extend_from_slice(b"\xf6b <b@x> 1 +9959\ncommitter \xff <> 99999999 -0001\n\nra\xff\xfe\n\nbody");
    let made = scratch.git_reads(&["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], &object);
    let made = String::from_utf8(made).unwrap();
    let log = log(&scratch, made.trim());
    let [merge, empty, _] = log.commits() else { panic!("{log:?}") };
    assert_eq!(merge.id.to_string(), made.trim());
    assert_eq!(merge.parents.iter().map(ObjectId::to_string).collect::<Vec<_>>(), [head, base]);
    assert_eq!(
        (merge.author.name.as_bytes(), merge.committer.name.as_bytes()),
        (b"B\xf6b".as_slice(), b"\xff".as_slice())
    );
    assert_eq!(merge.message.as_bytes(), b"ra\xff\xfe\n\nbody");
    assert_eq!(merge.author.time, Some(Time { seconds: 1, zone: 9959 }));
    assert_eq!(merge.committer.time, Some(Time { seconds: 99_999_999, zone: -1 }));
    assert!(empty.message.is_empty());
    assert_eq!(merge.to_string(), format!("{} ra\\xff\\xfe", made.trim()));
}

#[test]
fn a_commit_without_a_date_has_no_time() {
    let scratch = Scratch::repository();
    let tree = String::from_utf8(scratch.git(["rev-parse", "HEAD^{tree}"])).unwrap();
    let object = format!("tree {}\nauthor nobody\ncommitter nobody\n\nodd\n", tree.trim());
    let made = scratch
        .git_reads(&["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], object.as_bytes());
    let log = log(&scratch, String::from_utf8(made).unwrap().trim());
    assert_eq!((log.commits()[0].author.time, log.commits()[0].subject()), (None, text("odd")));
}

#[test]
fn sha256_repositories_are_read() {
    let scratch = Scratch::new();
    scratch.git(["init", "-q", "--object-format=sha256"]);
    scratch.git(["commit", "-q", "--allow-empty", "-m", "x"]);
    assert_eq!(log(&scratch, "HEAD").commits()[0].id.as_bytes().len(), 32);
}

#[test]
fn an_output_that_is_cut_off_is_an_error() {
    let scratch = Scratch::repository();
    let output = scratch.git(["log"].into_iter().chain(Log::FORMAT));
    assert_eq!(Log::parse(&output).unwrap().len(), 1);
    for length in 1..output.len() {
        assert!(Log::parse(&output[..length]).is_err(), "{length}");
    }
}

proptest! {
    #[test]
    fn fields_of_any_bytes_come_back(
        commits in proptest::collection::vec(proptest::array::uniform5("[^\0]{0,12}"), 0..5),
        seconds in 0..i64::MAX,
        zone in -9999..=9999_i32,
    ) {
        let id = "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1";
        let mut output = String::new();
        for [name, email, other, mail, message] in &commits {
            let date = format!("{seconds}\0day time {zone:+05}");
            output += &format!("{id}\0{id}\0{id} {id}\0{name}\0{email}\0{date}\0{other}\0{mail}\0{date}\0\0{message}\0");
        }
        let log = Log::parse(output.as_bytes()).unwrap();
        prop_assert_eq!(log.len(), commits.len());
        for (commit, [name, email, other, mail, message]) in log.iter().zip(&commits) {
            prop_assert_eq!((&commit.author.name, &commit.author.email), (&text(name), &text(email)));
            prop_assert_eq!((&commit.committer.name, &commit.committer.email), (&text(other), &text(mail)));
            prop_assert_eq!(commit.author.time, Some(Time { seconds, zone }));
            prop_assert_eq!(&commit.message, &text(message));
        }
    }
}
