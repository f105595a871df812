//! Who asked that a command be stopped, and what that was a consequence of.

use std::fmt;
use std::sync::Arc;

/// How many links a chain has at most.
const LONGEST: usize = 16;

/// Why commands were cancelled: the reason, what it was a consequence of, and so on to the first cause.
///
/// It comes with a cancelled [`CancelToken`](crate::spec::CancelToken), and is in the error of each command
/// that the token has stopped.
///
/// # Examples
///
/// ```
/// use cuprum::outcome::{CancelKind, Cancellation};
///
/// let failed = Cancellation::new(CancelKind::FailFast).message("the second upload failed");
/// let parent = Cancellation::new(CancelKind::Parent).because(&failed);
/// assert_eq!(parent.root().kind(), CancelKind::FailFast);
/// assert_eq!(parent.to_string(), "what it belongs to was cancelled, because another one failed: the second upload failed");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cancellation {
    kind: CancelKind,
    message: Option<Arc<str>>,
    because: Option<Arc<Cancellation>>,
    shortened: bool,
}

/// Who asked that a command be stopped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CancelKind {
    /// Whoever used the token.
    #[default]
    User,
    /// A limit of time of what it belongs to was reached.
    Deadline,
    /// Another command had failed, and a failure stops the others.
    FailFast,
    /// It was no longer needed: another command had given the result.
    RaceLost,
    /// What it belongs to was cancelled.
    Parent,
    /// The program itself ends.
    Shutdown,
}

impl Cancellation {
    /// Creates a reason without a cause.
    pub fn new(kind: CancelKind) -> Self {
        Self { kind, message: None, because: None, shortened: false }
    }

    /// Says more about it.
    #[must_use]
    pub fn message(self, message: impl Into<String>) -> Self {
        Self { message: Some(message.into().into()), ..self }
    }

    /// Says what it is a consequence of.
    ///
    /// A chain has 16 links at most; of a longer one the first cause is kept, and what is nearest, and
    /// [`is_shortened`](Self::is_shortened) says so.
    #[must_use]
    pub fn because(self, cause: &Self) -> Self {
        let links: Vec<&Self> = cause.chain().collect();
        let room = LONGEST - 1;
        if links.len() <= room {
            return Self { because: Some(Arc::new(cause.clone())), ..self };
        }
        let root = links.last().map(|root| Self::clone(root));
        let near = links.iter().take(room - 1).rev();
        let because = near.fold(root, |because, link| {
            Some(Self { because: because.map(Arc::new), shortened: true, ..Self::clone(link) })
        });
        Self { because: because.map(Arc::new), shortened: true, ..self }
    }

    /// Returns who asked for it.
    pub fn kind(&self) -> CancelKind {
        self.kind
    }

    /// Returns what else was said about it.
    pub fn text(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Returns what it is a consequence of.
    pub fn cause(&self) -> Option<&Self> {
        self.because.as_deref()
    }

    /// Returns it, what it is a consequence of, and so on.
    pub fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |link| link.cause())
    }

    /// Returns the first cause, which may be itself.
    pub fn root(&self) -> &Self {
        self.chain().last().unwrap_or(self)
    }

    /// Returns whether links before the first cause were left out.
    pub fn is_shortened(&self) -> bool {
        self.shortened
    }

    /// Returns whether there is nothing to be said beyond that it was cancelled.
    pub(crate) fn is_plain(&self) -> bool {
        self.kind == CancelKind::User && self.message.is_none() && self.because.is_none()
    }
}

impl Default for Cancellation {
    fn default() -> Self {
        Self::new(CancelKind::User)
    }
}

impl From<CancelKind> for Cancellation {
    fn from(kind: CancelKind) -> Self {
        Self::new(kind)
    }
}

/// Whoever used the token, in their words.
impl From<&str> for Cancellation {
    fn from(message: &str) -> Self {
        Self::default().message(message)
    }
}

/// Whoever used the token, in their words.
impl From<String> for Cancellation {
    fn from(message: String) -> Self {
        Self::default().message(message)
    }
}

/// The reason and its causes, in one line.
impl fmt::Display for Cancellation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, link) in self.chain().enumerate() {
            if index > 0 {
                f.write_str(", because ")?;
            }
            match (link.kind, link.text()) {
                // Their words say it all.
                (CancelKind::User, Some(message)) => f.write_str(message)?,
                (kind, Some(message)) => write!(f, "{kind}: {message}")?,
                (kind, None) => kind.fmt(f)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for CancelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::User => "it was asked for",
            Self::Deadline => "a deadline was reached",
            Self::FailFast => "another one failed",
            Self::RaceLost => "it was no longer needed",
            Self::Parent => "what it belongs to was cancelled",
            Self::Shutdown => "the program ends",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_chain_keeps_its_first_cause_and_says_that_it_is_shortened() {
        let first = Cancellation::new(CancelKind::Shutdown).message("the first");
        let chain = |links: usize| {
            (1..links).fold(first.clone(), |cause, link| {
                Cancellation::new(CancelKind::Parent).message(link.to_string()).because(&cause)
            })
        };
        let long = chain(LONGEST);
        assert_eq!((long.chain().count(), long.is_shortened()), (LONGEST, false));
        let longer = chain(100);
        assert_eq!((longer.chain().count(), longer.is_shortened()), (LONGEST, true));
        assert_eq!(longer.root(), &Cancellation { shortened: false, ..first });
        let near: Vec<_> = longer.chain().take(3).filter_map(Cancellation::text).collect();
        assert_eq!(near, ["99", "98", "97"]);
    }
}
