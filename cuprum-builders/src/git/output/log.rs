//! Commits, as `git log -z --format=…` prints them.

use std::fmt;

use cuprum::Outcome;
use cuprum::spec::{FromOutput, OutputError};

use super::ObjectId;
use super::read::field;
use crate::output::{Cursor, RawText, number};

/// Commits in the order in which git printed them; none for an empty range. Shown a commit a line.
///
/// ```
/// use cuprum_builders::git::Log;
///
/// let id = "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1";
/// let who = "Ann\0ann@example.org\01700000000\02023-11-14 23:13:20 +0100";
/// let output = format!("{id}\0{id}\0\0{who}\0{who}\0HEAD -> refs/heads/main\0first\n\0");
/// let log = Log::parse(output.as_bytes())?;
/// for commit in &log {
///     assert_eq!(commit.to_string(), format!("{id} first"));
///     assert_eq!(commit.author.time.map(|time| time.seconds), Some(1_700_000_000));
/// }
/// # Ok::<(), cuprum::spec::OutputError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    commits: Vec<Commit>,
}

/// One commit, shown as its id and subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The id of the commit.
    pub id: ObjectId,
    /// The id of its tree: all its files.
    pub tree: ObjectId,
    /// The commits that it follows; none for a first commit, more than one for a merge.
    pub parents: Vec<ObjectId>,
    /// Who wrote the change, and when.
    pub author: Signature,
    /// Who made the commit, and when.
    pub committer: Signature,
    /// The refs that point at it by their full names, and `HEAD`.
    pub refs: Vec<RawText>,
    /// The whole message; git re-encodes it to UTF-8 if the commit names its encoding.
    pub message: RawText,
}

/// A person and a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The name.
    pub name: RawText,
    /// The address of the person's mail.
    pub email: RawText,
    /// The time, or `None` if the commit has none that can be read.
    pub time: Option<Time>,
}

/// A time, shown as git stores it: `1700000000 +0530`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// Seconds since 1970 in UTC.
    pub seconds: i64,
    /// The zone as git writes it, its hours times 100 and its minutes: 530 for `+0530`.
    pub zone: i32,
}

impl Log {
    /// The options that make `git log` print what [`Log::parse`] reads: 13 fields a commit, each ended
    /// by NUL, from git-log(1), "Pretty Formats".
    ///
    /// Git must not show signatures as well (`log.showSignature`), which it would put before the fields.
    pub const FORMAT: [&'static str; 3] = [
        "-z",
        "--decorate=full",
        "--format=%H%x00%T%x00%P%x00%an%x00%ae%x00%at%x00%ai%x00%cn%x00%ce%x00%ct%x00%ci%x00%D%x00%B",
    ];

    /// Reads what `git log` printed with the options of [`Log::FORMAT`].
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut cursor = Cursor::new(output);
        let mut commits = Vec::new();
        while !cursor.is_at_end() {
            commits.push(commit(&mut cursor)?);
        }
        Ok(Self { commits })
    }

    /// Returns the commits.
    pub fn commits(&self) -> &[Commit] {
        &self.commits
    }

    /// Iterates over the commits.
    pub fn iter(&self) -> std::slice::Iter<'_, Commit> {
        self.commits.iter()
    }

    /// Returns how many commits there are.
    pub fn len(&self) -> usize {
        self.commits.len()
    }

    /// Returns whether there is no commit.
    pub fn is_empty(&self) -> bool {
        self.commits.is_empty()
    }
}

impl FromOutput for Log {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        Self::parse(outcome.complete_stdout()?)
    }
}

impl IntoIterator for Log {
    type Item = Commit;
    type IntoIter = std::vec::IntoIter<Commit>;

    fn into_iter(self) -> Self::IntoIter {
        self.commits.into_iter()
    }
}

impl<'a> IntoIterator for &'a Log {
    type Item = &'a Commit;
    type IntoIter = std::slice::Iter<'a, Commit>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.commits.iter().try_for_each(|commit| writeln!(f, "{commit}"))
    }
}

impl Commit {
    /// Returns the first line of the message.
    pub fn subject(&self) -> RawText {
        let line = self.message.as_bytes().split(|byte| *byte == b'\n').next();
        RawText::new(line.unwrap_or_default())
    }
}

impl fmt::Display for Commit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.id, self.subject())
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:+05}", self.seconds, self.zone)
    }
}

pub(super) fn commit(cursor: &mut Cursor<'_>) -> Result<Commit, OutputError> {
    Ok(Commit {
        id: field(cursor)?.all("the id of a commit", ObjectId::from_hex)?,
        tree: field(cursor)?.all("the id of a tree", ObjectId::from_hex)?,
        parents: field(cursor)?.all("the ids of the parents", ids)?,
        author: signature(cursor)?,
        committer: signature(cursor)?,
        refs: refs(field(cursor)?.rest()),
        message: RawText::new(field(cursor)?.rest()),
    })
}

pub(super) fn ids(bytes: &[u8]) -> Option<Vec<ObjectId>> {
    bytes.split(|byte| *byte == b' ').filter(|id| !id.is_empty()).map(ObjectId::from_hex).collect()
}

fn signature(cursor: &mut Cursor<'_>) -> Result<Signature, OutputError> {
    let name = RawText::new(field(cursor)?.rest());
    let email = RawText::new(field(cursor)?.rest());
    let seconds = number(field(cursor)?.rest());
    let zone = zone(field(cursor)?.rest());
    let time = seconds.zip(zone).map(|(seconds, zone)| Time { seconds, zone });
    Ok(Signature { name, email, time })
}

/// Reads the zone at the end of `2023-11-14 22:13:20 +0100`.
fn zone(date: &[u8]) -> Option<i32> {
    match date.rsplit(|byte| *byte == b' ').next()? {
        [b'+', digits @ ..] => number(digits),
        [b'-', digits @ ..] => number(digits).map(|zone: i32| -zone),
        _ => None,
    }
}

/// Reads `HEAD -> refs/heads/main, tag: refs/tags/v1, refs/remotes/origin/main`. The name of a ref
/// holds no space, so what separates is never a part of one.
fn refs(bytes: &[u8]) -> Vec<RawText> {
    let mut words = bytes.split(|byte| *byte == b' ').peekable();
    let mut names = Vec::new();
    while let Some(word) = words.next() {
        let last = words.peek().is_none();
        let name = if last { word } else { word.strip_suffix(b",").unwrap_or(word) };
        if !matches!(name, b"" | b"->" | b"tag:") {
            names.push(RawText::new(name));
        }
    }
    names
}
