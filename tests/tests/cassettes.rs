//! Recorded runs: what is written, what is not, and how they are played without the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cuprum::lab::Breach;
use cuprum::lab::cassette::{Cassette, CassetteError, Recorder, Tape};
use cuprum::prelude::*;
use cuprum::spec::{Mode, SafeCmd, Secret, Stdin};
use cuprum::{Command, Cx, ErrorKind, ExitStatus, Lab, Outcome};
use cuprum_tests::Probe;

const SHORT: Duration = Duration::from_millis(200);

/// A run of the test program, found wherever `PATH` is set to.
fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words)
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("probe.cassette")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }
}

#[test]
fn a_secret_is_not_written_for_a_later_stage_or_in_another_form_of_its_text() {
    let folder = Folder::new();
    let recorder = Recorder::new(folder.path()).unwrap();
    // A token that was read from a file has a line end, and what is printed of it has none.
    let first = probe(&["env", "TOKEN"]).env("TOKEN", Secret::new("hunter2\n".to_owned()));
    let pipeline = first | probe(&["cat", "out", "!hunter2!"]) | probe(&["cat"]);
    let cx = Cx::new().with_backend(recorder.clone());
    assert_eq!(cx.read(pipeline).wait().unwrap(), "hunter2\n!hunter2!");
    let fed = probe(&["cat"]).stdin(Secret::new("pa55word"));
    assert_eq!(cx.read(fed).wait().unwrap(), "pa55word");
    recorder.finish().unwrap();
    let text = folder.text();
    let shown = text.matches("hunter2").count();
    assert_eq!(shown, 1, "only the word that is no secret: {text}");
    assert!(!text.contains("pa55word"), "{text}");
}

/// Records what the commands do when they are run one after the other.
fn record(folder: &Folder, commands: Vec<SafeCmd<Vec<u8>, Probe>>) -> Vec<cuprum::Result<Outcome>> {
    let recorder = Recorder::new(folder.path()).unwrap();
    let cx = Cx::new().with_backend(recorder.clone());
    let outcomes = commands.into_iter().map(|command| cx.output(command).wait()).collect();
    recorder.finish().unwrap();
    outcomes
}

fn timeless(outcome: &Outcome) -> Outcome {
    outcome.clone().with_pid(0).with_cpu(None).with_duration(Duration::ZERO)
}

