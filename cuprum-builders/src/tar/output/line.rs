//! The grammar of one line of `tar --list --verbose`.
//!
//! A line is `MODE OWNER/GROUP SIZE DATE TIME NAME`, the columns filled up with spaces; a device has
//! `MAJOR,MINOR` for its size. After the name of a link come ` -> ` or ` link to ` and its target. From
//! the GNU tar manual, "Listing Archive Contents" and "Quoting Member Names".

use cuprum::spec::OutputError;

use super::list::{DeviceNumbers, Entry, EntryKind};
use crate::output::{Cursor, RawPath, RawText, Time, days, fraction, number, time_of_day};
use crate::tar::bsd;

/// Reads a line, without its end.
pub(super) fn entry(mut line: Cursor<'_>) -> Result<Entry, OutputError> {
    let block = block(&mut line)?;
    let (kind, mode) = column(&mut line)?.all("a type and permissions", kind_and_mode)?;
    let (uid, gid) = column(&mut line)?.all("`OWNER/GROUP` in numbers", |bytes| pair(bytes, b'/'))?;
    let (size, device) = size(kind, column(&mut line)?)?;
    let modified = time(&mut line)?;
    skip_spaces(&mut line);
    let (name, target) = line.all("a name", |bytes| names(kind, bytes))?;
    Ok(Entry { kind, mode, uid, gid, size, device, modified, name, target, block })
}

/// Reads a line of bsdtar, without its end: `MODE LINKS OWNER GROUP SIZE MONTH DAY YEAR-OR-TIME NAME`.
pub(in crate::tar) fn bsd_entry(mut line: Cursor<'_>) -> Result<bsd::Entry, OutputError> {
    let (kind, mode) = column(&mut line)?.all("a type and permissions", kind_and_mode)?;
    column(&mut line)?.all("a number of links", number::<u64>)?;
    let uid = column(&mut line)?.all("the number of an owner", number)?;
    let gid = column(&mut line)?.all("the number of a group", number)?;
    let (size, device) = size(kind, column(&mut line)?)?;
    skip_spaces(&mut line);
    let date =
        line.take(12).all("a date of twelve characters", |bytes| (bytes.len() == 12).then_some(bytes))?;
    if !line.skip(b" ") {
        return Err(line.error("a space after the date"));
    }
    let (name, target) = line.all("a name", |bytes| names(kind, bytes))?;
    Ok(bsd::Entry { kind, mode, uid, gid, size, device, modified: RawText::new(date), name, target })
}

/// Reads a size, or the numbers of a device.
fn size(kind: EntryKind, size: Cursor<'_>) -> Result<(u64, Option<DeviceNumbers>), OutputError> {
    if matches!(kind, EntryKind::CharDevice | EntryKind::BlockDevice) {
        let (major, minor) = size.all("`MAJOR,MINOR`", |bytes| pair(bytes, b','))?;
        return Ok((0, Some(DeviceNumbers { major, minor })));
    }
    Ok((size.all("a size", number)?, None))
}

/// Reads the `block N: ` that `--block-number` puts before a line.
fn block(line: &mut Cursor<'_>) -> Result<Option<u64>, OutputError> {
    if !line.skip(b"block ") {
        return Ok(None);
    }
    let number =
        line.until(b':', "a colon after the number of a block")?.all("the number of a block", number)?;
    skip_spaces(line);
    Ok(Some(number))
}

fn column<'a>(line: &mut Cursor<'a>) -> Result<Cursor<'a>, OutputError> {
    skip_spaces(line);
    line.until(b' ', "a column and a space")
}

fn skip_spaces(line: &mut Cursor<'_>) {
    while line.skip(b" ") {}
}

fn pair<T: std::str::FromStr>(bytes: &[u8], separator: u8) -> Option<(T, T)> {
    let at = bytes.iter().position(|byte| *byte == separator)?;
    let (left, right) = bytes.split_at(at);
    Some((number(left)?, number(right.split_first()?.1)?))
}

/// Reads `drwxr-sr-t`, and one more letter that marks access lists and the like.
fn kind_and_mode(bytes: &[u8]) -> Option<(EntryKind, u32)> {
    let (kind, letters) = bytes.split_first()?;
    let kind = match kind {
        b'-' => EntryKind::File,
        b'd' => EntryKind::Directory,
        b'l' => EntryKind::Symlink,
        b'h' => EntryKind::HardLink,
        b'c' => EntryKind::CharDevice,
        b'b' => EntryKind::BlockDevice,
        b'p' => EntryKind::Fifo,
        b'C' => EntryKind::Contiguous,
        b'V' => EntryKind::VolumeHeader,
        b'M' => EntryKind::Continuation,
        _ => return None,
    };
    let letters = match letters {
        [letters @ .., b'+' | b'*' | b'.'] if letters.len() == 9 => letters,
        letters => letters,
    };
    let mut mode = 0;
    for (i, letter) in letters.iter().enumerate() {
        let (special, execute) = match letter {
            b's' | b't' => (1, 1),
            b'S' | b'T' => (1, 0),
            b'r' | b'w' | b'x' => (0, 1),
            b'-' => (0, 0),
            _ => return None,
        };
        mode |= execute << 8_usize.checked_sub(i)?;
        mode |= special << (11 - i / 3);
    }
    (letters.len() == 9).then_some((kind, mode))
}

