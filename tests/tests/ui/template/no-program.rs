//! The program comes first, and is a type.

use cuprum::cmd;

fn main() {
    let _ = cmd!("git status");
    let _ = cmd!();
}
