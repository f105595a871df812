//! All ways to start a process do the same: the own one, here or on threads for it, and std's; what only the own
//! one can do is refused by the other.

#![expect(
    clippy::disallowed_methods,
    reason = "some hosts must be in a state that Cuprum would not start them in"
)]

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs::{self, Permissions};
use std::future::poll_fn;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command as StdCommand;
use std::time::Duration;

use cuprum::backend::{Backend, Launch, Os, Reaped, SpawnPath, StartError, StartErrorKind, Started, Step};
use cuprum::prelude::*;
use cuprum::spec::{Attributes, Capture, Gid, Limit, Resource, SafeCmd, Stdin, Stdio, Uid};
use cuprum::{Command, Cx, ExitStatus, Outcome, Program};
use cuprum_tests::Probe;
use nix::sys::signal::{SigSet, SigmaskHow, Signal};

const PROBE: &str = env!("CARGO_BIN_EXE_probe");
const PATHS: [SpawnPath; 3] = [SpawnPath::Std, SpawnPath::Clone, SpawnPath::Pool];

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(PROBE, words)
}

/// Shows a file as a child sees it that has changed nothing about itself; a Rust program ignores a signal.
#[derive(Debug, Program)]
#[program(name = "cat", separator = "--")]
struct Cat;

#[derive(Debug, Command)]
#[command(program = Cat, output = String)]
struct Show {
    #[arg(positional)]
    file: PathBuf,
}

/// Calls `run` for each way, and returns what it returned, which must be the same.
#[track_caller]
fn same<T: PartialEq + Debug>(run: impl AsyncFn(Cx) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let [std, own, pool] =
        PATHS.map(|path| runtime.block_on(run(Cx::new().with_backend(Os::new().with_spawn(path)))));
    assert_eq!(std, own);
    assert_eq!(own, pool);
    own
}

#[test]
fn streams_and_status() {
    let outcome = same(async |cx| {
        let outcome = cx.output(probe(&["out", "a", "err", "b", "exit", "3"])).await.unwrap();
        assert!(outcome.pid() > 1);
        outcome.with_pid(0).with_cpu(None).with_duration(Duration::ZERO)
    });
    assert_eq!(outcome.status(), ExitStatus::Code(3));
    assert_eq!((outcome.stdout().bytes(), outcome.stderr().bytes()), (&b"a"[..], &b"b"[..]));
    let status = same(async |cx| cx.output(probe(&["abort"])).await.unwrap().status());
    assert_eq!(status, ExitStatus::Signal(6));
}

#[test]
fn pipelines() {
    let three = || probe(&["out", "a", "err", "b"]) | probe(&["cat", "out", "c"]) | probe(&["cat"]);
    let plain = |outcome: Outcome| outcome.with_pid(0).with_cpu(None).with_duration(Duration::ZERO);
    let stages = same(async |cx| {
        let outcome = cx.output(three()).await.unwrap();
        outcome.stages().cloned().map(plain).collect::<Vec<_>>()
    });
    assert_eq!(stages.last().unwrap().stdout().bytes(), b"ac");
    // What passes through the parent, and what is merged into the pipe.
    let seen = same(async |cx| {
        let first = probe(&["out", "a", "err", "b"]).stdout(Capture::new().head(9)).stderr(Stdio::Merged);
        let outcome = cx.output(first | probe(&["cat"])).await.unwrap();
        outcome.stages().cloned().map(plain).collect::<Vec<_>>()
    });
    assert!(seen.iter().all(|stage| stage.stdout().bytes() == b"ab"), "{seen:?}");
}

#[test]
fn streams_that_go_nowhere() {
    let outcome = same(async |cx| {
        let run = probe(&["out", "a", "err", "b", "cat"]).stdout(Stdio::Null);
        cx.output(run).await.unwrap().with_pid(0).with_cpu(None).with_duration(Duration::ZERO)
    });
    assert_eq!((outcome.stdout().total(), outcome.stderr().bytes()), (0, &b"b"[..]));
}

#[test]
fn directory() {
    let dir = tempfile::tempdir().unwrap();
    let here = dir.path().canonicalize().unwrap().display().to_string();
    assert_eq!(same(async |cx| cx.read(probe(&["pwd"]).in_dir(dir.path())).await.unwrap()), here);
    same(async |cx| cx.read(probe(&["pwd"])).await.unwrap());
}

#[test]
fn words() {
    let line = same(async |cx| cx.read(Show::new("/proc/self/cmdline")).await.unwrap());
    assert_eq!(line, "cat\0--\0/proc/self/cmdline\0");
}

