//! Files that a command replaces as a whole: at success, and otherwise not at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cuprum::lab::Breach;
use cuprum::prelude::*;
use cuprum::spec::{CancelToken, Mode, SafeCmd, Stdin, Stdio};
use cuprum::{Cx, ErrorKind, Lab, graph};
use cuprum_tests::{Probe, scripted};

const SHORT: Duration = Duration::from_millis(200);

/// A folder with one file, `old`, of a real machine or of a lab.
struct Place {
    cx: Cx,
    exe: &'static str,
    /// Of a real machine.
    folder: Option<tempfile::TempDir>,
    lab: Lab,
}

impl Place {
    /// Returns one of each world.
    fn all() -> [Self; 2] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("old"), "old").unwrap();
        let lab = scripted::lab().with_file("/files/old", "old");
        let (exe, cx) = (env!("CARGO_BIN_EXE_probe"), Cx::new());
        [
            Self { cx, exe, folder: Some(folder), lab: Lab::new() },
            Self { cx: lab.cx(), exe: "/lab/bin/probe", folder: None, lab },
        ]
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.as_ref().map_or(Path::new("/files"), |folder| folder.path()).join(name)
    }

    fn probe(&self, words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
        cuprum_tests::probe(self.exe, words)
    }

    fn text(&self, name: &str) -> Option<String> {
        let bytes = match &self.folder {
            Some(_) => fs::read(self.path(name)).ok(),
            None => self.lab.file(self.path(name)),
        };
        bytes.map(|bytes| String::from_utf8(bytes).unwrap())
    }

    /// Fails if there is anything but these files.
    #[track_caller]
    fn holds(&self, expected: &[(&str, &str)]) {
        for (name, text) in expected {
            assert_eq!(self.text(name).as_deref(), Some(*text), "{name}");
        }
        match &self.folder {
            Some(folder) => {
                let names: Vec<_> =
                    fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
                assert_eq!(names.len(), expected.len(), "{names:?}");
            }
            None => {
                let left = |breach: &Breach| matches!(breach, Breach::HalfWritten(_));
                assert!(!self.lab.breaches().iter().any(left), "{:?}", self.lab.breaches());
            }
        }
    }
}

#[test]
fn a_command_that_succeeds_replaces_the_file_and_one_that_fails_does_not() {
    for place in Place::all() {
        let to = |words: &[&str], name| place.probe(words).stdout(Stdio::atomic(place.path(name)));
        place.cx.code(to(&["out", "new"], "old")).wait().unwrap();
        place.cx.code(to(&["out", "first"], "made")).wait().unwrap();
        place.holds(&[("old", "new"), ("made", "first")]);
        let error = place.cx.run(to(&["out", "half", "exit", "3"], "old")).wait().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Exit);
        // Also where the verb is told of no failure.
        assert_eq!(place.cx.code(to(&["out", "half", "exit", "3"], "never")).wait().unwrap(), 3);
        place.cx.run(to(&["out", "half", "abort"], "old")).wait().unwrap_err();
        place.holds(&[("old", "new"), ("made", "first")]);
        // A code that is accepted is a success.
        place.cx.code(to(&["out", "fine", "exit", "3"], "old").accept([3])).wait().unwrap();
        place.holds(&[("old", "fine"), ("made", "first")]);
    }
}

#[test]
fn nobody_sees_a_half() {
    for place in Place::all() {
        let command = place.probe(&["out", "half", "stay"]).stdout(Stdio::atomic(place.path("old")));
        let token = CancelToken::new();
        let error = place.cx.run(command.clone().timeout(SHORT)).wait().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        token.cancel();
        let error = place.cx.run(command.cancelled_by(&token)).wait().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Cancelled);
        place.holds(&[("old", "old")]);
    }
}

#[test]
fn the_file_that_is_read_can_be_the_one_that_is_replaced() {
    for place in Place::all() {
        let old = place.path("old");
        let command = place.probe(&["cat", "out", "er"]).stdin(Stdin::file(&old)).stdout(Stdio::atomic(&old));
        place.cx.code(command).wait().unwrap();
        place.holds(&[("old", "older")]);
        let line = place.probe(&["cat"]).stdin(Stdin::file(&old))
            | place.probe(&["cat", "out", "!"]).stdout(Stdio::atomic(&old));
        place.cx.code(line).wait().unwrap();
        place.holds(&[("old", "older!")]);
    }
}

#[test]
fn of_a_pipeline_the_whole_must_succeed_as_its_mode_has_it() {
    for place in Place::all() {
        let line = |mode| {
            let first = place.probe(&["out", "x", "exit", "3"]);
            let last = place.probe(&["cat"]).stdout(Stdio::atomic(place.path("old")));
            (first | last.stderr(Stdio::atomic(place.path("log")))).mode(mode)
        };
        place.cx.run(line(Mode::FailFast)).wait().unwrap_err();
        place.cx.run(line(Mode::PipeFail)).wait().unwrap_err();
        place.holds(&[("old", "old")]);
        place.cx.code(line(Mode::Last)).wait().unwrap();
        place.holds(&[("old", "x"), ("log", "")]);
    }
}

#[test]
fn a_step_of_a_graph_replaces_its_file_when_it_succeeds_itself() {
    for place in Place::all() {
        let to = |words: &[&str], name| place.probe(words).stdout(Stdio::atomic(place.path(name)));
        let line = graph(to(&["out", "half", "exit", "1"], "old"))
            .or(to(&["out", "b"], "made"))
            .and(to(&["exit", "1"], "never"))
            .and(to(&["out", "skipped"], "skipped"));
        assert_eq!(place.cx.output(line).wait().unwrap().status(), 1);
        place.holds(&[("old", "old"), ("made", "b")]);
    }
}

