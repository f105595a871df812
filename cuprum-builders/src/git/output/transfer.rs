//! What became of refs, as `fetch --porcelain` and `push --porcelain` print it.

use cuprum::spec::OutputError;

use super::ObjectId;
use super::read::{line, optional_id, whole, word};
use crate::output::{Cursor, RawText};

/// What became of a ref.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefUpdate {
    /// It moved to a commit that follows the old one.
    FastForward,
    /// It moved to a commit that does not.
    Forced,
    /// It is gone.
    Deleted,
    /// It is new.
    New,
    /// It is a tag that moved.
    Tag,
    /// It was not updated.
    Rejected,
    /// It was there already.
    UpToDate,
}

impl RefUpdate {
    pub(super) fn read(flag: u8) -> Option<Self> {
        Some(match flag {
            b' ' => Self::FastForward,
            b'+' => Self::Forced,
            b'-' => Self::Deleted,
            b'*' => Self::New,
            b't' => Self::Tag,
            b'!' => Self::Rejected,
            b'=' => Self::UpToDate,
            _ => return None,
        })
    }
}

/// What a fetch did (git-fetch(1), "Output").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// The refs, in git's order. `FETCH_HEAD` stands for what is fetched without a ref of its own.
    pub refs: Vec<FetchedRef>,
}

/// A ref that was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchedRef {
    /// What became of it.
    pub update: RefUpdate,
    /// What it named before.
    pub old: Option<ObjectId>,
    /// What it names now; of a rejected one, what it would.
    pub new: Option<ObjectId>,
    /// The full name.
    pub name: RawText,
}

whole!(Fetched);

impl Fetched {
    /// The option that makes `git fetch` print what [`Fetched::parse`] reads; since git 2.41.
    pub const FORMAT: [&'static str; 1] = ["--porcelain"];

    /// Reads what `git fetch` printed with the option of [`Fetched::FORMAT`].
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        super::read::list(output, fetched_ref).map(|refs| Self { refs })
    }
}

/// Reads `flag old new name LF`.
fn fetched_ref(cursor: &mut Cursor<'_>) -> Result<FetchedRef, OutputError> {
    let mut entry = line(cursor)?;
    let update = flag(&entry.take(1))?;
    if !entry.skip(b" ") {
        return Err(entry.error("a space"));
    }
    let old = optional_id(&word(&mut entry)?)?;
    let new = optional_id(&word(&mut entry)?)?;
    Ok(FetchedRef { update, old, new, name: RawText::new(entry.rest()) })
}

fn flag(cursor: &Cursor<'_>) -> Result<RefUpdate, OutputError> {
    cursor.all("a flag", |bytes| match bytes {
        [flag] => RefUpdate::read(*flag),
        _ => None,
    })
}

/// What a push did (git-push(1), "Output").
///
/// ```
/// use cuprum_builders::git::{Pushed, RefUpdate};
///
/// let output = b"To ../srv.git\n!\trefs/heads/a:refs/heads/b\t[rejected] (fetch first)\nDone\n";
/// let pushed = Pushed::parse(output)?;
/// let rejected = pushed.refs.first().filter(|pushed| pushed.update == RefUpdate::Rejected);
/// assert_eq!(rejected.and_then(|pushed| pushed.reason.as_ref()).map(|why| why.as_bytes()), Some(&b"fetch first"[..]));
/// # Ok::<(), cuprum::spec::OutputError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pushed {
    /// The address that was pushed to.
    pub to: Option<RawText>,
    /// The refs, in git's order.
    pub refs: Vec<PushedRef>,
    /// Other lines: that branches follow now what they were pushed to.
    pub messages: Vec<RawText>,
    /// Whether git came to its end; it says so also where refs were rejected.
    pub done: bool,
}

/// A ref that was pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushedRef {
    /// What became of it.
    pub update: RefUpdate,
    /// The full name here; `None` for a deletion.
    pub from: Option<RawText>,
    /// The full name on the other side.
    pub to: RawText,
    /// What happened, as git says it: the ids, or `[new branch]`.
    pub summary: RawText,
    /// Why it was rejected.
    pub reason: Option<RawText>,
}

whole!(Pushed);

impl Pushed {
    /// The option that makes `git push` print what [`Pushed::parse`] reads.
    pub const FORMAT: [&'static str; 1] = ["--porcelain"];

    /// Reads what `git push` printed with the option of [`Pushed::FORMAT`].
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut cursor = Cursor::new(output);
        let mut pushed = Self::default();
        while !cursor.is_at_end() {
            let mut entry = line(&mut cursor)?;
            if entry.rest().get(1) == Some(&b'\t') {
                pushed.refs.push(pushed_ref(entry)?);
            } else if entry.skip(b"To ") {
                pushed.to = Some(RawText::new(entry.rest()));
            } else if entry.rest() == b"Done" {
                pushed.done = true;
            } else {
                pushed.messages.push(RawText::new(entry.rest()));
            }
        }
        Ok(pushed)
    }
}

/// Reads `flag TAB from:to TAB summary [(reason)]`.
fn pushed_ref(mut entry: Cursor<'_>) -> Result<PushedRef, OutputError> {
    let update = flag(&entry.take(1))?;
    entry.skip(b"\t");
    let mut names = entry.until(b'\t', "two names and a tab")?;
    let from = names.until(b':', "a name and `:`")?;
    let from = (!from.is_at_end()).then(|| RawText::new(from.rest()));
    let to = RawText::new(names.rest());
    let (summary, reason) = reason(entry.rest());
    Ok(PushedRef { update, from, to, summary: RawText::new(summary), reason: reason.map(RawText::new) })
}

/// Splits `summary (reason)`.
fn reason(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    let open = text.windows(2).position(|pair| pair == b" (");
    match (open, text.strip_suffix(b")")) {
        (Some(open), Some(inner)) if open + 2 <= inner.len() => {
            let (summary, rest) = inner.split_at(open);
            (summary, rest.get(2..))
        }
        _ => (text, None),
    }
}
