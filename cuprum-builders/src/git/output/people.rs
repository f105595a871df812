//! Who wrote what: `shortlog` and `blame`.

use std::collections::BTreeMap;

use cuprum::spec::OutputError;

use super::listed;
use super::quoted::unquoted;
use super::read::{line, optional_id, whole, word};
use super::{ObjectId, Signature, Time};
use crate::output::{Cursor, RawPath, RawText, number};

/// A person, and how many commits there are of them (git-shortlog(1), `--summary --email`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// How many commits.
    pub commits: u64,
    /// The name.
    pub name: RawText,
    /// The address.
    pub email: RawText,
}

listed!(Author, author);

/// Reads spaces, `count TAB name <address> LF`.
fn author(cursor: &mut Cursor<'_>) -> Result<Author, OutputError> {
    let mut entry = line(cursor)?;
    while entry.skip(b" ") {}
    let commits = entry.until(b'\t', "a count and a tab")?.all("a count", number)?;
    let Contact { name, email } = entry.all("a name and an address", Contact::read_bytes)?;
    Ok(Author { commits, name, email })
}

/// A person, as `git check-mailmap` prints them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The name; empty if there is none.
    pub name: RawText,
    /// The address.
    pub email: RawText,
}

listed!(Contact, contact);

impl Contact {
    /// Reads `name <address>`.
    fn read_bytes(bytes: &[u8]) -> Option<Self> {
        let inner = bytes.strip_suffix(b">")?;
        let open = inner.iter().rposition(|byte| *byte == b'<')?;
        let (name, email) = inner.split_at(open);
        let name = RawText::new(name.strip_suffix(b" ").unwrap_or(name));
        Some(Self { name, email: RawText::new(email.get(1..)?) })
    }
}

fn contact(cursor: &mut Cursor<'_>) -> Result<Contact, OutputError> {
    line(cursor)?.all("a name and an address", Contact::read_bytes)
}

/// The lines of a file, each with its commit (git-blame(1), "The Porcelain Format").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blame {
    /// The commits, by their ids; `None` is what is not committed yet.
    pub commits: BTreeMap<Option<ObjectId>, BlameCommit>,
    /// The lines, in git's order, which is that of the file but for `--incremental`.
    pub lines: Vec<BlameLine>,
}

/// A commit that a line is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlameCommit {
    /// Who wrote the change.
    pub author: Signature,
    /// Who made the commit.
    pub committer: Signature,
    /// The first line of the message.
    pub summary: RawText,
    /// Whether git looked no further back.
    pub boundary: bool,
}

/// One line, or with `--incremental` several that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlameLine {
    /// The commit; `None` is what is not committed yet.
    pub commit: Option<ObjectId>,
    /// The number of the line in that commit, counted from 1.
    pub original: u32,
    /// The number of the line in the file, counted from 1.
    pub number: u32,
    /// How many lines follow from this one on that are of the same commit; only at the first of them.
    pub group: Option<u32>,
    /// The path of the file in that commit.
    pub path: RawPath,
    /// The version before that commit, and the path in it.
    pub previous: Option<(ObjectId, RawPath)>,
    /// The line without its end; `None` with `--incremental`.
    pub content: Option<RawText>,
}

whole!(Blame);

impl Blame {
    /// The options that make `git blame` print what [`Blame::parse`] reads.
    pub const FORMAT: [&'static str; 3] = ["--porcelain", "--no-textconv", "--no-progress"];

    /// Reads what `git blame` printed with `--porcelain`, `--line-porcelain` or `--incremental`.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut reader = Reader { cursor: Cursor::new(output), places: BTreeMap::new() };
        let mut blame = Self::default();
        while !reader.cursor.is_at_end() {
            reader.chunk(&mut blame)?;
        }
        Ok(blame)
    }
}

/// Where a commit has the lines that follow.
#[derive(Clone, Default)]
struct Place {
    path: RawPath,
    previous: Option<(ObjectId, RawPath)>,
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    places: BTreeMap<Option<ObjectId>, Place>,
}