#[test]
fn a_program_that_is_not_found_by_path_is_called_by_its_whole_path() {
    let line = same(async |cx| {
        cx.read(cuprum::unchecked::command("/bin/cat").args(["--", "/proc/self/cmdline"])).await.unwrap()
    });
    assert_eq!(line, "/bin/cat\0--\0/proc/self/cmdline\0");
}

#[test]
fn whole_environment() {
    let show = || Show::new("/proc/self/environ");
    let sorted = |text: String| {
        let mut variables: Vec<String> = text.split_terminator('\0').map(str::to_owned).collect();
        variables.sort();
        variables
    };
    let inherited = same(async |cx| sorted(cx.read(show()).await.unwrap()));
    assert!(inherited.iter().any(|variable| variable == "CARGO_PKG_NAME=cuprum-tests"));
    let changed = same(async |cx| {
        let run = show().env("CARGO_PKG_NAME", "x").env("A", "").env("B", "=1").env_remove("HOME");
        sorted(cx.read(run).await.unwrap())
    });
    for variable in ["CARGO_PKG_NAME=x", "A=", "B==1"] {
        assert_eq!(changed.iter().filter(|other| *other == variable).count(), 1);
    }
    assert!(!changed.iter().any(|variable| variable.starts_with("HOME=")));
    let only = same(async |cx| {
        sorted(cx.read(show().env_clear().env("PATH", "/usr/bin:/bin").env("A", "1")).await.unwrap())
    });
    assert_eq!(only, ["A=1", "PATH=/usr/bin:/bin"]);
}

#[test]
fn large_input_and_output() {
    let input = vec![b'i'; 4 << 20];
    let output =
        same(async |cx| cx.run(probe(&["cat"]).stdin(Stdin::Bytes(input.clone()))).await.unwrap().len());
    assert_eq!(output, input.len());
    let totals = same(async |cx| {
        let outcome = cx.output(probe(&["spam", "err", "3000000", "spam", "out", "3000000"])).await.unwrap();
        (outcome.stdout().total(), outcome.stderr().total())
    });
    assert_eq!(totals, (3_000_000, 3_000_000));
    same(async |cx| cx.run(probe(&["exit", "0"]).stdin(Stdin::Bytes(input.clone()))).await.unwrap());
}

/// Returns a line of `/proc/self/status`.
fn field(status: &str, name: &str) -> String {
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.unwrap_or_else(|| panic!("no {name} in {status}")).trim().to_owned()
}

/// Returns a set of signals, without the two that C libraries keep for themselves and treat as they like.
fn signals(status: &str, name: &str) -> u64 {
    u64::from_str_radix(&field(status, name), 16).unwrap() & !(0b11 << 31)
}

#[test]
fn signals_are_as_a_new_program_expects_them() {
    let [blocked, ignored, caught] = same(async |cx| {
        let status = cx.read(Show::new("/proc/self/status")).await.unwrap();
        ["SigBlk", "SigIgn", "SigCgt"].map(|name| signals(&status, name))
    });
    assert_eq!((blocked, caught), (0, 0));
    assert_eq!(ignored & (1 << (Signal::SIGPIPE as u32 - 1)), 0);
}

#[test]
fn what_a_thread_blocks_is_blocked_in_no_child_of_the_own_spawn() {
    SigSet::from(Signal::SIGUSR1).thread_block().unwrap();
    assert_eq!(signals(&show_with("/proc/self/status", Attributes::default()), "SigBlk"), 0);
    let mut after = SigSet::empty();
    nix::sys::signal::pthread_sigmask(SigmaskHow::SIG_BLOCK, None, Some(&mut after)).unwrap();
    assert_eq!(after, SigSet::from(Signal::SIGUSR1), "the thread blocks what it did");
}

#[test]
fn a_signal_that_the_parent_ignores_stays_ignored() {
    let text = run_ignoring_sigint("the_child_of_a_parent_that_ignores_sigint");
    assert!(text.contains("1 passed"), "{text}");
}

#[test]
#[ignore = "a part of the test above, in a process of its own"]
fn the_child_of_a_parent_that_ignores_sigint() {
    let ignored = same(async |cx| signals(&cx.read(Show::new("/proc/self/status")).await.unwrap(), "SigIgn"));
    assert_eq!(ignored & 0b10, 0b10);
}

