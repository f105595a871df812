//! Processes, pipes and signals of the scripted machine behave as those of Linux.

use std::time::Duration;

use cuprum::backend::Signal;
use cuprum::lab::{Breach, Lab, Script, What};
use cuprum::outcome::CancelReason;
use cuprum::prelude::*;
use cuprum::spec::{Budget, Leftovers, Stdin, Stdio};
use cuprum::{ErrorKind, ExitStatus, Outcome};
use cuprum_tests::Probe;

use crate::{SECOND, probe};

fn lab(script: Script) -> Lab {
    Lab::new().on_program::<Probe>(script)
}

/// Runs the script with these leftovers and returns the outcome.
#[track_caller]
fn outcome(script: Script, leftovers: Leftovers) -> (Lab, Outcome) {
    let lab = lab(script);
    let outcome = lab.run(async { probe(&["x"]).leftovers(leftovers).output().await.unwrap() });
    (lab, outcome)
}

/// Runs the script with a timeout of a second and a grace of two, and returns the outcome.
#[track_caller]
fn timed_out(script: Script) -> (Lab, Outcome) {
    let lab = lab(script);
    let command = probe(&["x"]).timeout(SECOND).grace(2 * SECOND);
    let error = lab.run(async { command.run().await.unwrap_err() });
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    (lab, error.into_outcome().unwrap())
}

#[test]
fn output_comes_in_timed_pieces_on_both_streams() {
    let script = Script::stdout("a").wait(SECOND).stderr("b").wait(SECOND).print("c").then_exit(4);
    let (lab, outcome) = outcome(script, Leftovers::Wait);
    assert_eq!((outcome.stdout().bytes(), outcome.stderr().bytes()), (&b"ac"[..], &b"b"[..]));
    assert_eq!((outcome.status(), outcome.duration()), (ExitStatus::Code(4), 2 * SECOND));
    let moments: Vec<_> = lab.moments().iter().map(|moment| (moment.at, moment.what)).collect();
    assert_eq!(
        moments,
        [
            (Duration::ZERO, What::Started),
            (Duration::ZERO, What::Stdout(1)),
            (SECOND, What::Stderr(1)),
            (2 * SECOND, What::Stdout(1)),
            (2 * SECOND, What::Exited(ExitStatus::Code(4))),
            (2 * SECOND, What::Reaped),
        ]
    );
}

#[test]
fn an_input_is_read_in_lines_in_bytes_and_to_its_end() {
    let lab = lab(Script::new().read_line().print("1").read(3).print("2").read_all().print("3"));
    let input = Stdin::Bytes(b"one\ntwothree".to_vec());
    let text = lab.run(async { probe(&["x"]).stdin(input).read().await.unwrap() });
    assert_eq!(text, "123");
    assert_eq!(lab.ran()[0].input, b"one\ntwothree");
    let read = lab.moments().into_iter().filter_map(|moment| match moment.what {
        What::Read(bytes) => Some(bytes),
        _ => None,
    });
    assert_eq!(read.collect::<Vec<_>>(), [4, 3, 5]);
}

#[test]
fn more_than_a_pipe_holds_passes_both_ways_at_once() {
    let input = vec![b'x'; 1_000_000];
    let copied = lab(Script::new().copy());
    let command = probe(&["x"]).stdin(Stdin::Bytes(input.clone()));
    assert_eq!(copied.run(async { command.bytes().await.unwrap() }), input);
    let seeded = lab(Script::new().copy()).seed(1);
    let command = probe(&["x"]).stdin(Stdin::Bytes(input.clone()));
    assert_eq!(seeded.run(async { command.bytes().await.unwrap() }), input);
}

#[test]
fn a_script_that_does_not_read_its_input_is_no_error() {
    let input = || Stdin::Bytes(vec![b'x'; 1_000_000]);
    for script in [Script::stdout("y"), Script::new().close_stdin().wait(SECOND).print("y")] {
        let lab = lab(script);
        assert_eq!(lab.run(async { probe(&["x"]).stdin(input()).read().await.unwrap() }), "y");
    }
}

#[test]
fn the_input_is_empty_by_default() {
    let lab = lab(Script::new().copy().print("end"));
    assert_eq!(lab.run(async { probe(&["x"]).read().await.unwrap() }), "end");
}