#[test]
fn both_outputs_can_be_one_file_but_not_two_that_replace_each_other() {
    for place in Place::all() {
        let both = || place.probe(&["out", "a", "err", "b"]).stdout(Stdio::atomic(place.path("old")));
        place.cx.code(both().stderr(Stdio::Merged)).wait().unwrap();
        place.holds(&[("old", "ab")]);
        for other in [Stdio::atomic(place.path("old")), Stdio::append(place.path("old"))] {
            let error = place.cx.run(both().stderr(other.clone())).wait().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidStream);
            let line = place.probe(&["out", "x"]).stderr(other) | both();
            let error = place.cx.run(line).wait().unwrap_err();
            assert_eq!((error.kind(), error.path()), (ErrorKind::InvalidStream, Some(&*place.path("old"))));
        }
        place.holds(&[("old", "ab")]);
    }
}

#[test]
fn a_plan_says_in_a_comment_what_is_replaced_and_stays_a_line_of_a_shell() {
    let probe = |words| cuprum_tests::probe("/lab/bin/probe", words);
    let to = |path| probe(["out", "x"]).stdout(Stdio::atomic(path));
    scripted::lab().cx().scope_sync(|| {
        let x = "env PATH=/lab/bin /lab/bin/probe out x";
        let text = to("/a b").plan().unwrap().to_string();
        assert_eq!(text, format!("{x} > '/a b' # '/a b' replaced at success"));
        let stages = probe(["out", "x"]).stderr(Stdio::atomic("/log")).nice(3) | to("/b");
        let expected = format!(
            "{x} 2> /log | # niceness 3; /log replaced at success\n{x} > /b # /b replaced at success"
        );
        assert_eq!(stages.plan().unwrap().to_string(), expected);
        let steps = graph(to("/a")).and(to("/b")).plan().unwrap().to_string();
        let expected = format!("# /a replaced at success\n{x} > /a && # /b replaced at success\n{x} > /b");
        assert_eq!(steps, expected);
    });
}

#[test]
fn what_cannot_be_replaced_is_refused_before_anything_starts() {
    let [place, _] = Place::all();
    let marker = place.path("marker");
    let run = |path: &Path| {
        let touch = place.probe(&["touch", marker.to_str().unwrap()]).stdout(Stdio::atomic(path));
        place.cx.run(touch).wait().unwrap_err()
    };
    let absent = place.path("no/file");
    for (path, why) in [
        (place.path(""), "it is a directory"),
        (absent, "No such file"),
        (PathBuf::from("/dev/null"), "no regular file"),
    ] {
        let error = run(&path);
        assert_eq!((error.kind(), error.path()), (ErrorKind::FileNotOpened, Some(&*path)));
        assert!(error.to_string().contains(why), "{error}");
    }
    place.holds(&[("old", "old")]);
}

#[tokio::test]
async fn a_run_that_is_dropped_leaves_nothing_beside_the_file() {
    let [place, _] = Place::all();
    // It is up when it has written to its error stream.
    let command =
        place.probe(&["out", "half", "err", "up\n", "stay"]).stdout(Stdio::atomic(place.path("old")));
    let mut lines = command.lines();
    assert_eq!(lines.next().await.unwrap().unwrap().to_string(), "up");
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 2);
    drop(lines);
    place.holds(&[("old", "old")]);
}

/// Wherever a run is dropped, cancelled, or fails at the seam, the file is the old one or the new one.
#[test]
fn in_the_lab_nothing_is_ever_left_beside_the_file() {
    let lab = scripted::lab().with_file("/files/old", "old");
    let scenario = |lab: Lab| async move {
        let probe = |words: &[&str]| cuprum_tests::probe("/lab/bin/probe", words);
        let to = |words: &[&str]| probe(words).stdout(Stdio::atomic("/files/old"));
        let limited = to(&["out", "half", "stay"]).timeout(SHORT).cancelled_by(&lab.token());
        let _ = (probe(&["out", "x"]) | to(&["cat"])).run().await;
        let _ = limited.run().await;
        let _ = graph(to(&["out", "half", "exit", "1"])).or(to(&["out", "new"])).run().await;
        let text = lab.file("/files/old").unwrap();
        assert!([&b"old"[..], b"x", b"new"].contains(&&text[..]), "{text:?}");
    };
    assert!(lab.cancel_everywhere(scenario) > 5);
    assert!(lab.fail_everywhere(scenario) > 20);
    lab.explore(0..500).faults(20).cancels(20).run(scenario);
}

#[test]
fn a_file_that_cannot_be_put_into_its_place_is_an_error_that_names_it() {
    let [place, _] = Place::all();
    let dir = place.path("in");
    fs::create_dir(&dir).unwrap();
    // Nothing can take the place of what is a directory by now.
    let script = format!("rm {0} && mkdir {0}", dir.join("old").display());
    fs::write(dir.join("old"), "old").unwrap();
    let command = cmd!(Sh, "-c {script}").stdout(Stdio::atomic(dir.join("old")));
    let error = place.cx.run(command).wait().unwrap_err();
    assert_eq!((error.kind(), error.path()), (ErrorKind::NotReplaced, Some(&*dir.join("old"))));
    assert!(error.outcome().unwrap().status().success());
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);
}

#[derive(cuprum::Program)]
struct Sh;
