//! The spawn bench through Cuprum.

use crate::Column;

/// Returns nothing until the library can run a command; then a column `cuprum`, in the form of the others.
pub(super) fn column() -> Option<Column> {
    None
}
