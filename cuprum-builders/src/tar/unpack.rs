//! Taking out an archive that comes from somebody else.

use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use cuprum::spec::{CancelToken, OutputError};
use cuprum::stream::{LineEnd, LineRef, Source};
use cuprum::{Follow as _, IntoSafe as _, Run as _};

use super::limits::Seen;
use super::{Entry, Limits, Refused, Report, extract, list};
use crate::args::SafePath;

/// A line of a list is no longer: names of more than 4096 bytes fit into no system call.
const LONGEST_LINE: usize = 1 << 20;

/// Takes out an archive that comes from somebody else, into a new directory.
///
/// First the members are listed and [checked](Limits::check), each as it comes; nothing is written if one is
/// refused, and the rest of the archive is not read. Then the directory is made, for its owner only, and must
/// not be there yet, so that nothing in it leads elsewhere. Last the files are taken out as by
/// [`extract`](extract()). Relative paths are taken from the working directory.
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
    check(archive.clone(), limits.clone()).await?;
    let path: PathBuf = directory.as_str().into();
    match std::fs::DirBuilder::new().mode(0o700).create(&path) {
        Ok(()) => {}
        Err(error) => return Err(UnpackError::Directory { path, error }),
    }
    Ok(extract(archive, directory).into_safe().run().await?)
}

/// Lists an archive, and ends tar at the first member that is refused.
async fn check(archive: SafePath, limits: Limits) -> Result<(), UnpackError> {
    let stop = CancelToken::new();
    let fault = Arc::new(Mutex::new(None));
    let (token, found) = (stop.clone(), Arc::clone(&fault));
    let (mut line, mut seen) = (Vec::new(), Seen::default());
    let each = move |piece: LineRef<'_>| {
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        if piece.source != Source::Stdout || found.is_some() {
            return;
        }
        line.extend_from_slice(piece.bytes);
        let is_whole = piece.end != LineEnd::Cut;
        if is_whole || line.len() > LONGEST_LINE {
            let checked = Entry::read(&line).map_err(UnpackError::from);
            *found = checked.and_then(|entry| Ok(limits.check_next(&entry, &mut seen)?)).err();
            line.clear();
        }
        if found.is_some() {
            token.cancel();
        }
    };
    let run = list(archive).into_safe().cancelled_by(&stop).for_each_line(each).await;
    match fault.lock().unwrap_or_else(PoisonError::into_inner).take() {
        Some(fault) => Err(fault),
        None => Ok(run.map(drop)?),
    }
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
    /// The list of the members is not what tar prints; nothing was written.
    #[error("the list of the members cannot be read")]
    Listing(#[from] OutputError),
    /// Tar failed, or could not be run.
    #[error(transparent)]
    Run(#[from] cuprum::Error),
}
