//! What is permitted when a command runs does not change what the type promises.

use cuprum::{Cx, Program, allowlist};

#[derive(Program)]
struct Git;
#[derive(Program)]
struct Rm;

allowlist! { Deploy = [Git]; }

fn deploy(cx: Cx<Deploy>) {
    let cx = cx.allow(Rm::SPEC).unwrap();
    let _ = cx.run(Rm::cmd());
}

fn main() {
    let _ = deploy;
}
