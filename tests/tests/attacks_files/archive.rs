//! Archives as an attacker writes them: the headers of POSIX.1-1988, with any name, link and mode.

/// What a member is: the byte of its header.
pub(crate) const FILE: u8 = b'0';
pub(crate) const HARD_LINK: u8 = b'1';
pub(crate) const SYMLINK: u8 = b'2';
pub(crate) const CHAR_DEVICE: u8 = b'3';
pub(crate) const BLOCK_DEVICE: u8 = b'4';
pub(crate) const DIRECTORY: u8 = b'5';
pub(crate) const FIFO: u8 = b'6';
/// A directory of an incremental backup, with the names of the files in it.
pub(crate) const DUMPDIR: u8 = b'D';

/// A member of an archive.
pub(crate) struct Member {
    pub(crate) kind: u8,
    pub(crate) name: &'static str,
    pub(crate) target: String,
    pub(crate) mode: u32,
    pub(crate) uid: u32,
    pub(crate) content: Vec<u8>,
}

pub(crate) fn file(name: &'static str) -> Member {
    Member { kind: FILE, name, target: String::new(), mode: 0o644, uid: 0, content: b"evil\n".to_vec() }
}

pub(crate) fn link(kind: u8, name: &'static str, target: impl Into<String>) -> Member {
    Member { kind, target: target.into(), content: Vec::new(), ..file(name) }
}

pub(crate) fn special(kind: u8, name: &'static str) -> Member {
    Member { kind, content: Vec::new(), ..file(name) }
}

/// Writes the members one after the other, with the end of an archive.
pub(crate) fn archive(members: &[Member]) -> Vec<u8> {
    let mut archive: Vec<u8> = members.iter().flat_map(member).collect();
    archive.extend([0; 1024]);
    archive
}

fn member(member: &Member) -> Vec<u8> {
    let mut header = vec![0; 512];
    let mut field =
        |at: usize, text: &[u8]| header.splice(at..at + text.len(), text.iter().copied()).for_each(drop);
    field(0, member.name.as_bytes());
    field(100, format!("{:07o}\0", member.mode).as_bytes());
    field(108, format!("{:07o}\0", member.uid).as_bytes());
    field(116, b"0000000\0");
    field(124, format!("{:011o}\0", member.content.len()).as_bytes());
    field(136, b"14524560000\0");
    field(148, b"        ");
    field(156, &[member.kind]);
    field(157, member.target.as_bytes());
    field(257, b"ustar\x0000");
    field(329, b"0000001\0");
    field(337, b"0000003\0");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header.splice(148..156, format!("{sum:06o}\0 ").bytes());
    header.extend(&member.content);
    header.resize(header.len().next_multiple_of(512), 0);
    header
}
