//! Options of rsync that no builder has.

use super::Omission;

const fn row(options: &'static [&'static str], why: &'static str) -> Omission {
    Omission { command: "rsync", options, why }
}

/// The rows.
pub(crate) const RSYNC: &[Omission] = &[
    row(&["del", "ignore-non-existing", "old-d"], "another option says the same"),
    row(&["itemize-changes", "progress", "-P"], "the form that is read is fixed"),
    row(&["-D"], "it is `--devices --specials`"),
];
