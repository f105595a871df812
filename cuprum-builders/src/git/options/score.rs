//! Values of options that are numbers with a form of their own.

use std::ffi::OsString;

use cuprum::ArgValue;
use cuprum::spec::Operand;

/// How alike two files are, in percent, shown as `50%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Similarity(u8);

impl Similarity {
    /// Takes a percentage; more than 100 is 100, which is "exactly the same".
    pub fn percent(percent: u8) -> Self {
        Self(percent.min(100))
    }
}

/// `50%`
impl ArgValue for Similarity {
    fn to_os(&self) -> OsString {
        format!("{}%", self.0).into()
    }
}

impl Operand for Similarity {}

/// How wide statistics are, and how many files they show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StatShape {
    /// The width of a line.
    pub width: u32,
    /// How much of that is for the name.
    pub name_width: Option<u32>,
    /// How many files are shown.
    pub count: Option<u32>,
}

/// `80`, `80,40`, `80,40,10`; what is left out in the middle is 0, git's default.
impl ArgValue for StatShape {
    fn to_os(&self) -> OsString {
        match (self.name_width, self.count) {
            (None, None) => self.width.to_string(),
            (Some(name), None) => format!("{},{name}", self.width),
            (name, Some(count)) => format!("{},{},{count}", self.width, name.unwrap_or(0)),
        }
        .into()
    }
}

/// Some lines of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LineRange {
    /// From a line to a line, both counted from 1 and both included.
    Lines(u32, u32),
    /// From a line to the end.
    From(u32),
    /// The function of which the first line matches this regular expression.
    Function(String),
}

/// `1,10`, `1,`, `:name`
impl ArgValue for LineRange {
    fn to_os(&self) -> OsString {
        match self {
            Self::Lines(from, to) => format!("{from},{to}"),
            Self::From(from) => format!("{from},"),
            Self::Function(name) => format!(":{name}"),
        }
        .into()
    }
}

/// Some lines of a file, and the file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileLines {
    /// The first line, counted from 1.
    pub from: u32,
    /// The last line.
    pub to: u32,
    /// The file.
    pub path: crate::args::Pathspec,
}

/// `1,10:path`
impl ArgValue for FileLines {
    fn to_os(&self) -> OsString {
        format!("{},{}:{}", self.from, self.to, self.path).into()
    }
}

/// A file's executable bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum Executable {
    /// It can be executed.
    #[arg(value = "+x")]
    Yes,
    /// It cannot.
    #[arg(value = "-x")]
    No,
}
