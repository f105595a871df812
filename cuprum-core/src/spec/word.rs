//! One word of a command line while it is written.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::os::unix::ffi::OsStrExt as _;

/// One word, and the byte from which on it is never shown.
#[derive(Clone)]
pub(super) struct Word {
    pub(super) text: OsString,
    pub(super) secret_from: Option<usize>,
}

impl Word {
    pub(super) fn plain(text: &'static str) -> Self {
        Self { text: text.into(), secret_from: None }
    }

    pub(super) fn join(words: Vec<Self>, delimiter: &str) -> Self {
        let secret_from = words.iter().any(|word| word.secret_from.is_some()).then_some(0);
        let texts: Vec<OsString> = words.into_iter().map(|word| word.text).collect();
        Self { text: texts.join(OsStr::new(delimiter)), secret_from }
    }

    pub(super) fn begins_with_dash(&self) -> bool {
        self.text.as_bytes().starts_with(b"-")
    }

    pub(super) fn holds(&self, delimiter: &str) -> bool {
        self.text.as_bytes().windows(delimiter.len()).any(|part| part == delimiter.as_bytes())
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.secret_from {
            Some(_) => f.write_str("***"),
            None => self.text.fmt(f),
        }
    }
}
