//! Options of tar that no builder has.

use super::Omission;

const fn row(options: &'static [&'static str], why: &'static str) -> Omission {
    Omission { command: "tar", options, why }
}

/// The rows.
pub(crate) const TAR: &[Omission] = &[
    row(
        &["after-date", "new-volume-script", "old-archive", "posix", "xform", "-o"],
        "another option says the same",
    ),
    row(&["no-quote-chars", "utc"], "the form that is read is fixed"),
    row(&["no-verbatim-files-from"], "it would let a list of files hold options"),
    row(&["usage"], "it is help for people"),
];