#[test]
fn a_request_to_end_kills_unless_it_is_ignored_or_handled() {
    let (lab, outcome) = timed_out(Script::stdout("a").hang());
    assert_eq!((outcome.status(), outcome.duration()), (ExitStatus::Signal(15), SECOND));
    assert_eq!(lab.ran()[0].signals, [Signal::Term, Signal::Cont, Signal::Kill]);
    assert_eq!(outcome.stopped().unwrap().reason, CancelReason::Timeout(SECOND));

    let (_, outcome) = timed_out(Script::new().ignore_term().print("kept").hang());
    assert_eq!((outcome.status(), outcome.duration()), (ExitStatus::Signal(9), 3 * SECOND));
    assert!(outcome.stopped().unwrap().forced);
    assert_eq!(outcome.stdout().bytes(), b"kept");

    let bye = Script::stdout("bye").wait(SECOND);
    let (_, outcome) = timed_out(Script::new().on_term(bye.clone()).hang());
    assert_eq!((outcome.status(), outcome.duration()), (ExitStatus::Code(0), 2 * SECOND));
    assert_eq!(outcome.stdout().bytes(), b"bye");

    let (_, outcome) = timed_out(Script::new().on_term(bye.wait(9 * SECOND)).hang());
    assert_eq!((outcome.status(), outcome.duration()), (ExitStatus::Signal(9), 3 * SECOND));
}

#[test]
fn a_stopped_process_gets_the_request_when_it_goes_on() {
    let (_, outcome) = timed_out(Script::stdout("a").stop().print("b"));
    assert_eq!((outcome.status(), outcome.duration()), (ExitStatus::Signal(15), SECOND));
    assert_eq!(outcome.stdout().bytes(), b"a");
    let (_, outcome) = timed_out(Script::new().on_term(Script::stdout("c")).stop().print("b").hang());
    assert_eq!((outcome.status(), outcome.stdout().bytes()), (ExitStatus::Code(0), &b"c"[..]));
}

#[test]
fn a_child_that_holds_the_streams_is_waited_for_or_not() {
    let script = || Script::stdout("a").hold(9 * SECOND);
    let (lab, waited) = outcome(script(), Leftovers::Wait);
    assert_eq!((waited.duration(), waited.leaked()), (9 * SECOND, false));
    assert!(lab.moments().iter().any(|moment| moment.what == What::Forked(101)));
    let (_, killed) = outcome(script(), Leftovers::Kill);
    assert!(killed.leaked() && killed.duration() < SECOND, "{killed:?}");
}

#[test]
fn a_quiet_that_ends_a_drained_run_is_counted_from_the_end_of_the_command() {
    // It is silent for long, ends, and what it has left behind still prints.
    let other = Script::new().wait(19 * SECOND / 2).print("b");
    let (_, drained) = outcome(Script::stdout("a").fork(other).wait(9 * SECOND), Leftovers::Drain(SECOND));
    assert_eq!((drained.stdout().bytes(), drained.leaked()), (&b"ab"[..], false));
}

#[test]
fn a_process_that_is_left_alive_is_a_breach() {
    let lab = lab(Script::stdout("a").hold(9 * SECOND));
    let run = async { probe(&["x"]).leftovers(Leftovers::Drain(SECOND)).output().await.unwrap() };
    let report = lab.try_run(run).unwrap_err();
    assert_eq!(report.breaches, [Breach::Alive(102)]);
    assert!(report.to_string().contains("pid 102 is still alive"), "{report}");
}

#[test]
fn a_daemon_outlives_the_run_and_its_signals() {
    let daemon = Script::new().new_session().close_stdout().close_stderr().wait(1000 * SECOND);
    let (lab, outcome) = timed_out(Script::stdout("a").fork(daemon).hang());
    assert_eq!(outcome.duration(), SECOND);
    assert!(
        !lab.moments()
            .iter()
            .any(|moment| moment.pid == 102 && moment.what == What::Exited(outcome.status()))
    );
}

#[test]
fn a_holder_outside_of_the_group_does_not_keep_a_timeout_waiting() {
    let holder = Script::new().new_session().wait(1000 * SECOND);
    let (_, outcome) = timed_out(Script::stdout("a").fork(holder));
    // The grace is two seconds, and nobody of the group needs it.
    assert!(outcome.leaked() && outcome.duration() < 3 * SECOND / 2, "{outcome:?}");
    // Nor does one that never stops printing.
    let holder = Script::new().new_session().forever(Script::stdout("x").wait(SECOND / 100));
    let (_, outcome) = timed_out(Script::stdout("a").fork(holder));
    assert!(outcome.leaked() && outcome.duration() < 6 * SECOND, "{outcome:?}");
}

#[test]
fn what_others_print_right_after_the_end_of_a_stopped_group_is_kept() {
    let holder = Script::new().new_session().wait(SECOND + SECOND / 20).print("b").wait(1000 * SECOND);
    let (_, outcome) = timed_out(Script::stdout("a").fork(holder).hang());
    assert_eq!((outcome.stdout().bytes(), outcome.leaked()), (&b"ab"[..], true));
}

