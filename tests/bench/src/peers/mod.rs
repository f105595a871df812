//! What is measured, done through each library as its users would; a file for each of them.

pub(crate) mod async_process;
pub(crate) mod bare;
pub(crate) mod by_hand;
pub(crate) mod cmd_lib;
pub(crate) mod cuprum;
pub(crate) mod duct;
pub(crate) mod lab;
pub(crate) mod observed;
pub(crate) mod shell;
pub(crate) mod std_process;
mod still;
pub(crate) mod subprocess;
pub(crate) mod telemetry;
pub(crate) mod tokio_process;

use std::fmt::Debug;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use crate::{Children, Result};

/// How many are started one after another, with some under way at once.
const MANY: usize = 1000;

/// How many are alive at the same time.
const LIVE: usize = 2000;

/// How long each of those lives.
const NAP: std::time::Duration = std::time::Duration::from_secs(2);

/// What the two processes of the family say, before they stay.
const FAMILY: &str = "u\nu\n";

/// Fails unless what was found is what must be.
fn expect<T: PartialEq + Debug>(found: T, expected: T) -> Result<()> {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{found:?} instead of {expected:?}").into()),
    }
}

/// Waits for both processes of a family.
fn await_family(stdout: &mut impl Read) -> Result<()> {
    let mut said = [0; FAMILY.len()];
    stdout.read_exact(&mut said)?;
    expect(&said[..], FAMILY.as_bytes())
}

/// Waits until nobody has the pipe open any more.
fn await_end(stdout: &mut impl Read) -> Result<()> {
    expect(io::copy(stdout, &mut io::sink())?, 0)
}

/// Where a copy goes: nowhere, or into a file that is written anew.
pub(crate) const NULL: bool = false;
pub(crate) const FILE: bool = true;

/// Returns where the copy goes.
fn copy_to<const TO_FILE: bool>(children: &Children) -> PathBuf {
    if TO_FILE { children.path("copy") } else { PathBuf::from("/dev/null") }
}

/// Keeps all that is read and writes it on, as most programs do it: by one buffer of its own.
fn keep_and_copy(mut stdout: impl Read, copy: &Path) -> Result<()> {
    let (mut kept, mut copy, mut buffer) = (Vec::new(), File::create(copy)?, vec![0; 64 << 10]);
    loop {
        let read = stdout.read(&mut buffer)?;
        let chunk = buffer.get(..read).unwrap_or_default();
        if chunk.is_empty() {
            return expect(kept.len(), Children::FLOOD);
        }
        kept.extend_from_slice(chunk);
        copy.write_all(chunk)?;
    }
}

/// Counts lines as most programs do it: each is a `String` of its own.
fn count_lines(stdout: impl Read) -> Result<()> {
    let mut lines = 0;
    for line in io::BufRead::lines(io::BufReader::new(stdout)) {
        lines += usize::from(line?.len() == 15);
    }
    expect(lines, Children::LINES)
}
