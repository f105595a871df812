//! Lists of names of any bytes, as programs read them from their standard input.

use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use super::ArgError;

/// Joins names, each with a NUL behind it.
///
/// A name that begins with one of the bytes of `comments` gets `./` before it.
///
/// # Errors
///
/// An [`ArgError`] for a name that is empty, or that holds a NUL.
pub(crate) fn nul_separated<P: AsRef<Path>>(
    names: impl IntoIterator<Item = P>,
    comments: &[u8],
) -> Result<Vec<u8>, ArgError> {
    let mut list = Vec::new();
    for name in names {
        let name = name.as_ref().as_os_str().as_bytes();
        if let Some(error) = ArgError::of_name("FileList", "a name of a file list", name) {
            return Err(error);
        }
        if name.first().is_some_and(|first| comments.contains(first)) {
            list.extend(b"./");
        }
        list.extend(name);
        list.push(0);
    }
    Ok(list)
}
