//! Opens files for streams without ever waiting for whoever is at the other end.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;

/// What a file is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    /// Empties it, or makes it.
    Write,
    /// Writes to its end, and makes it if need be.
    Append,
}

/// Opens the file at `path`, which is no directory; a terminal does not become this process's own.
///
/// Opening a named pipe waits for its other end, and a thread of a runtime must not. So it is opened without
/// waiting (fifo(7)): to write, which fails if nobody reads; not at all to read, since without a writer the
/// first read would see the end.
pub(crate) fn open_file(path: &Path, access: Access) -> io::Result<File> {
    let mut options = OpenOptions::new();
    match access {
        Access::Read => options.read(true),
        Access::Write => options.write(true).create(true).truncate(true),
        Access::Append => options.append(true).create(true),
    };
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = options.custom_flags(flags.bits().cast_signed()).open(path).map_err(explained)?;
    let kind = file.metadata()?.file_type();
    if kind.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory"));
    }
    let is_open_already = ["/dev/stdin", "/dev/fd", "/proc"].iter().any(|dir| path.starts_with(dir));
    if kind.is_fifo() && access == Access::Read && !is_open_already {
        let why = "it is a named pipe, and opening it would wait for its writer: open it, and give the file";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
    }
    // The flag was for opening only; who gets the file expects to wait for it.
    let flags = rustix::fs::fcntl_getfl(&file)?;
    rustix::fs::fcntl_setfl(&file, flags - OFlags::NONBLOCK)?;
    Ok(file)
}

fn explained(error: io::Error) -> io::Error {
    match rustix::io::Errno::from_io_error(&error) {
        Some(rustix::io::Errno::NXIO) => {
            io::Error::new(error.kind(), "nobody reads it: it is a named pipe without a reader, or a socket")
        }
        _ => error,
    }
}

/// Moves a descriptor that has the number of a standard stream to a higher one.
pub(super) fn above_standard(fd: OwnedFd) -> io::Result<OwnedFd> {
    use std::os::fd::AsRawFd as _;
    if fd.as_raw_fd() >= FIRST_OTHER { Ok(fd) } else { Ok(duplicate(&fd)?) }
}

/// Returns another descriptor of the same open file, closed on exec, that is none of a standard stream.
pub(super) fn duplicate(fd: &impl std::os::fd::AsFd) -> io::Result<OwnedFd> {
    Ok(rustix::io::fcntl_dupfd_cloexec(fd, FIRST_OTHER)?)
}

/// The first descriptor that is not of a standard stream.
const FIRST_OTHER: i32 = 3;
