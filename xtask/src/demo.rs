//! `cargo xtask demo`: sets up, then builds and runs the backup example.

use crate::tools::Tool;
use crate::{Failure, setup};

const EXAMPLE: &[&str] = &[
    "run",
    "--quiet",
    "--package",
    "cuprum-builders",
    "--example",
    "backup",
    "--features",
    "git,tar,rsync",
    "--",
];

pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    setup::quietly()?;
    if Tool::cargo().args(EXAMPLE).args(args).run()? {
        Ok(())
    } else {
        Err(Failure::Failed("the demo failed".to_owned()))
    }
}