impl Reader<'_> {
    /// Reads `oid original final [group]`, headers, and the line behind a tab.
    fn chunk(&mut self, blame: &mut Blame) -> Result<(), OutputError> {
        let mut head = line(&mut self.cursor)?;
        let commit = optional_id(&word(&mut head)?)?;
        let numbers = head.all("two or three numbers", |bytes| {
            bytes.split(|byte| *byte == b' ').map(number).collect::<Option<Vec<u32>>>()
        })?;
        let (original, number, group) = match numbers.as_slice() {
            [original, number] => (*original, *number, None),
            [original, number, group] => (*original, *number, Some(*group)),
            _ => return Err(head.error("two or three numbers")),
        };
        let mut place = self.places.get(&commit).cloned().unwrap_or_default();
        let content = self.headers(blame, commit, &mut place)?;
        let Place { path, previous } = place.clone();
        self.places.insert(commit, place);
        blame.lines.push(BlameLine { commit, original, number, group, path, previous, content });
        Ok(())
    }

    /// Reads headers up to the line, or with `--incremental` up to the name of the file.
    fn headers(
        &mut self,
        blame: &mut Blame,
        commit: Option<ObjectId>,
        place: &mut Place,
    ) -> Result<Option<RawText>, OutputError> {
        loop {
            if self.cursor.skip(b"\t") {
                return Ok(Some(RawText::new(line(&mut self.cursor)?.rest())));
            }
            let mut header = line(&mut self.cursor)?;
            if header.rest() == b"boundary" {
                entry(blame, commit).boundary = true;
                continue;
            }
            let key = word(&mut header)?;
            match key.rest() {
                b"filename" => {
                    place.path = RawPath::new(header.all("a path", unquoted)?);
                    // Without contents the name of the file is the last header.
                    if !self.cursor.rest().starts_with(b"\t") {
                        return Ok(None);
                    }
                }
                b"previous" => {
                    let id = super::read::id(&word(&mut header)?)?;
                    place.previous = Some((id, RawPath::new(header.all("a path", unquoted)?)));
                }
                b"summary" => entry(blame, commit).summary = RawText::new(header.rest()),
                other => person(entry(blame, commit), other, &header)?,
            }
        }
    }
}

fn entry(blame: &mut Blame, commit: Option<ObjectId>) -> &mut BlameCommit {
    let nobody = || Signature { name: RawText::default(), email: RawText::default(), time: None };
    blame.commits.entry(commit).or_insert_with(|| BlameCommit {
        author: nobody(),
        committer: nobody(),
        summary: RawText::default(),
        boundary: false,
    })
}

/// Reads a header about the author or the committer; headers that are not known are ignored.
fn person(commit: &mut BlameCommit, key: &[u8], value: &Cursor<'_>) -> Result<(), OutputError> {
    let (person, what) = match (key.strip_prefix(b"author"), key.strip_prefix(b"committer")) {
        (Some(what), _) => (&mut commit.author, what),
        (_, Some(what)) => (&mut commit.committer, what),
        _ => return Ok(()),
    };
    let time = person.time.unwrap_or(Time { seconds: 0, zone: 0 });
    match what {
        b"" => person.name = RawText::new(value.rest()),
        b"-mail" => {
            let inner = value.rest().strip_prefix(b"<").and_then(|mail| mail.strip_suffix(b">"));
            person.email = RawText::new(inner.unwrap_or(value.rest()));
        }
        b"-time" => person.time = Some(Time { seconds: value.all("a time", signed)?, ..time }),
        b"-tz" => {
            let zone = value.all("a zone", signed)?;
            person.time = Some(Time { zone: i32::try_from(zone).unwrap_or(0), ..time });
        }
        _ => {}
    }
    Ok(())
}

/// Reads a number with or without a sign.
fn signed(bytes: &[u8]) -> Option<i64> {
    match bytes {
        [b'-', digits @ ..] => number(digits).map(|number: i64| -number),
        [b'+', digits @ ..] | digits => number(digits),
    }
}
