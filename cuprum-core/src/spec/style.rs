//! How the value of an option is joined to its name.

/// How the value of an option is joined to its name.
///
/// Without a word about it, long options are written `--name=value` and short ones `-n value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// One word: `--name=value`.
    Equals,
    /// Two words: `--name value`.
    Space,
    /// One word without anything between: `-nvalue`; for short options only.
    Attached,
}
