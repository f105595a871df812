//! The statistics at the end of a transfer, as `rsync --stats` prints them.
//!
//! Lines are `Name: number` with a unit or parts after it. Lines that are not known are passed over:
//! rsync prints more of them from version to version. From rsync(1), `--stats`.

use std::fmt;

use cuprum::spec::OutputError;

use crate::output::{Cursor, number};

/// How the statistics begin.
pub(super) const FIRST_LINE: &[u8] = b"Number of files: ";

/// The statistics of a transfer, shown as a summary in one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// All files that were looked at.
    pub files: Files,
    /// Those that were made on the receiving side.
    pub created: Files,
    /// Those that were deleted there; `None` if nothing was to be deleted.
    pub deleted: Option<Files>,
    /// How many files had content to transfer.
    pub transferred_files: u64,
    /// The sizes of all files together, in bytes.
    pub total_size: u64,
    /// The sizes of the files with content to transfer together, in bytes.
    pub transferred_size: u64,
    /// Bytes of content that were sent as they are.
    pub literal: u64,
    /// Bytes of content that the receiving side had already.
    pub matched: u64,
    /// All bytes that went to the other side.
    pub sent: u64,
    /// All bytes that came from the other side.
    pub received: u64,
    /// How many times larger the files are than what went over the wire.
    pub speedup: f64,
    /// Whether nothing was done, only listed.
    pub dry_run: bool,
}

/// A number of files, and how many there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// All of them.
    pub total: u64,
    /// Files with content.
    pub regular: u64,
    /// Directories.
    pub directories: u64,
    /// Symbolic links.
    pub links: u64,
    /// Devices.
    pub devices: u64,
    /// Named pipes and sockets.
    pub special: u64,
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { transferred_files, sent, received, total_size, .. } = self;
        write!(f, "{transferred_files} of {} files transferred, ", self.files.total)?;
        write!(f, "{sent} bytes sent, {received} received, {total_size} in all")?;
        if self.dry_run { f.write_str(" (dry run)") } else { Ok(()) }
    }
}

/// Reads the statistics to their last line, `total size is …`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Stats, OutputError> {
    let mut stats = Stats::default();
    loop {
        let mut line = cursor.until(b'\n', "the line `total size is …`")?;
        if line.skip(b"total size is ") {
            summary(&line, &mut stats)?;
            return Ok(stats);
        }
        let field = match line.until(b':', "") {
            Ok(name) => name.rest(),
            Err(_) => continue,
        };
        line.skip(b" ");
        match field {
            b"Number of files" => stats.files = line.all("numbers of files", files)?,
            b"Number of created files" => stats.created = line.all("numbers of files", files)?,
            b"Number of deleted files" => stats.deleted = Some(line.all("numbers of files", files)?),
            b"Number of regular files transferred" => stats.transferred_files = count(&line)?,
            b"Total file size" => stats.total_size = count(&line)?,
            b"Total transferred file size" => stats.transferred_size = count(&line)?,
            b"Literal data" => stats.literal = count(&line)?,
            b"Matched data" => stats.matched = count(&line)?,
            b"Total bytes sent" => stats.sent = count(&line)?,
            b"Total bytes received" => stats.received = count(&line)?,
            _ => {}
        }
    }
}

/// Reads `12` or `12 bytes`.
fn count(value: &Cursor<'_>) -> Result<u64, OutputError> {
    value.all("a number", |bytes| grouped(bytes.strip_suffix(b" bytes").unwrap_or(bytes)))
}

/// Reads a number; without `--no-human-readable` there is a comma after every third digit.
fn grouped(bytes: &[u8]) -> Option<u64> {
    let digits: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b',').collect();
    number(&digits)
}

/// Reads `24 (reg: 18, dir: 4, link: 1, dev: 1, special: 1)`; parts that are zero are not there.
fn files(bytes: &[u8]) -> Option<Files> {
    let mut halves = bytes.splitn(2, |byte| *byte == b' ');
    let mut files = Files { total: grouped(halves.next()?)?, ..Files::default() };
    let Some(parts) = halves.next() else { return Some(files) };
    let mut words = parts.strip_prefix(b"(")?.strip_suffix(b")")?.split(|byte| *byte == b' ');
    while let Some(name) = words.next() {
        let word = words.next()?;
        let value = grouped(word)?;
        match name {
            b"reg:" => files.regular = value,
            b"dir:" => files.directories = value,
            b"link:" => files.links = value,
            b"dev:" => files.devices = value,
            b"special:" => files.special = value,
            _ => {}
        }
    }
    Some(files)
}

/// Reads `304  speedup is 0.42 (DRY RUN)`.
fn summary(line: &Cursor<'_>, stats: &mut Stats) -> Result<(), OutputError> {
    let text = line.all("a line of text", |bytes| std::str::from_utf8(bytes).ok())?;
    stats.dry_run = text.ends_with(" (DRY RUN)");
    let speedup = text.split("speedup is ").nth(1).and_then(|rest| rest.split(' ').next());
    let speedup = speedup.and_then(|number| number.replace(',', "").parse().ok());
    stats.speedup = speedup.ok_or_else(|| line.error("`speedup is` and a number"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_that_are_not_there_are_zero() {
        let expected = Files { total: 1_024, regular: 1_000, special: 24, ..Files::default() };
        assert_eq!(files(b"1,024 (reg: 1,000, special: 24)"), Some(expected));
        assert_eq!(files(b"1024 (reg: 1000, special: 24)"), Some(expected));
        assert_eq!(files(b"0"), Some(Files::default()));
        for text in ["", "a", "1 reg: 1", "1 (reg: 1", "1 (reg)", "1 (reg: x)"] {
            assert_eq!(files(text.as_bytes()), None, "{text}");
        }
    }
}