/// Runs one of these tests in a process that ignores SIGINT, as under `nohup`-like starters.
fn run_ignoring_sigint(test: &str) -> String {
    let this = std::env::current_exe().unwrap();
    let script = "trap '' INT; exec \"$0\" --ignored --exact \"$1\"";
    let output = StdCommand::new("sh").args(["-c", script]).arg(this).arg(test).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn every_child_leads_its_own_group_in_the_parents_session() {
    // State, parent, group, session (proc_pid_stat(5)). The session is 0 where its leader is in another PID namespace.
    fn numbers(stat: &str) -> Vec<&str> {
        stat.rsplit(')').next().unwrap().split_whitespace().collect()
    }
    let own = std::fs::read_to_string("/proc/self/stat").unwrap();
    same(async |cx| {
        let outcome = cx.output(Show::new("/proc/self/stat")).await.unwrap();
        let stat = outcome.stdout().text_lossy().into_owned();
        assert_eq!(numbers(&stat)[2], outcome.pid().to_string());
        assert_eq!(numbers(&stat)[3], numbers(&own)[3]);
    });
}

#[test]
fn many_at_once_get_their_three_streams_and_nothing_else() {
    for path in PATHS {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(8).enable_all().build().unwrap();
        runtime.block_on(async {
            let cx = Cx::new().with_backend(Os::new().with_spawn(path));
            // What this process got from its own parent, std hands on.
            let alone = cx.read(probe(&["fds"])).await.unwrap();
            assert!(path == SpawnPath::Std || alone == "0 1 2", "{alone}");
            let expected = format!("in {alone}");
            for _ in 0..4 {
                let runs: Vec<_> = (0..32)
                    .map(|_| {
                        let run = probe(&["cat", "err", "e", "fds"]).stdin(Stdin::Bytes(b"in ".to_vec()));
                        tokio::spawn(cx.output(run))
                    })
                    .collect();
                for run in runs {
                    let outcome = run.await.unwrap().unwrap();
                    assert_eq!(outcome.stdout().text_lossy(), expected, "{path:?}");
                    assert_eq!(outcome.stderr().bytes(), b"e");
                }
            }
        });
    }
}

/// Runs `host` in `state` once for each way, and returns what it wrote, the std way first.
fn hosts(state: &str) -> [String; 4] {
    ["std", "clone", "pool", "crowded"].map(|path| {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("result");
        let host = env!("CARGO_BIN_EXE_host");
        let done = StdCommand::new(host).args([path, state, PROBE]).arg(&file).status().unwrap();
        assert!(done.success());
        fs::read_to_string(file).unwrap()
    })
}

#[test]
fn a_parent_without_standard_streams() {
    let [std, own, pool, crowded] = hosts("closed");
    assert_eq!([&std, &pool, &crowded], [&own; 3]);
    assert_eq!(own, "in,0 1 2 e exit status 0\no0 1 2\n".repeat(3));
}

#[test]
fn a_parent_without_standard_streams_redirects_and_copies() {
    let [std, own, pool, crowded] = hosts("redirects");
    assert_eq!([&std, &pool, &crowded], [&own; 3]);
    assert_eq!(own, "true o 1 None; Err(Spawn)\n".repeat(3) + "eoeeoeeoe");
}

#[test]
fn five_hundred_runs_leave_no_descriptor_and_no_zombie() {
    let nothing_left = "0 more descriptors, children: \"\"";
    assert_eq!(hosts("many"), [nothing_left; 4]);
}

#[test]
fn where_sigchld_is_ignored_the_status_is_lost_and_the_error_says_so() {
    for path in ["std", "clone", "pool", "crowded"] {
        let file = tempfile::NamedTempFile::new().unwrap();
        // Of GNU's core utilities; a shell does not ignore this signal, even when it is told to.
        let mut host = StdCommand::new("env");
        host.args(["--ignore-signal=CHLD", env!("CARGO_BIN_EXE_host"), path, "deaf", PROBE]).arg(file.path());
        assert!(host.status().unwrap().success());
        let text = fs::read_to_string(file.path()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        for line in &lines[..2] {
            assert!(line.contains("its exit status is lost: this process ignores SIGCHLD"), "{path}: {line}");
        }
        assert_eq!(lines[2], "Err(DirectoryNotFound)", "{path}");
    }
}

#[test]
fn what_other_code_left_open_reaches_no_child_of_the_own_spawn() {
    let [_, own, pool, crowded] = hosts("open");
    assert_eq!([&*own, &*pool, &*crowded], ["0 1 2"; 3]);
}

#[test]
fn output_beyond_the_limit_is_counted_and_the_parent_does_not_grow() {
    let within = format!("exit status 0 {} false flat", 64 << 10);
    assert_eq!(hosts("capped"), std::array::from_fn(|_| within.clone()));
}

#[test]
fn no_spawn_makes_the_kernel_copy_what_the_parent_has_touched() {
    assert_eq!(hosts("touched"), ["few few few few"; 4]);
}

#[test]
fn where_many_descriptors_are_open_a_child_opens_its_pipes_itself() {
    let [_, own, _, crowded] = hosts("pipes");
    assert_eq!([&*own, &*crowded], ["[false, false, false]", "[true, true, true]"]);
}

/// Starts what `change` makes of a launch, the same way for both, and returns why it failed.
#[track_caller]
fn fault(change: impl Fn(&mut Launch)) -> (StartErrorKind, PathBuf) {
    let faults = PATHS.map(|path| {
        let error = start(path, &change).unwrap_err();
        (error.kind, error.path)
    });
    let [std, own, pool] = faults;
    assert_eq!(std, own);
    assert_eq!(own, pool);
    own
}

fn start(path: SpawnPath, change: impl Fn(&mut Launch)) -> Result<(Reaped, Vec<u8>), StartError> {
    let mut launch = probe(&["out", "x"]).plan().unwrap().launch().clone();
    change(&mut launch);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let Started { mut process, stdout, .. } = Os::new().with_spawn(path).start_soon(&launch).await?;
        let mut output = Vec::new();
        if let Some(mut stdout) = stdout {
            tokio::io::AsyncReadExt::read_to_end(&mut stdout, &mut output).await.unwrap();
        }
        poll_fn(|context| process.poll_exit(context)).await.unwrap();
        Ok((process.reap().unwrap(), output))
    })
}

