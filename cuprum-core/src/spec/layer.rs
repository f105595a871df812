//! Which layer of what is permitted refused a command.

use std::fmt;

/// Which layer of what is permitted refused a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Layer {
    /// The catalogue of the context does not know the program.
    Catalogue,
    /// The bound of the whole process, which no context goes beyond.
    Ceiling,
    /// The code runs outside of every scope, where nothing is permitted in this process.
    Default,
    /// The context: it was narrowed to other programs.
    Context,
    /// A program of that name is permitted, and this is another file.
    File,
    /// The file's content is not what it is pinned to.
    Digest,
}

/// One word: `catalogue`, `ceiling`, `default`, `context`, `file`, `digest`.
impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Catalogue => "catalogue",
            Self::Ceiling => "ceiling",
            Self::Default => "default",
            Self::Context => "context",
            Self::File => "file",
            Self::Digest => "digest",
        })
    }
}
