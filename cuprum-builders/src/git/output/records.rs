//! Records of a format of one's own.

use cuprum::spec::OutputError;

use super::read::{field, list};
use crate::output::RawText;

/// Reads what git prints in a format of one's own, of which each field ends with `%00`: so many fields for
/// each record. A field can hold anything but a NUL.
///
/// ```
/// use cuprum_builders::git;
///
/// let output = b"v1.0\0commit\0one\n\0\nv1.1\0tag\0two\n\nlines\n\0\n";
/// let tags = git::records(output, 3)?;
/// assert_eq!(tags[1][2].as_bytes(), b"two\n\nlines\n");
/// # Ok::<(), cuprum::spec::OutputError>(())
/// ```
///
/// The output of [`for_each_ref_text`](crate::git::for_each_ref_text()) has a line end behind each record,
/// which is in no field, so a first field must not begin with one itself.
///
/// # Errors
///
/// An [`OutputError`] with the byte where a field is missing.
pub fn records(output: &[u8], fields: usize) -> Result<Vec<Vec<RawText>>, OutputError> {
    list(output, |cursor| {
        let record = (0..fields.max(1)).map(|_| Ok(RawText::new(field(cursor)?.rest()))).collect();
        cursor.skip(b"\n");
        record
    })
}
