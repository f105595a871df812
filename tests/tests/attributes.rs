//! What a process is given beside its words: session, ids, umask, niceness, limits, signals.

use std::path::PathBuf;

use cuprum::prelude::*;
use cuprum::spec::{Gid, Resource, SafeCmd, Stdin, Uid};
use cuprum::{Command, Cx, ErrorKind, Lab, Program};
use cuprum_tests::Probe;

/// Shows a file as a child sees it that has changed nothing about itself.
#[derive(Debug, Program)]
#[program(name = "cat")]
struct Cat;

#[derive(Debug, Command)]
#[command(program = Cat, output = String)]
struct Show {
    #[arg(positional, allow_hyphen)]
    file: PathBuf,
}

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words)
}

/// Returns a line of `/proc/self/status`, as the child sees it.
fn status(change: impl FnOnce(Show) -> SafeCmd<String, Cat>, name: &str) -> String {
    let text = change(Show::new("/proc/self/status")).run().wait().unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).trim().replace('\t', " ")
}

/// Returns the fields of `/proc/self/stat` behind the name (proc_pid_stat(5)).
fn stat(change: impl FnOnce(Show) -> SafeCmd<String, Cat>) -> Vec<String> {
    let text = change(Show::new("/proc/self/stat")).run().wait().unwrap();
    text.rsplit(')').next().unwrap().split_whitespace().map(str::to_owned).collect()
}

#[test]
fn a_session_is_led_by_the_command() {
    let numbers = stat(|show| show.session());
    assert_eq!(numbers[2], numbers[3], "group and session");
}

#[test]
fn who_reads_a_terminal_stays_in_the_group_that_may_and_whoever_else_leads_its_own() {
    let group = |numbers: Vec<String>| (numbers[2].clone(), numbers[1] == std::process::id().to_string());
    let own = std::fs::read_to_string("/proc/self/stat").unwrap();
    let own = own.rsplit(')').next().unwrap().split_whitespace().nth(2).unwrap().to_owned();
    // The master of a new terminal is one, too.
    let terminal = || Stdin::File("/dev/ptmx".into());
    assert_eq!(group(stat(|show| show.stdin(terminal()))), (own.clone(), true));
    assert_ne!(group(stat(|show| show.prepare())), (own.clone(), true));
    assert_ne!(group(stat(|show| show.stdin(terminal()).session())), (own, true));
}

#[test]
fn umask_niceness_and_limits_are_what_was_said() {
    assert_eq!(status(|show| show.umask(0o27), "Umask"), "0027");
    assert_eq!(stat(|show| show.nice(7))[16], "7");
    let limits = Show::new("/proc/self/limits")
        .rlimit(Resource::OpenFiles, 30)
        .rlimit(Resource::CoreSize, 0)
        .rlimit(Resource::OpenFiles, 20);
    let limits = limits.run().wait().unwrap();
    let of = |name: &str| -> Vec<String> {
        let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().take(2).map(str::to_owned).collect()
    };
    assert_eq!((of("Max open files"), of("Max core file size")), (vec!["20".into(); 2], vec!["0".into(); 2]));
}

#[test]
fn a_context_gives_its_attributes_to_commands_that_say_nothing_themselves() {
    let cx = Cx::new().with_umask(0o77).with_nice(9).with_rlimit(Resource::CoreSize, 0);
    cx.scope_sync(|| {
        assert_eq!(status(|show| show.umask(0o22), "Umask"), "0022");
        assert_eq!(status(|show| show.prepare(), "Umask"), "0077");
        let plan = Show::new("x").rlimit(Resource::OpenFiles, 20).nice(3).plan().unwrap();
        let text = plan.to_string();
        let said = " x # umask 0077, niceness 3, core size at most 0, open files at most 20";
        assert!(text.ends_with(said), "{text}");
    });
}

#[test]
fn a_user_is_run_as_with_its_group_and_no_other() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("skipped: only root can become somebody else");
        return;
    }
    let (nobody, group) = (Uid::from_raw(65534), Gid::from_raw(65533));
    let of = |change: fn(Show, Uid, Gid) -> SafeCmd<String, Cat>| {
        ["Uid", "Gid", "Groups"].map(|name| status(|show| change(show, nobody, group), name))
    };
    let run_as = of(|show, uid, gid| show.run_as(uid, gid));
    assert_eq!(run_as, ["65534 65534 65534 65534", "65533 65533 65533 65533", ""]);
    let with_groups = of(|show, uid, gid| show.run_as(uid, gid).groups([Gid::from_raw(7), Gid::from_raw(5)]));
    assert_eq!(with_groups[2], "5 7");
    let uid_only = of(|show, uid, _| show.uid(uid));
    assert_eq!((&*uid_only[0], &*uid_only[2]), ("65534 65534 65534 65534", ""));
    assert_eq!(of(|show, _, gid| show.gid(gid))[1], "65533 65533 65533 65533");
}

#[test]
fn a_step_that_fails_is_named() {
    // More open files than the kernel lets anybody have (fs.nr_open).
    let error = probe(&["out", "x"]).rlimit(Resource::OpenFiles, u64::MAX - 1).run().wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Spawn);
    let text = error.to_string();
    assert!(text.contains("limiting its open files: Operation not permitted"), "{text}");
    if !rustix::process::geteuid().is_root() {
        let text = probe(&["out", "x"]).uid(Uid::ROOT).run().wait().unwrap_err().to_string();
        assert!(text.contains("setting its user id: Operation not permitted"), "{text}");
    }
}

#[test]
fn attributes_that_nobody_can_have_are_refused_before_anything_starts() {
    let lab = Lab::new();
    let command = || cuprum_tests::probe("/lab/bin/probe", ["x"]);
    for (command, text) in [
        (command().umask(2700), "the umask 0o5214 has more than the nine bits of permissions"),
        (command().nice(20), "the niceness 20 is not between -20 and 19"),
        (command().uid(Uid::from_raw(u32::MAX)), "4294967295 is no user id: it means \"as before\""),
    ] {
        let error = lab.cx().run(command).wait().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidAttribute);
        assert!(error.to_string().ends_with(&format!("an attribute cannot be set: {text}")), "{error}");
    }
    assert!(lab.ran().is_empty());
}

#[test]
fn signals_that_the_parent_ignores_are_ignored_unless_they_are_reset() {
    #[expect(
        clippy::disallowed_methods,
        reason = "the host must be in a state that Cuprum would not start it in"
    )]
    let output = {
        let script =
            "trap '' INT HUP; exec \"$0\" --ignored --exact the_child_of_a_parent_that_ignores_signals";
        std::process::Command::new("sh").args(["-c", script]).arg(std::env::current_exe().unwrap()).output()
    };
    let text = String::from_utf8_lossy(&output.unwrap().stdout).into_owned();
    assert!(text.contains("1 passed"), "{text}");
}

#[test]
#[ignore = "a part of the test above, in a process of its own"]
fn the_child_of_a_parent_that_ignores_signals() {
    let ignored = |reset: bool| {
        let command = |show: Show| if reset { show.reset_signals() } else { show.prepare() };
        // Without the two signals that C libraries keep for themselves.
        u64::from_str_radix(&status(command, "SigIgn"), 16).unwrap() & !(0b11 << 31)
    };
    assert_eq!(ignored(false) & 0b11, 0b11);
    assert_eq!(ignored(true), 0);
}
