//! A program is a type: a variable, a reference to one and an expression are told what to use.

use cuprum::{Program, cmd};

#[derive(Program)]
struct Git;

fn main() {
    let docker_compose = "docker-compose";
    let _ = cmd!(docker_compose, "up");
    let _ = cmd!(&docker_compose, "up");
    let _ = cmd!(docker_compose.trim(), "up");
    let _ = cmd!(Git::cmd(), "up");
    let _ = cmd!(7, "up");
}