#[test]
fn what_was_recorded_is_played_without_the_program() {
    let folder = Folder::new();
    let commands = || {
        vec![
            probe(&["out", "a\n", "err", "b", "exit", "3"]).env("A", "1"),
            probe(&["cat"]).stdin(Stdin::Bytes(vec![b'i'; 200_000])),
            probe(&["spam", "out", "300000", "spam", "err", "1000"]),
            probe(&["abort"]),
            probe(&["stay"]).timeout(SHORT),
            probe(&["block-term", "stay"]).timeout(SHORT).grace(SHORT),
        ]
    };
    let real = record(&folder, commands());
    let lab = Lab::replay(&Cassette::open(folder.path()).unwrap());
    let played = lab.run(async {
        let mut played = Vec::new();
        for command in commands() {
            played.push(command.output().await);
        }
        played
    });
    for (real, played) in real.iter().zip(&played) {
        match (real, played) {
            (Ok(real), Ok(played)) => assert_eq!(timeless(played), timeless(real)),
            (Err(real), Err(played)) => {
                assert_eq!(played.to_string(), real.to_string());
                assert_eq!(timeless(played.outcome().unwrap()), timeless(real.outcome().unwrap()));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(played[0].as_ref().unwrap().status(), ExitStatus::Code(3));
    assert_eq!(played[4].as_ref().unwrap_err().kind(), ErrorKind::Timeout);
}

#[test]
fn the_file_is_text_that_people_can_read() {
    let folder = Folder::new();
    record(
        &folder,
        vec![probe(&["out", "tab\t\"q\"", "exit", "3"]).env("A", "1").env_remove("B").in_dir("/")],
    );
    let text = folder.text();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with(r#"{"cassette":1,"by":"cuprum "#), "{text}");
    assert!(
        lines[1].starts_with(
            r#"{"run":{"argv":["probe","out","tab\t\"q\"","exit","3"],"dir":"/","env":{"A":"1","B":null,"#
        ),
        "{text}"
    );
    assert!(lines[2].ends_with(r#","out":"tab\t\"q\""}"#) && lines[2].starts_with(r#"{"at":"#), "{text}");
    assert!(lines[3].ends_with(r#","exit":3}"#), "{text}");
    assert_eq!(lines.len(), 4);
}

#[test]
fn many_bytes_are_compressed_and_those_that_are_no_text_are_kept() {
    let folder = Folder::new();
    let bytes: Vec<u8> = (0..100_000_u32).map(|at| (at / 7 % 256) as u8).collect();
    record(
        &folder,
        vec![probe(&["spam", "out", "3000000"]), probe(&["cat"]).stdin(Stdin::Bytes(bytes.clone()))],
    );
    assert!(folder.text().len() < 200_000, "{}", folder.text().len());
    let cassette = Cassette::open(folder.path()).unwrap();
    assert_eq!(cassette.runs()[0].stdout(), vec![b'x'; 3_000_000]);
    assert_eq!(cassette.runs()[1].stdout(), bytes);
    assert_eq!(cassette.runs()[1].status(), Some(ExitStatus::Code(0)));
}

/// A command with a password in its words and one in its environment.
#[derive(Command)]
#[command(program = Probe, output = String)]
struct Login {
    #[arg(positional, allow_hyphen)]
    words: Vec<String>,
    #[arg(long)]
    password: Secret<String>,
    #[arg(env = "TOKEN")]
    token: Option<Secret<String>>,
}

#[test]
fn secrets_are_never_written() {
    let lab = Lab::new()
        .when(|_| true, cuprum::lab::Script::stdout("you are hun").print("ter2, machine seven; t0ken!"));
    let folder = Folder::new();
    let recorder = Recorder::of(lab, folder.path()).unwrap().hide("machine seven");
    let login = |password: &str| {
        let login = Login::new(Secret::new(password.to_owned()));
        login.words("hunter2-in-a-word").token(Secret::new("t0ken".to_owned()))
    };
    let real = Cx::new().with_backend(recorder.clone()).run(login("hunter2")).wait().unwrap();
    assert_eq!(real, "you are hunter2, machine seven; t0ken!");
    recorder.finish().unwrap();
    let text = folder.text();
    for secret in ["hunter2", "hun\"", "ter2", "t0ken", "seven"] {
        assert!(!text.contains(secret), "{text}");
    }
    let lab = Lab::replay(&Cassette::open(folder.path()).unwrap());
    assert_eq!(lab.run(async { login("hunter2").run().await.unwrap() }), "you are ***, ***; ***!");
}

#[test]
fn a_tape_records_once_and_is_played_from_then_on() {
    let folder = Folder::new();
    let run = || {
        let tape = Tape::once(folder.path()).unwrap();
        let text = tape.cx().read(probe(&["out", "hello"])).wait().unwrap();
        tape.finish().unwrap();
        (tape.is_recording(), text)
    };
    assert_eq!(run(), (true, "hello".to_owned()));
    let text = folder.text().replace("\"out\":\"hello\"", "\"out\":\"played\"");
    fs::write(folder.path(), text).unwrap();
    assert_eq!(run(), (false, "played".to_owned()));

    let strict = Tape::once(folder.path()).unwrap();
    let error = strict.cx().read(probe(&["out", "other"])).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unscripted);
    let text = error.to_string();
    assert!(
        text.contains("probe.cassette:2), and differs at word 2: it has `hello`, the command has `other`"),
        "{text}"
    );
    let text = strict.finish().unwrap_err().to_string();
    assert!(text.contains("there is no script for `probe out other`"), "{text}");
}

#[test]
fn a_tape_that_passes_through_runs_what_was_not_recorded() {
    let folder = Folder::new();
    record(&folder, vec![probe(&["out", "recorded"])]);
    let text = folder.text().replace("\"out\":\"recorded\"", "\"out\":\"played\"");
    let tape = Tape::passthrough(&Cassette::parse(&text).unwrap());
    assert_eq!(tape.cx().read(probe(&["out", "recorded"])).wait().unwrap(), "played");
    // It was recorded once, so the second time is real.
    assert_eq!(tape.cx().read(probe(&["out", "recorded"])).wait().unwrap(), "recorded");
    assert_eq!(tape.cx().read(probe(&["out", "real"])).wait().unwrap(), "real");
    let line = probe(&["out", "recorded"]) | probe(&["cat"]);
    assert_eq!(tape.cx().scope_sync(|| line.read().wait()).unwrap(), "recorded");
    let elsewhere = probe(&["out", "recorded"]).env("PATH", "/nowhere");
    let tape = Tape::passthrough(&Cassette::parse(&text).unwrap());
    assert_eq!(tape.cx().read(elsewhere).wait().unwrap(), "played");
}

#[test]
fn runs_of_the_same_words_are_played_in_order_and_all_of_them_must_be() {
    let text = r#"{"cassette":1}
{"run":{"argv":["probe","x"]}}
{"at":5,"refused":13}
{"run":{"argv":["probe","x"]}}
{"at":7,"out":"second"}
{"at":9,"exit":0}
{"run":{"argv":["probe","--version"],"version":true}}
{"at":9,"exit":0}
"#;
    let cassette = Cassette::parse(text).unwrap();
    let lab = Lab::replay(&cassette);
    lab.run(async {
        assert_eq!(probe(&["x"]).run().await.unwrap_err().kind(), ErrorKind::NotExecutable);
        assert_eq!(probe(&["x"]).read().await.unwrap(), "second");
    });
    assert_eq!(lab.now(), Duration::from_micros(9));
    let lab = Lab::replay(&cassette);
    let report = lab.try_run(async { drop(probe(&["x"]).run().await) }).unwrap_err();
    assert!(matches!(report.breaches.as_slice(), [Breach::Unplayed(_)]), "{report}");
    assert!(
        report
            .to_string()
            .contains("nobody asked for `probe x` (cassette:2), recorded 2 times and run 1 times"),
        "{report}"
    );
}

/// Checks what is said of a text that is wrong, and at which line.
#[track_caller]
fn check(text: &str, line: usize, said: &str) {
    let error = Cassette::parse(text).unwrap_err();
    assert_eq!((error.line(), error.to_string()), (Some(line), format!("the cassette, line {line}: {said}")));
}

#[test]
fn a_cassette_that_is_cut_off_newer_or_edited_says_where() {
    const RUN: &str = "{\"cassette\":1}\n{\"run\":{\"argv\":[\"a\"]}}\n";
    check("", 1, "it is empty");
    check("hello", 1, "it is no cassette: the first line must be `{\"cassette\":1}`");
    check("{\"run\":{\"argv\":[\"a\"]}}", 1, "it is no cassette: the first line must be `{\"cassette\":1}`");
    check(
        "{\"cassette\":2,\"new\":[]}\nx",
        1,
        "version 2 is newer than 1, the newest that this library reads",
    );
    let cut_off = "the run that begins here has no end: the file was cut off, or its last line is missing";
    check(RUN, 2, cut_off);
    check(&format!("{RUN}{{\"at\":1,\"out\":\"x\"}}\n"), 2, cut_off);
    check(&format!("{RUN}{{\"at\":1,\"ou"), 3, "EOF while parsing a string (column 11)");
    check(&format!("{RUN}{{\"run\":{{\"argv\":[\"b\"]}}}}"), 3, "the run of line 2 has no end");
    check(
        &format!("{RUN}{{\"at\":9,\"out\":\"x\"}}\n{{\"at\":8,\"exit\":0}}"),
        4,
        "`at` goes back, from 9 to 8",
    );
    check(&format!("{RUN}{{\"exit\":0}}"), 3, "the time is missing: `at`, in microseconds");
    let one = "a line says one of `run`, `out`, `err`, `asked_to_end`, `exit`, `signal`, `refused`";
    check(&format!("{RUN}{{\"at\":1}}"), 3, one);
    check(&format!("{RUN}{{\"at\":1,\"exit\":0,\"signal\":9}}"), 3, one);
    check(
        &format!("{RUN}{{\"at\":1,\"exit\":0}}\n{{\"at\":2,\"out\":\"x\"}}"),
        4,
        "there is no run that this could belong to",
    );
    check(
        &format!("{RUN}{{\"at\":1,\"out\":\"x\"}}\n{{\"at\":2,\"refused\":2}}"),
        4,
        "what was not started can do nothing before",
    );
    check(
        "{\"cassette\":1}\n{\"run\":{\"argv\":[]}}",
        2,
        "`argv` is empty; its first word is the program's name",
    );
    let base64 = r#"{"at":1,"out":{"base64":"%"}}"#;
    check(&format!("{RUN}{base64}"), 3, "the base64 text is wrong: Invalid symbol 37, offset 0.");
    let huge = r#"{"at":1,"out":{"deflate":"","length":99999999999}}"#;
    check(&format!("{RUN}{huge}"), 3, "99999999999 bytes are more than a chunk has");
    let short = r#"{"at":1,"out":{"deflate":"eJxLTEpOAQAD2gGL","length":9}}"#;
    assert_eq!(Cassette::parse(&format!("{RUN}{short}")).unwrap_err().line(), Some(3));
    let error = Cassette::parse(&format!("{RUN}{{\"at\":1,\"exti\":0}}")).unwrap_err().to_string();
    assert!(error.starts_with("the cassette, line 3: unknown field `exti`"), "{error}");
}

#[test]
fn a_file_that_cannot_be_opened_is_named() {
    let error: CassetteError = Cassette::open("/nowhere/a.cassette").unwrap_err();
    assert_eq!(error.path(), Some(Path::new("/nowhere/a.cassette")));
    assert!(error.to_string().starts_with("/nowhere/a.cassette: No such file"), "{error}");
    assert!(Recorder::new("/nowhere/a.cassette").is_err());
    assert!(Tape::once("/nowhere/a.cassette").is_err());
}

/// A pipeline with an early end, a failure in the middle, or more than a pipe holds.
fn pipelines() -> Vec<cuprum::spec::Pipeline<Vec<u8>, cuprum::spec::Mixed>> {
    let input = Stdin::Bytes(b"some words".to_vec());
    vec![
        (probe(&["cat"]).stdin(input) | probe(&["cat", "err", "seen", "out", "!"])).mixed(),
        // The one in the middle fails when its reader has ended, which is to stop nobody.
        (probe(&["spam", "out", "300000"]) | probe(&["cat"]) | probe(&["take", "7"]))
            .mode(Mode::PipeFail)
            .mixed(),
        (probe(&["out", "x", "stay"]) | probe(&["take", "1", "err", "no", "exit", "3"]) | probe(&["stay"]))
            .mixed(),
    ]
}

fn timeless_stages(outcome: &cuprum::outcome::PipelineOutcome) -> Vec<Outcome> {
    outcome.stages().map(timeless).collect()
}

#[test]
fn pipelines_are_recorded_and_played_stage_by_stage() {
    let folder = Folder::new();
    let recorder = Recorder::new(folder.path()).unwrap();
    let cx = Cx::new().with_backend(recorder.clone());
    let plain = Cx::new();
    let real: Vec<_> = pipelines().into_iter().map(|line| cx.output(line).wait().unwrap()).collect();
    recorder.finish().unwrap();
    // Recording changes nothing that the caller sees.
    let other = plain.output(pipelines().remove(0)).wait().unwrap();
    assert_eq!(timeless_stages(&real[0]), timeless_stages(&other));

    let cassette = Cassette::open(folder.path()).unwrap();
    let of = |words: &[&str]| {
        let words: Vec<_> = ["probe"].iter().chain(words).map(std::ffi::OsString::from).collect();
        cassette.runs().iter().find(|run| run.argv == words).unwrap()
    };
    assert_eq!(of(&["cat", "err", "seen", "out", "!"]).stdout(), b"some words!");
    assert_eq!(of(&["out", "x", "stay"]).stdout(), b"x");

    let lab = Lab::replay(&cassette);
    let played = lab.run(async {
        let mut played = Vec::new();
        for line in pipelines() {
            played.push(line.output().await.unwrap());
        }
        played
    });
    for (real, played) in real.iter().zip(&played) {
        assert_eq!(played.failure_index(), real.failure_index());
        assert_eq!(timeless_stages(played), timeless_stages(real));
    }
    assert_eq!(real[2].failure_index(), Some(1));
}

#[test]
fn a_pipeline_can_be_observed_in_the_recording_and_in_the_replay() {
    use cuprum::spec::{Capture, Pump};
    let line = |pump| {
        let counted = probe(&["spam", "out", "200000"]).stdout(Capture::nothing());
        (counted | probe(&["cat"]).stdout(Capture::all()) | probe(&["take", "3"])).pump(pump)
    };
    for pump in [Pump::Auto, Pump::Splice, Pump::Copy] {
        let folder = Folder::new();
        let recorder = Recorder::new(folder.path()).unwrap();
        let real = Cx::new().with_backend(recorder.clone()).output(line(pump)).wait().unwrap();
        recorder.finish().unwrap();
        let lab = Lab::replay(&Cassette::open(folder.path()).unwrap());
        let played = lab.run(async { line(Pump::Auto).output().await.unwrap() });
        assert_eq!(played.stdout().bytes(), b"xxx");
        let status = |outcome: &cuprum::outcome::PipelineOutcome| -> Vec<_> {
            outcome.stages().map(|stage| stage.status()).collect()
        };
        assert_eq!(status(&played), status(&real));
        // What a reader that ended early left in the pipes is not seen.
        let total = |outcome: &cuprum::outcome::PipelineOutcome| outcome.stage(0).unwrap().stdout().total();
        assert!(total(&played) >= total(&real), "{} {}", total(&played), total(&real));
    }
}

#[test]
fn a_stage_that_was_not_recorded_is_named_with_the_nearest_one() {
    let folder = Folder::new();
    let recorder = Recorder::new(folder.path()).unwrap();
    let line = |last: &str| probe(&["out", "x"]) | probe(&["cat", "out", last]);
    Cx::new().with_backend(recorder.clone()).run(line("!")).wait().unwrap();
    recorder.finish().unwrap();
    let lab = Lab::replay(&Cassette::open(folder.path()).unwrap());
    let error = lab.cx().run(line("?")).wait().unwrap_err();
    assert_eq!((error.kind(), error.stage()), (ErrorKind::Unscripted, Some(1)));
    assert!(error.to_string().contains("it has `'!'`, the command has `'?'`"), "{error}");
}
