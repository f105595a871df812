//! A list is written in one way.

use cuprum::{Program, allowlist};

#[derive(Program)]
struct Git;

allowlist! { Deploy: [Git]; }
allowlist! { Backup = ["git"]; }

fn main() {}
