//! Words that a command carries for those who look at it: which team, which job, which project.

use std::borrow::Cow;
use std::fmt;

/// A small set of named values that a command carries to hooks and observers; they mean nothing to Cuprum.
///
/// Each run has some of its own: `project`, `capture` (whether standard output is captured), `echo` (whether an
/// output is shown on the parent's own), and in a pipeline `pipeline_stage_index` and `pipeline_stages`. What
/// a context and a command set under the same name wins, the command last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags(Vec<(Cow<'static, str>, Tag)>);

/// The value of a tag.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Tag {
    /// A text.
    Text(Cow<'static, str>),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Bool(bool),
}

impl Tags {
    /// Creates a set without tags.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Creates a set with room for so many.
    pub(crate) fn with_room(tags: usize) -> Self {
        Self(Vec::with_capacity(tags))
    }

    /// Sets a tag, in place of one of the same name.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Tag>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Sets all tags of `later` on top of these.
    pub fn extend(&mut self, later: &Self) {
        later.0.iter().for_each(|(name, value)| self.set(name.clone(), value.clone()));
    }

    /// Returns the value of a tag.
    pub fn get(&self, name: &str) -> Option<&Tag> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Returns the tags in the order in which their names were first set.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Tag)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// Returns how many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Tag {
    /// Returns the text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Bool(yes) => yes.fmt(f),
        }
    }
}

impl From<&'static str> for Tag {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Tag {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Tag {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Tag {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i32> for Tag {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<bool> for Tag {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

/// `name=value`, with blanks between.
impl fmt::Display for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(index, (name, value))| {
            let blank = if index == 0 { "" } else { " " };
            write!(f, "{blank}{name}={value}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_tag_of_the_same_name_wins_and_keeps_the_place() {
        let mut tags = Tags::new();
        tags.set("project", "core-ops");
        tags.set("capture", true);
        let mut own = Tags::new();
        own.set("project", "mine".to_owned());
        own.set("ticket", 7);
        tags.extend(&own);
        assert_eq!(tags.to_string(), "project=mine capture=true ticket=7");
        assert_eq!(tags.get("project").and_then(Tag::text), Some("mine"));
        assert_eq!(tags.get("team"), None);
    }
}
