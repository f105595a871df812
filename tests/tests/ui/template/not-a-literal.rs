//! A template is split when it is compiled, so it is a literal.

use cuprum::{Program, cmd};

#[derive(Program)]
struct Git;

fn main() {
    let line = "status --short";
    let _ = cmd!(Git, line);
    let _ = cmd!(Git, format!("log {line}"));
}