/// A plan names what it selects; whoever starts something without one may leave that to the backend.
#[test]
fn a_selection_of_the_environment() {
    let [std, own, pool] = PATHS.map(|path| {
        let (_, output) = start(path, |launch| {
            launch.program = "/bin/cat".into();
            launch.args = vec!["/proc/self/environ".into()];
            launch.environment.keep_only(["CARGO_PKG_*", "PATH"]);
            launch.environment.remove("CARGO_PKG_VERSION");
        })
        .unwrap();
        let text = String::from_utf8(output).unwrap();
        let name = |variable: &str| variable.split_once('=').unwrap().0.to_owned();
        text.split_terminator('\0').map(name).collect::<BTreeSet<_>>()
    });
    assert!(own.contains("CARGO_PKG_NAME") && !own.contains("CARGO_PKG_VERSION"), "{own:?}");
    assert!(own.iter().all(|name| name == "PATH" || name.starts_with("CARGO_PKG_")), "{own:?}");
    assert_eq!((&std, &pool), (&own, &own));
}

#[test]
fn what_keeps_a_program_from_starting() {
    use StartErrorKind as Kind;
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let script = |name: &str, text: &str, mode: u32| {
        fs::write(at(name), text).unwrap();
        fs::set_permissions(at(name), Permissions::from_mode(mode)).unwrap();
        at(name)
    };
    let program = |path: PathBuf| fault(|launch| launch.program = path.clone());
    assert_eq!(program(at("nope")), (Kind::ProgramNotFound, at("nope")));
    assert_eq!(program(dir.path().to_owned()), (Kind::ProgramIsDirectory, dir.path().to_owned()));
    let plain = script("plain", "#!/bin/sh\n", 0o644);
    assert_eq!(program(plain.clone()), (Kind::NotExecutable, plain));
    let headless = script("headless", "echo no\n", 0o755);
    assert_eq!(program(headless.clone()), (Kind::UnknownFormat, headless));
    assert_eq!(
        program(script("lost", "#!/nope/sh\n", 0o755)),
        (Kind::InterpreterNotFound, "/nope/sh".into())
    );
    let chained = format!("#!{}\n", at("plain").display());
    assert_eq!(program(script("chained", &chained, 0o755)), (Kind::NotExecutable, at("plain")));
    fs::copy(PROBE, at("busy")).unwrap();
    let writer = fs::OpenOptions::new().append(true).open(at("busy")).unwrap();
    assert_eq!(program(at("busy")), (Kind::Busy, at("busy")));
    drop(writer);

    let directory = |dir: PathBuf| fault(|launch| launch.dir = Some(dir.clone()));
    assert_eq!(directory(at("nope")), (Kind::DirectoryNotFound, at("nope")));
    assert_eq!(directory(at("plain")), (Kind::DirectoryNotFound, at("plain")));
    // Both are missing; the directory comes first.
    let both = fault(|launch| {
        (launch.program, launch.dir) = (at("nope"), Some(at("nowhere")));
    });
    assert_eq!(both, (Kind::DirectoryNotFound, at("nowhere")));

    let long = fault(|launch| launch.args = vec!["x".repeat(100_000).into(); 100]);
    assert_eq!(long, (Kind::ArgumentsTooLong, PROBE.into()));
    assert_eq!(fault(|launch| launch.args = vec!["a\0b".into()]), (Kind::Other, PROBE.into()));
    let variable = fault(|launch| launch.environment.set("A", "a\0b"));
    assert_eq!(variable, (Kind::Other, PROBE.into()));
    let nul = fault(|launch| launch.dir = Some("/a\0b".into()));
    assert_eq!(nul.0, Kind::Other);
}

