//! No reader panics, whatever the bytes.

use cuprum_builders::{git, rsync, tar};
use proptest::prelude::*;

use crate::scratch::fixture;

/// Reads the bytes as everything, and shows what was read.
fn read_all(bytes: &[u8]) {
    let _ = git::Status::parse(bytes).map(|status| status.to_string());
    let _ = git::Log::parse(bytes).map(|log| log.to_string());
    let _ = tar::Listing::parse(bytes).map(|listing| listing.to_string());
    let _ = tar::bsd::Listing::parse(bytes).map(|listing| listing.to_string());
    let _ = tar::Report::parse(bytes, bytes).map(|report| report.to_string());
    let _ = tar::Differences::parse(bytes, bytes).map(|differences| differences.to_string());
    let _ = tar::Version::parse(bytes).to_string();
    let _ = tar::Listing::parse(bytes).map(|listing| tar::Limits::default().check(&listing));
    let _ = rsync::Transfer::parse(bytes).map(|transfer| transfer.to_string());
    let _ = rsync::Listing::parse(bytes).map(|listing| listing.to_string());
    let _ = rsync::Progress::parse(bytes);
    let _ = rsync::Version::parse(bytes).to_string();
    for code in [None, Some(1), Some(2), Some(64), Some(128)] {
        let _ = git::Failure::classify(code, bytes, bytes).to_string();
        let _ = tar::Failure::classify(code, bytes, bytes).path();
        let _ = rsync::Failure::classify(code, bytes, bytes).path();
    }
}

/// Outputs to begin with, so that changes reach the depths of the readers.
fn samples() -> Vec<Vec<u8>> {
    let id = "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1";
    let log =
        format!("{id}\0{id}\0{id} {id}\0n\0e\x001\0a b +0100\0n\0e\x002\0a b -0100\0HEAD -> x, tag: y\0m\0");
    let list = "lrwxrwxrwt 0/0 0 -2023-11-14 22:13:20.5 a\\ \\033 -> b\ncrw-rw-rw- 1/2 1,3 99999999 x\n\
        V--------- 0/0 0 2023-11-14 22:13:20 x--Volume Header--\nhrw------- 0/0 0 2023-11-14 22:13:20 a link to b\n";
    let mut transfer =
        b"|>f..t...... 1 2 a\\#012//\n|cL+++++++++ 5 0 s// -> t\n|*deleting   0 0 d///\nskip\n".to_vec();
    transfer.extend(fixture("rsync-stats"));
    let mut samples = vec![log.into_bytes(), list.as_bytes().to_vec(), transfer];
    samples.extend(["git-status-v2-mixed", "git-status-v2-submodules", "git-err-local-changes"].map(fixture));
    samples.extend(
        ["rsync-list-only", "rsync-progress2-human", "tar-list-names-escape", "tar-bsdtar-list"].map(fixture),
    );
    samples.push(b"tar: a\\nb: Cannot stat: x\nTotal bytes written: 1 (2)\na: Mod time differs\n".to_vec());
    samples
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        read_all(&bytes);
    }

    #[test]
    fn changed_outputs(
        mut bytes in proptest::sample::select(samples()),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..6),
    ) {
        const SPECIAL: &[u8] = b"\0\n \t-+/|\\#0189:.,(){}\xff";
        for (index, byte, kind) in edits {
            let at = index.index(bytes.len().max(1)).min(bytes.len());
            match kind {
                0 => bytes.insert(at, byte),
                1 => bytes.insert(at, SPECIAL[usize::from(byte) % SPECIAL.len()]),
                2 => bytes.truncate(at),
                _ => { bytes.drain(at..(at + usize::from(byte % 32)).min(bytes.len())); }
            }
        }
        read_all(&bytes);
    }
}

#[test]
fn outputs_that_are_cut_anywhere() {
    for sample in samples() {
        for length in 0..=sample.len() {
            read_all(&sample[..length]);
        }
    }
}
