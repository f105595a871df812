//! The outputs of rsync and tar.

use cuprum_builders::{rsync, tar};

pub(super) const RSYNC: &[&[u8]] = &[
    b"|>f..t...... 1 2 a\\#012//\n|cL+++++++++ 5 0 s// -> t\n|hf+++++++++ 5 0 h// => t\n|*deleting   0 0 d///\n\
      skip\nNumber of files: 1,234 (reg: 1,200, dir: 34)\ntotal size is 12  speedup is 0.10\n",
    b"openrsync: protocol version 29, rsync version 2.6.9 compatible\n",
    b"rsync  version 3.2.7  protocol version 31\nCapabilities:\n    symlinks, no crtimes\n",
    b"\r        409600  56%  671.58kB/s    0:00:01 (xfr#1, to-chk=27/29)",
];

pub(super) const TAR: &[&[u8]] = &[
    b"lrwxrwxrwt 0/0 0 -2023-11-14 22:13:20.5 a\\ \\033 -> b\ncrw-rw-rw- 1/2 1,3 99999999 x\n",
    b"V--------- 0/0 0 2023-11-14 22:13:20 x--Volume Header--\nhrw------- 0/0 0 2023-11-14 22:13:20 a link to b\n",
    b"tar: a\\nb: Cannot stat: x\nTotal bytes written: 1 (2)\na: Mod time differs\n",
    b"tar (GNU tar) 1.34\n",
    b"bsdtar 3.6.2 - libarchive 3.6.2 zlib/1.2.13\n",
];

pub(super) fn rsync(bytes: &[u8]) {
    let _ = rsync::Transfer::parse(bytes).map(|transfer| transfer.to_string());
    let _ = rsync::Listing::parse(bytes).map(|listing| listing.to_string());
    let _ = rsync::Version::parse(bytes).to_string();
    for line in bytes.split(|byte| matches!(byte, b'\n' | b'\r')) {
        let _ = rsync::Progress::parse(line);
    }
    for code in [None, Some(1), Some(12), Some(23), Some(255)] {
        let failure = rsync::Failure::classify(code, bytes, bytes);
        let _ = (failure.to_string(), failure.path());
    }
}

pub(super) fn tar(bytes: &[u8]) {
    if let Ok(listing) = tar::Listing::parse(bytes) {
        let _ = listing.to_string();
        if tar::Limits::default().check(&listing).is_ok() {
            for entry in &listing {
                let name = entry.name.as_path();
                assert!(name.is_relative() && !name.components().any(|part| part.as_os_str() == ".."));
            }
        }
    }
    let _ = tar::bsd::Listing::parse(bytes).map(|listing| listing.to_string());
    let _ = tar::Report::parse(bytes, bytes).map(|report| report.to_string());
    let _ = tar::Differences::parse(bytes, bytes).map(|differences| differences.to_string());
    let _ = tar::Version::parse(bytes).to_string();
    for code in [None, Some(1), Some(2), Some(64)] {
        let failure = tar::Failure::classify(code, bytes, bytes);
        let _ = (failure.to_string(), failure.path());
    }
}

/// Reads a path out of every format that can hold it, escaped as the tool escapes it.
pub(super) fn paths(bytes: &[u8]) {
    let path: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    if path.is_empty() {
        return;
    }
    let name = tar_escaped(&path);
    let list = format!("-rw-r--r-- 0/0 12 2023-11-14 22:13:20 {name}\n");
    // Spaces before a name cannot be told from those of the column, unless tar quotes them, as it is told to.
    assert_eq!(tar::Listing::parse(list.as_bytes()).unwrap().iter().next().unwrap().name.as_bytes(), path);
    let written = tar::Report::parse(format!("{name}\n").as_bytes(), b"").unwrap();
    assert_eq!(written.members[0].as_bytes(), path);
    // Rsync cleans paths, so none holds two slashes, nor does one of a file end with one.
    let mut path = path;
    path.dedup_by(|one, other| (*one, *other) == (b'/', b'/'));
    let name = rsync_escaped(&path);
    for end in ["", " -> x", " => x"] {
        let mut output = format!("|>f+++++++++ 12 12 {name}//{end}\n").into_bytes();
        output.extend(b"Number of files: 1 (reg: 1)\ntotal size is 12  speedup is 0.10\n");
        let transfer = rsync::Transfer::parse(&output).unwrap();
        assert_eq!(transfer.changes[0].path.as_bytes(), path);
    }
}

/// Escapes as `--quoting-style=escape --quote-chars=' '` does.
fn tar_escaped(path: &[u8]) -> String {
    let escaped = path.iter().map(|byte| match byte {
        b' ' | b'\\' => format!("\\{}", char::from(*byte)),
        b'\n' => "\\n".to_owned(),
        b'\t' => "\\t".to_owned(),
        b'!'..=b'~' => char::from(*byte).to_string(),
        byte => format!("\\{byte:03o}"),
    });
    escaped.collect()
}

/// Escapes as rsync does without `--8-bit-output`.
fn rsync_escaped(path: &[u8]) -> String {
    let mut escaped = String::new();
    for (at, byte) in path.iter().enumerate() {
        let looks_escaped = |rest: &[u8]| {
            rest.first() == Some(&b'#') && rest.len() > 3 && rest[1..4].iter().all(u8::is_ascii_digit)
        };
        match byte {
            b'\\' if looks_escaped(&path[at + 1..]) => escaped += "\\#134",
            b'\t' | b' '..=b'~' => escaped.push(char::from(*byte)),
            byte => escaped += &format!("\\#{byte:03o}"),
        }
    }
    escaped
}
