//! Each stage of a pipeline must be on the list.

use cuprum::{Cx, Program, allowlist};

#[derive(Program)]
struct Git;
#[derive(Program)]
struct Sh;

allowlist! { Deploy = [Git]; }

fn deploy(cx: &Cx<Deploy>) {
    let _ = cx.run(Git::cmd() | Sh::cmd());
}

fn main() {
    let _ = deploy;
}
