//! An alias is another name of a program, not another program.

use cuprum::{Program, allowlist};

#[derive(Program)]
struct Git;

#[derive(Program)]
struct Tar;

type Vcs = Git;

allowlist! { Deploy = [Git, Tar, Vcs]; }

fn main() {}