#[test]
fn a_command_that_prints_now_and_then_is_not_idle() {
    let lab = lab(Script::new().repeat(5, Script::stdout("tick").wait(SECOND)).hang());
    let error = lab.run(probe(&["x"]).idle_timeout(3 * SECOND / 2).run()).unwrap_err();
    assert_eq!((error.kind(), lab.now()), (ErrorKind::IdleTimeout, 4 * SECOND + 3 * SECOND / 2));
    assert_eq!(error.outcome().unwrap().stdout().total(), 20);
}

#[test]
fn an_output_of_exactly_the_limit_is_within_it() {
    let run = |most| {
        let budget = Budget { output: Some(most), time: Some(SECOND) };
        lab(Script::stdout("12345").stderr("678").hang()).run(probe(&["x"]).budget(budget).run())
    };
    assert_eq!(run(8).unwrap_err().kind(), ErrorKind::Timeout);
    assert_eq!(run(7).unwrap_err().kind(), ErrorKind::OutputLimit);
}

#[test]
fn beside_a_holder_outside_of_the_group_its_members_have_their_grace() {
    let holder = || Script::new().new_session().wait(1000 * SECOND);
    let slow = |takes| Script::new().on_term(Script::new().wait(takes)).hang();
    let (_, outcome) = timed_out(Script::new().fork(holder()).fork(slow(SECOND)).hang());
    assert!((2 * SECOND..5 * SECOND / 2).contains(&outcome.duration()), "{outcome:?}");
    let (lab, outcome) = timed_out(Script::new().fork(holder()).fork(slow(100 * SECOND)).hang());
    assert!((3 * SECOND..7 * SECOND / 2).contains(&outcome.duration()), "{outcome:?}");
    let killed = What::Exited(ExitStatus::Signal(9));
    assert!(lab.moments().iter().any(|moment| moment.pid == 103 && moment.what == killed));
}

#[test]
fn a_member_of_the_group_that_ignores_the_request_is_killed_after_the_grace() {
    let child = Script::new().ignore_term().hang();
    let (lab, outcome) = timed_out(Script::new().fork(child).hang());
    assert_eq!((outcome.status(), outcome.duration()), (ExitStatus::Signal(15), 3 * SECOND));
    let killed = What::Exited(ExitStatus::Signal(9));
    assert!(lab.moments().iter().any(|moment| moment.pid == 102 && moment.what == killed));
}

#[test]
fn a_parent_may_wait_for_its_children() {
    let script =
        Script::new().fork(Script::new().wait(SECOND).print("b")).print("a").wait_for_children().print("c");
    let (_, outcome) = outcome(script, Leftovers::Wait);
    assert_eq!((outcome.stdout().bytes(), outcome.duration()), (&b"abc"[..], SECOND));
}

#[test]
fn steps_can_be_repeated() {
    let (_, outcome) =
        outcome(Script::new().repeat(3, Script::stdout("a").wait(SECOND)).print("b"), Leftovers::Wait);
    assert_eq!((outcome.stdout().bytes(), outcome.duration()), (&b"aaab"[..], 3 * SECOND));
    let (_, outcome) = timed_out(Script::new().forever(Script::stdout("x").wait(SECOND / 4)));
    assert_eq!(outcome.stdout().bytes(), b"xxxx");
}

#[test]
fn whoever_prints_what_nobody_reads_is_killed_by_it() {
    // The run gives up its pipes while the child still prints.
    let child = Script::new().new_session().forever(Script::stdout("x").wait(SECOND / 100));
    let (lab, outcome) = timed_out(Script::new().fork(child).hang());
    assert!(outcome.leaked());
    let report = lab.try_run(lab.sleep(SECOND));
    assert!(report.is_ok(), "{report:?}");
    let killed = What::Exited(ExitStatus::Signal(13));
    assert!(lab.moments().iter().any(|moment| moment.pid == 102 && moment.what == killed));
}

#[test]
fn a_run_that_is_dropped_while_it_is_torn_down_gets_no_second_grace() {
    let lab = lab(Script::new().ignore_term().hang());
    lab.run(async {
        let run = probe(&["x"]).timeout(SECOND).grace(4 * SECOND).run();
        tokio::select! {
            biased;
            _ = run => unreachable!(),
            () = lab.sleep(3 * SECOND) => {}
        }
    });
    assert_eq!(lab.ran()[0].ended, Some(5 * SECOND));
    assert_eq!(lab.ran()[0].signals, [Signal::Term, Signal::Cont, Signal::Kill]);
}

