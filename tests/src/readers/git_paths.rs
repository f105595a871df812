//! Paths of any bytes, in each format of git that prints paths.

use cuprum_builders::git::*;

/// Names that were trouble somewhere.
pub(super) const SEEDS: &[&[u8]] = &[
    b" lead",
    b"trail ",
    b"new\nline",
    b"tab\there",
    b"quo\"te'",
    b"back\\slash\\#012\\n",
    b"a -> b => c link to d",
    b"\xff\xfe\x80",
    b"\x01one",
    b"sub//-dash: x (y)",
    b"1 .M N... 100644",
];

const ID: &str = "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1";

/// What every status begins with.
const HEADERS: &str = "# branch.oid (initial)\0# branch.head main\0";

/// Returns a line: what stands before the path, the path, and what ends it.
fn line(before: &str, path: &[u8], after: &str) -> Vec<u8> {
    [before.as_bytes(), path, after.as_bytes()].concat()
}

macro_rules! lists {
    ($path:expr; $($type:ident: $before:expr, $after:expr;)+) => {
        $({
            let output = line($before, $path, $after);
            let [found] = <[$type; 1]>::try_from($type::parse_list(&output).unwrap()).unwrap();
            assert_eq!(found.path.as_bytes(), $path, stringify!($type));
        })+
    };
}

/// Reads a path out of every format that can hold it.
pub(super) fn run(bytes: &[u8]) {
    let path: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    if path.is_empty() {
        return;
    }
    let path = path.as_slice();
    lists! {
        path;
        IndexEntry: &format!("100644 {ID} 0\t"), "\0";
        TreeEntry: &format!("100644 blob {ID}      12\t"), "\0";
        LineEnds: "i/lf    w/lf    attr/text            \t", "\0";
        AttributeOf: "", "\0attr\0value\0";
        IgnoreMatch: ".gitignore\x0012\0*.o\0", "\0";
        Worktree: "worktree ", "\0bare\0\0";
    }
    // A name like this, of more than one line, cannot be told from what git says of binary files.
    if !path.starts_with(b"Binary file ") {
        lists! { path; Match: "", "\x0012\x003\0text\n"; }
    }
    if !path.contains(&b'\n') {
        lists! { path; SubmoduleStatus: &format!("-{ID} "), "\n"; }
    }
    status(path);
    changes(path);
    let merge = line(&format!("{ID}\x00100644 {ID} 1\t"), path, "\0\x001\0");
    let merge = MergeTree::parse(&line("", &[&merge, path].concat(), "\0kind\0text\0")).unwrap();
    assert_eq!(merge.conflicts[0].path.as_bytes(), path);
    assert_eq!(merge.messages[0].paths[0].as_bytes(), path);
    let quoted = format!("Would remove {}\n", quoted(path));
    assert_eq!(CleanedPath::parse_list(quoted.as_bytes()).unwrap()[0].path.as_bytes(), path);
}

fn status(path: &[u8]) {
    let modes = "N... 100644 100644 100644";
    for before in [
        format!("1 .M {modes} {ID} {ID} "),
        format!("u UU {modes} 100644 {ID} {ID} {ID} "),
        "? ".to_owned(),
        "! ".to_owned(),
    ] {
        let status = Status::parse(&line(&format!("{HEADERS}{before}"), path, "\0")).unwrap();
        assert_eq!(status.changes[0].path().as_bytes(), path, "{before}");
    }
    let moved =
        [line(&format!("{HEADERS}2 R. {modes} {ID} {ID} R100 "), path, "\0"), line("", path, "\0")].concat();
    let status = Status::parse(&moved).unwrap();
    assert_eq!(status.changes[0].path().as_bytes(), path);
}

fn changes(path: &[u8]) {
    let raw = format!(":100644 100644 {ID} {ID} ");
    let one = [line(&format!("{raw}M\0"), path, "\0"), line("12\t3\t", path, "\0")].concat();
    let diff = Diff::parse(&one).unwrap();
    assert_eq!((diff.changes[0].path.as_bytes(), diff.changes.len()), (path, 1));
    assert!(diff.changes[0].lines.is_some());
    let both = |before: &str| [line(before, path, "\0"), line("", path, "\0")].concat();
    let renamed = [both(&format!("{raw}R100\0")), both("0\t0\t\0")].concat();
    let diff = Diff::parse(&renamed).unwrap();
    assert_eq!(diff.changes[0].path.as_bytes(), path);
    assert_eq!(diff.changes[0].origin.as_ref().unwrap().as_bytes(), path);
    assert!(diff.changes[0].lines.is_some());
    let combined = line(&format!("::100644 100644 100644 {ID} {ID} {ID} MM\0"), path, "\0");
    assert_eq!(CombinedChange::parse_list(&combined).unwrap()[0].path.as_bytes(), path);
}

/// Quotes as git does where `core.quotePath` is on.
fn quoted(path: &[u8]) -> String {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if path.iter().all(is_plain) {
        return String::from_utf8_lossy(path).into_owned();
    }
    let escaped = path.iter().map(|byte| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(*byte)),
        b'\n' => "\\n".to_owned(),
        b'\t' => "\\t".to_owned(),
        b' '..=b'~' => char::from(*byte).to_string(),
        byte => format!("\\{byte:03o}"),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