/// Reads `2023-11-14 22:13:20.5`, or the seconds alone that tar prints when no date can hold them.
fn time(line: &mut Cursor<'_>) -> Result<Time, OutputError> {
    let date = column(line)?;
    let dashes = date.rest().iter().skip(1).any(|byte| *byte == b'-');
    if !dashes {
        return date.all("seconds since 1970", plain_seconds);
    }
    let midnight = date.all("a date", |bytes| days(bytes, b'-')?.checked_mul(86_400))?;
    let (seconds, nanoseconds) = column(line)?.all("a time of day", time_of_day)?;
    Ok(Time { seconds: midnight.saturating_add(seconds), nanoseconds })
}

fn plain_seconds(bytes: &[u8]) -> Option<Time> {
    let (sign, digits) = bytes.strip_prefix(b"-").map_or((1, bytes), |digits| (-1, digits));
    let mut parts = digits.splitn(2, |byte| *byte == b'.');
    let seconds: i64 = number(parts.next()?)?;
    let nanoseconds = parts.next().map_or(Some(0), fraction)?;
    Some(Time { seconds: sign * seconds, nanoseconds })
}

/// Splits a name from the target of a link, or from what tar says about a volume, and unescapes both.
fn names(kind: EntryKind, bytes: &[u8]) -> Option<(RawPath, Option<RawPath>)> {
    let separator: &[u8] = match kind {
        EntryKind::Symlink => b" -> ",
        EntryKind::HardLink => b" link to ",
        EntryKind::VolumeHeader => return Some((name(bytes.strip_suffix(b"--Volume Header--")?)?, None)),
        EntryKind::Continuation => b"--Continued at byte ",
        _ => return Some((name(bytes)?, None)),
    };
    let at = bytes.windows(separator.len()).position(|window| window == separator)?;
    let (left, right) = bytes.split_at(at);
    let target = name(right.strip_prefix(separator)?)?;
    Some((name(left)?, (kind != EntryKind::Continuation).then_some(target)))
}

/// Reads a name, which is not empty.
fn name(escaped: &[u8]) -> Option<RawPath> {
    unescape(escaped).filter(|name| !name.is_empty()).map(RawPath::new)
}

/// Undoes the quoting style `escape`: `\n` and its like, `\ooo`, and a backslash before any other
/// character. `None` if the text ends with a lone backslash.
pub(in crate::tar) fn unescape(escaped: &[u8]) -> Option<Vec<u8>> {
    let mut name = Vec::with_capacity(escaped.len());
    let mut rest = escaped;
    while let [first, tail @ ..] = rest {
        let (byte, tail) = match (first, tail) {
            (b'\\', [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', tail @ ..]) => {
                (((a - b'0') << 6) | ((b - b'0') << 3) | (c - b'0'), tail)
            }
            (b'\\', [letter, tail @ ..]) => (character(*letter), tail),
            (b'\\', []) => return None,
            (byte, tail) => (*byte, tail),
        };
        name.push(byte);
        rest = tail;
    }
    Some(name)
}

fn character(letter: u8) -> u8 {
    match letter {
        b'a' => 0x07,
        b'b' => 0x08,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 0x0b,
        b'f' => 0x0c,
        b'r' => b'\r',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(letters: &str, expected: Option<(EntryKind, u32)>) {
        assert_eq!(kind_and_mode(letters.as_bytes()), expected);
    }

    #[test]
    fn permissions_are_read_with_their_special_bits() {
        check("-rw-r--r--", Some((EntryKind::File, 0o644)));
        check("drwxrwxrwt", Some((EntryKind::Directory, 0o1777)));
        check("-rwsr-Sr-T", Some((EntryKind::File, 0o7744)));
        check("drwxr-xr-x+", Some((EntryKind::Directory, 0o755)));
        for letters in ["", "-", "-rw-r--r-", "-rw-r--r--x", "-rw-r--r--++", "?rw-r--r--", "-rq-r--r--"] {
            check(letters, None);
        }
    }

    #[test]
    fn escapes_are_undone() {
        let name = |escaped: &str| name(escaped.as_bytes()).map(|name| name.as_bytes().to_vec());
        assert_eq!(name(r"a\ b\\n\n\t\033\377\101z").unwrap(), b"a b\\n\n\t\x1b\xffAz");
        assert_eq!(name(r"\7\778\400").unwrap(), b"7778400");
        assert_eq!(name(r"a\"), None);
        assert_eq!(name(""), None);
    }
}