#[test]
fn a_start_is_refused_with_the_kind_of_the_number() {
    for (errno, kind) in [
        (2, ErrorKind::ProgramNotFound),
        (7, ErrorKind::ArgumentsTooLong),
        (8, ErrorKind::UnknownFormat),
        (12, ErrorKind::Spawn),
        (13, ErrorKind::NotExecutable),
        (26, ErrorKind::Spawn),
    ] {
        let lab = lab(Script::refused(errno));
        let error = lab.run(async { probe(&["x"]).run().await.unwrap_err() });
        assert_eq!((error.kind(), lab.ran().len()), (kind, 0), "{error}");
    }
}

#[test]
fn a_start_that_is_refused_for_a_moment_is_tried_again() {
    let lab = lab(Script::stdout("ok").refused_first([26, 11]));
    assert_eq!(lab.run(async { probe(&["x"]).read().await.unwrap() }), "ok");
    assert_eq!(lab.now(), 3 * SECOND / 1000);
}

#[test]
fn a_script_that_never_ends_is_stopped_by_the_clock() {
    for script in [Script::new().hang(), Script::new().forever(Script::new())] {
        let lab = lab(script).limit(60 * SECOND);
        let report = lab.try_run(async { probe(&["x"]).run().await.unwrap_err() }).unwrap_err();
        assert!(report.breaches.contains(&Breach::Overdue(101)), "{report}");
        assert!(report.to_string().contains("stopped by the clock's limit"), "{report}");
    }
    let waited = lab(Script::new().hang()).limit(60 * SECOND).cx().run(probe(&["x"])).wait().unwrap_err();
    assert_eq!(waited.kind(), ErrorKind::Io);
    assert!(waited.to_string().contains("its script had not ended after 60s of the lab's time"), "{waited}");
}

#[test]
fn stages_are_joined_by_pipes_that_the_host_does_not_hold() {
    let lab = Lab::new()
        .on_words(["probe", "many"], Script::new().forever(Script::stdout("line\n")))
        .on_words(["probe", "first"], Script::new().read_line().print("one"));
    let outcome = lab.run(async { (probe(&["many"]) | probe(&["first"])).output().await.unwrap() });
    assert_eq!(outcome.stdout().bytes(), b"one");
    assert_eq!(outcome.stage(0).unwrap().status(), ExitStatus::Signal(13));
    assert!(outcome.success());
}

#[test]
fn a_stage_that_fails_stops_the_others_and_nothing_is_left() {
    let lab = Lab::new()
        .on_words(["probe", "stay"], Script::new().ignore_term().hang())
        .on_words(["probe", "fail"], Script::new().wait(SECOND).then_exit(3));
    let line = (probe(&["stay"]) | probe(&["fail"])).grace(2 * SECOND);
    let error = lab.run(async { line.run().await.unwrap_err() });
    assert_eq!(error.kind(), ErrorKind::Exit, "{error}");
    assert_eq!(lab.now(), 3 * SECOND);
}

#[test]
fn streams_may_come_from_files_of_the_lab_and_go_to_them() {
    let lab =
        lab(Script::new().copy().stderr("!")).with_file("/lab/in", "text").with_file("/lab/log", "old ");
    let command = || probe(&["x"]).stdin(Stdin::file("in")).stdout(Stdio::append("log"));
    lab.run(async {
        command().stderr(Stdio::Merged).output().await.unwrap();
        command().stderr(Stdio::file("/err")).output().await.unwrap();
        let error = probe(&["x"]).stdin(Stdin::file("absent")).run().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileNotOpened, "{error}");
    });
    assert_eq!(lab.file("/lab/log").unwrap(), b"old text!text");
    assert_eq!(lab.file("/err").unwrap(), b"!");
}

#[test]
fn merged_streams_are_one_in_the_order_of_writing() {
    let script = Script::stdout("a").stderr("b").print("c");
    let lab = lab(script);
    let outcome = lab.run(async { probe(&["x"]).stderr(Stdio::Merged).output().await.unwrap() });
    assert_eq!((outcome.stdout().bytes(), outcome.stderr().bytes()), (&b"abc"[..], &b""[..]));
}

#[test]
fn an_input_may_come_from_a_reader() {
    let lab = lab(Script::new().copy());
    let input = Stdin::reader(std::io::Cursor::new(vec![b'x'; 300_000]));
    let read = lab.run(async { probe(&["x"]).stdin(input).bytes().await.unwrap() });
    assert_eq!(read.len(), 300_000);
}
