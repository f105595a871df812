//! An unchecked command names no program type, so no list has it.

use cuprum::{Cx, Program, allowlist, unchecked};

#[derive(Program)]
struct Git;

allowlist! { Deploy = [Git]; }

fn deploy(cx: &Cx<Deploy>) {
    let _ = cx.run(unchecked::command("git"));
}

fn main() {
    let _ = deploy;
}
