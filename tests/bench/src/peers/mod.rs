//! What is measured, done through each library as its users would; a file for each of them.

pub(crate) mod async_process;
pub(crate) mod bare;
pub(crate) mod cmd_lib;
pub(crate) mod cuprum;
pub(crate) mod duct;
pub(crate) mod std_process;
pub(crate) mod subprocess;
pub(crate) mod tokio_process;

use std::fmt::Debug;
use std::io::{self, Read};

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

/// Counts lines as most programs do it: each is a `String` of its own.
fn count_lines(stdout: impl Read) -> Result<()> {
    let mut lines = 0;
    for line in io::BufRead::lines(io::BufReader::new(stdout)) {
        lines += usize::from(line?.len() == 15);
    }
    expect(lines, Children::LINES)
}
