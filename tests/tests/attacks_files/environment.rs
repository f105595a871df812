//! Attacks by the environment that a program of ours is started with.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, ExitStatus};

use crate::Scene;

fn program(scene: &Scene, name: &str) {
    let text = format!("#!/bin/sh\ntouch {}\nexec /usr/bin/{name} \"$@\"\n", scene.canary());
    scene.write(&format!("bin/{name}"), &text);
    std::fs::set_permissions(scene.path("bin").join(name), PermissionsExt::from_mode(0o755)).unwrap();
}

/// Runs the program that runs one builder, with these variables.
#[expect(clippy::disallowed_methods, reason = "the attacked program is started as any other is")]
fn attacked(scene: &Scene, what: &str, variables: &[(&str, String)]) -> ExitStatus {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attacked"));
    command.arg(what).current_dir(scene.path("")).env("HOME", scene.path("home"));
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    command.status().unwrap()
}

#[test]
fn tar_takes_no_options_and_no_programs_from_the_environment() {
    let scene = Scene::new();
    scene.write("d/f", "x");
    program(&scene, "gzip");
    let run = format!("--checkpoint=1 --checkpoint-action=exec=touch\\ {}", scene.canary());
    let path = format!("{}:{}", scene.path("bin").display(), std::env::var("PATH").unwrap());
    let variables = [
        ("TAR_OPTIONS", run),
        ("PATH", path),
        ("TAPE", "h.invalid:x".into()),
        ("POSIXLY_CORRECT", "1".into()),
        ("GZIP", "-nosuch".into()),
    ];
    assert!(attacked(&scene, "tar", &variables).success());
    assert!(scene.path("out/d/f").exists());
    scene.assert_unharmed();
}

#[test]
fn rsync_takes_no_shell_and_no_options_from_the_environment() {
    let scene = Scene::new();
    scene.write("d/f", "x");
    program(&scene, "ssh");
    program(&scene, "evil");
    let evil = scene.path("bin/evil").display().to_string();
    scene.write("home/.popt", &format!("rsync alias --recursive --rsh={evil} --remove-source-files -r\n"));
    let path = format!("{}:{}", scene.path("bin").display(), std::env::var("PATH").unwrap());
    let variables = [
        ("RSYNC_RSH", evil.clone()),
        ("RSYNC_CONNECT_PROG", evil.clone()),
        ("RSYNC_PROXY", "h.invalid:1".into()),
        ("RSYNC_OLD_ARGS", "1".into()),
        ("PATH", path),
        ("CVSIGNORE", "*".into()),
    ];
    assert!(attacked(&scene, "rsync", &variables).success());
    assert!(scene.path("out/f").exists() && scene.path("d/f").exists());
    // No host is reached, and what would reach it is not what the environment says.
    assert!(!attacked(&scene, "rsync-remote", &variables).success());
    scene.assert_unharmed();
}