#[test]
fn cpu_times_are_known_on_both_ways() {
    for path in PATHS {
        let work = ["spam", "out", "50000000"].map(Into::into).to_vec();
        let (reaped, _) =
            start(path, |launch| (launch.args, launch.stdout) = (work.clone(), Stdio::Null)).unwrap();
        let cpu = reaped.cpu.unwrap();
        assert!(reaped.status == ExitStatus::Code(0) && cpu.user + cpu.system > Duration::ZERO, "{reaped:?}");
    }
}

#[test]
fn a_child_that_waits_uses_next_to_no_processor() {
    let limit = Duration::from_secs(1);
    let error = probe(&["stay"]).timeout(limit).run().wait().unwrap_err();
    let outcome = error.outcome().unwrap();
    let cpu = outcome.cpu().unwrap();
    assert!(outcome.duration() >= limit && cpu.user + cpu.system < limit / 2, "{cpu:?}");
}

fn with(change: impl Fn(&mut Attributes)) -> Attributes {
    let mut attributes = Attributes::default();
    change(&mut attributes);
    attributes
}

/// Shows `file` in a child with these attributes.
#[track_caller]
fn show_with(file: &str, attributes: Attributes) -> String {
    let show = Show::new(file).plan().unwrap().launch().clone();
    let (reaped, output) = start(SpawnPath::Clone, |launch| {
        *launch = show.clone();
        launch.attributes = attributes.clone();
    })
    .unwrap();
    assert_eq!(reaped.status, ExitStatus::Code(0));
    String::from_utf8(output).unwrap()
}

#[test]
fn attributes_are_set_by_the_own_spawn_and_refused_by_the_other() {
    let attributes = with(|a| (a.session, a.umask, a.nice) = (true, Some(0o27), Some(7)));
    let stat = show_with("/proc/self/stat", attributes.clone());
    let numbers: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    assert_eq!((numbers[2], numbers[16]), (numbers[3], "7"), "group and session, and the niceness");
    assert_eq!(field(&show_with("/proc/self/status", attributes.clone()), "Umask"), "0027");

    let error = start(SpawnPath::Std, |launch| launch.attributes = attributes.clone()).unwrap_err();
    assert_eq!((error.kind, error.source.kind()), (StartErrorKind::Other, std::io::ErrorKind::Unsupported));
    assert!(error.to_string().contains("need the own spawn"), "{error}");
}

#[test]
fn limits_are_set() {
    let attributes = with(|a| {
        a.limits = vec![
            Limit::new(Resource::CoreSize, 0),
            Limit { resource: Resource::OpenFiles, soft: Some(20), hard: Some(30) },
            Limit::new(Resource::AddressSpace, 1 << 30),
            Limit::new(Resource::CpuTime, 60),
            Limit { resource: Resource::FileSize, soft: Some(4096), hard: None },
        ];
    });
    let limits = show_with("/proc/self/limits", attributes);
    let of = |name: &str| -> Vec<&str> {
        let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().take(2).collect()
    };
    assert_eq!(of("Max core file size"), ["0", "0"]);
    assert_eq!(of("Max open files"), ["20", "30"]);
    assert_eq!(of("Max address space"), ["1073741824", "1073741824"]);
    assert_eq!(of("Max cpu time"), ["60", "60"]);
    assert_eq!(of("Max file size")[0], "4096");
}

