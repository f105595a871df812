//! Taking out an archive that comes from somebody else.

use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;

use cuprum::IntoSafe as _;
use cuprum::Run as _;

use super::{Limits, Refused, Report, extract, list};
use crate::args::SafePath;

/// Takes out an archive that comes from somebody else, into a new directory.
///
/// First the members are listed and [checked](Limits::check); nothing is written if one is refused. Then
/// the directory is made, for its owner only, and must not be there yet, so that nothing in it leads
/// elsewhere. Last the files are taken out as by [`extract`](extract()). Relative paths are taken from
/// the working directory.
///
/// The archive is read twice, so it must be a file that nobody else writes to meanwhile; put one that
/// others can write to into a directory of your own first. For how long it may take, say in the
/// context: a small file can be a long archive.
///
/// # Errors
///
/// An [`UnpackError`]. What was taken out before a failure stays.
///
/// # Cancel safety
///
/// Dropping the future stops the command that runs. The directory stays, with what is in it.
pub async fn unpack(archive: SafePath, directory: SafePath, limits: &Limits) -> Result<Report, UnpackError> {
    let listing = list(archive.clone()).run().await?;
    limits.check(&listing)?;
    let path: PathBuf = directory.as_str().into();
    match std::fs::DirBuilder::new().mode(0o700).create(&path) {
        Ok(()) => {}
        Err(error) => return Err(UnpackError::Directory { path, error }),
    }
    Ok(extract(archive, directory).into_safe().run().await?)
}

/// Takes out an archive from a thread. See [`unpack`].
///
/// # Errors
///
/// As [`unpack`].
pub fn unpack_sync(archive: SafePath, directory: SafePath, limits: &Limits) -> Result<Report, UnpackError> {
    let limits = limits.clone();
    cuprum::run::block_on(async move { unpack(archive, directory, &limits).await })?
}

/// Why an archive was not taken out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UnpackError {
    /// A member is not allowed; nothing was written.
    #[error("the archive is not safe")]
    Refused(#[from] Refused),
    /// The directory could not be made, or was there already.
    #[error("cannot make the directory {}", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Tar failed, or could not be run.
    #[error(transparent)]
    Run(#[from] cuprum::Error),
}
