//! Which layer of what is permitted refused a command, and how a context came to permit more.

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

/// By which method a context came to permit a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Widening {
    /// [`Cx::allow`](crate::Cx::allow)
    Allow,
    /// [`Cx::register_allow`](crate::Cx::register_allow)
    RegisterAllow,
    /// [`Cx::with_allowlist`](crate::Cx::with_allowlist)
    WithAllowlist,
    /// [`Cx::with_catalogue`](crate::Cx::with_catalogue)
    WithCatalogue,
}

/// The name of the method.
impl fmt::Display for Widening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allow => "allow",
            Self::RegisterAllow => "register_allow",
            Self::WithAllowlist => "with_allowlist",
            Self::WithCatalogue => "with_catalogue",
        })
    }
}