#[test]
fn a_limit_too_low_for_any_program_ends_the_child_and_nothing_else() {
    for resource in [Resource::AddressSpace, Resource::StackSize, Resource::DataSize] {
        for most in [0, 4096] {
            let ended = start(SpawnPath::Clone, |launch| {
                launch.attributes = with(|a| a.limits = vec![Limit::new(resource, most)]);
            });
            match ended {
                Ok((reaped, _)) => assert_ne!(reaped.status, ExitStatus::Code(0), "{resource} {most}"),
                Err(error) => assert_eq!(error.step, Some(Step::Execute), "{resource} {most}: {error}"),
            }
        }
    }
    assert_eq!(start(SpawnPath::Clone, |_| {}).unwrap().1, b"x");
}

/// The steps are told through memory that threads share with their own child only.
#[test]
fn threads_that_fail_in_different_steps_do_not_mix_them_up() {
    type Change = fn(&mut Launch);
    let changes: [(Change, Option<Step>); 5] = [
        (|_| {}, None),
        (|launch| launch.program = "/nope".into(), Some(Step::Execute)),
        (|launch| launch.dir = Some("/nope".into()), Some(Step::Directory)),
        (|launch| launch.attributes = with(|a| a.gid = Some(Gid::from_raw(u32::MAX))), Some(Step::Gid)),
        (
            |launch| {
                let wrong = Limit { resource: Resource::CpuTime, soft: Some(2), hard: Some(1) };
                launch.attributes = with(|a| a.limits = vec![wrong]);
            },
            Some(Step::Limit(Resource::CpuTime)),
        ),
    ];
    std::thread::scope(|scope| {
        for thread in 0..8 {
            scope.spawn(move || {
                for (change, expected) in changes.iter().cycle().skip(thread).take(100) {
                    let path = if thread % 2 == 0 { SpawnPath::Clone } else { SpawnPath::Pool };
                    let step = start(path, change).map_or_else(|error| error.step, |_| None);
                    assert_eq!(step, *expected);
                }
            });
        }
    });
}

#[test]
fn the_step_that_failed_is_named() {
    let step = |change: &dyn Fn(&mut Launch)| start(SpawnPath::Clone, change).unwrap_err();
    let error = step(&|launch| {
        let wrong = Limit { resource: Resource::OpenFiles, soft: Some(2), hard: Some(1) };
        launch.attributes = with(|a| a.limits = vec![wrong]);
    });
    assert_eq!(error.step, Some(Step::Limit(Resource::OpenFiles)));
    assert!(error.to_string().starts_with("limiting its open files: Invalid argument"), "{error}");
    let error = step(&|launch| launch.attributes = with(|a| a.uid = Some(Uid::from_raw(u32::MAX))));
    assert!(matches!(error.step, Some(Step::Uid)), "{error}");
    assert_eq!(step(&|launch| launch.dir = Some("/nope".into())).step, Some(Step::Directory));
    assert_eq!(step(&|launch| launch.program = "/nope".into()).step, Some(Step::Execute));
    assert_eq!(step(&|launch| launch.args = vec!["\0".into()]).step, Some(Step::Words));
}

#[test]
fn ids_are_set_in_an_order_that_works() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("skipped: only root can become somebody else");
        return;
    }
    let ids = |attributes| {
        let status = show_with("/proc/self/status", attributes);
        ["Uid", "Gid", "Groups"].map(|name| field(&status, name).replace('\t', " "))
    };
    let all = with(|a| {
        (a.uid, a.gid, a.groups) =
            (Some(Uid::from_raw(65534)), Some(Gid::from_raw(65533)), Some([7, 5].map(Gid::from_raw).to_vec()))
    });
    assert_eq!(ids(all), ["65534 65534 65534 65534", "65533 65533 65533 65533", "5 7"]);
    assert_eq!(ids(with(|a| a.uid = Some(Uid::from_raw(65534))))[2], "", "the parent's groups are dropped");
    assert_eq!(hosts("ids")[1..], ["Dumpable"; 3]);

    let dir = tempfile::tempdir().unwrap();
    fs::set_permissions(dir.path(), Permissions::from_mode(0o700)).unwrap();
    let error = start(SpawnPath::Clone, |launch| {
        launch.program = Path::new("/bin/true").to_owned();
        launch.dir = Some(dir.path().to_owned());
        launch.attributes = with(|a| a.uid = Some(Uid::from_raw(65534)));
    })
    .unwrap_err();
    assert_eq!((error.step, error.kind), (Some(Step::Directory), StartErrorKind::DirectoryNotFound));
}
