//! What the text of an error says, and what nothing ever says: secrets.

use std::time::Duration;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{Bulkhead, CancelToken, FromOutput, OutputError, SafeCmd, Secret, Stdin, Stdio};
use cuprum::stream::LineRef;
use cuprum::{Command, Cx, Error, ErrorKind, Outcome, Program, concurrent, graph, pipe, unchecked};
use cuprum_tests::Probe;

/// A run of the test program, where the lab has installed it.
fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe("/lab/bin/probe", words)
}

fn fail(script: Script, words: &[&str]) -> Error {
    let lab = Lab::new().on_program::<Probe>(script);
    lab.cx().run(probe(words).in_dir("/work")).wait().unwrap_err()
}

#[test]
fn an_error_says_what_failed_where_after_how_long_how_and_what_was_printed_last() {
    let script = Script::exit(128).stderr("fatal: no\n").takes(Duration::from_millis(3210));
    let error = fail(script, &["push", "a b"]);
    assert_eq!(
        error.to_string(),
        "`probe push 'a b'` failed in /work after 3.2s: exit status 128\n  fatal: no"
    );
    let debug = format!("{error:?}");
    assert_eq!(debug, format!("Exit: {error}\n(/lab/bin/probe, process 101, 3.2s)"));
}

#[test]
fn of_a_long_complaint_the_end_is_shown_and_of_a_long_line_its_start() {
    let lines: String = (1..=30).map(|number| format!("line {number}\n")).collect();
    let text = fail(Script::exit(1).stderr(lines), &["x"]).to_string();
    assert!(text.contains("exit status 1\n  … (20 earlier lines)\n  line 21\n"), "{text}");
    assert!(text.ends_with("\n  line 30"), "{text}");
    let text = fail(Script::exit(1).stderr("x".repeat(5000)), &["x"]).to_string();
    assert!(text.ends_with("xxx… (4500 bytes more)") && text.len() < 700, "{text}");
    let text = fail(Script::exit(1).stderr("long line\n".repeat(100_000)), &["x"]).to_string();
    assert!(text.contains("exit status 1\n  …\n  long line\n"), "{text}");
}

#[test]
fn an_output_that_is_no_text_is_not_shown_as_one() {
    let script = || Script::exit(1).print(*b"a\0b\n");
    let text = fail(script(), &["x"]).to_string();
    assert!(text.ends_with("exit status 1\n  … (4 bytes that are no text)"), "{text}");
    // What it says as an error is shown, whatever it is.
    let text = fail(script().stderr("no\0\n"), &["x"]).to_string();
    assert!(text.ends_with("exit status 1\n  no\\u{0}"), "{text}");
}

#[test]
fn a_line_given_as_the_name_of_a_program_is_told_from_its_words() {
    let hint = |cx: &Cx, name: &str| {
        let error = cx.run(unchecked::command(name)).wait().unwrap_err();
        (error.kind(), error.hint().unwrap_or_default().to_owned())
    };
    let expected = "no shell splits `ls -la /etc`: the program is `ls`; give it the rest by `arg` or `args`";
    let cx = Cx::new();
    assert_eq!(hint(&cx, "ls -la /etc"), (ErrorKind::ProgramNotFound, expected.to_owned()));
    let narrow = cx.narrow_to([unchecked::program("ls")]);
    assert_eq!(hint(&narrow, "ls -la /etc"), (ErrorKind::Forbidden, expected.to_owned()));
    assert!(!hint(&narrow, "/opt/My App/run it").1.contains("no shell"));
}

#[test]
fn a_stage_that_cannot_be_planned_is_named() {
    let lab = Lab::new().on_program::<Probe>(Script::exit(0));
    let cat = || unchecked::command("cat");
    let line = || pipe![cat(), unchecked::command("absent").arg("b"), cat()];
    let check = |error: Error, expected: &str| {
        assert_eq!((error.kind(), error.stage()), (ErrorKind::ProgramNotFound, Some(1)), "{error}");
        assert!(error.to_string().starts_with(expected), "{error}");
    };
    let expected = "cannot run `absent b`, stage 1 of `cat | absent b | cat`: program not found: absent";
    check(line().run_sync().unwrap_err(), expected);
    // A graph asks the last stage only.
    let last = graph(pipe![cat(), unchecked::command("absent")]);
    let expected = "cannot run `absent`, stage 1 of `cat | absent`: program not found: absent";
    check(last.run_sync().unwrap_err(), expected);
    let narrow = Cx::new().narrow_to([unchecked::program("cat")]);
    for error in [narrow.run(line()).wait().unwrap_err(), narrow.run(graph(line())).wait().unwrap_err()] {
        assert_eq!((error.kind(), error.stage()), (ErrorKind::Forbidden, Some(1)), "{error}");
    }
    let dash = "-x";
    let error = lab.cx().run(pipe![probe(&["a"]), cmd!(Probe, "{dash}")]).wait().unwrap_err();
    assert!(
        error.to_string().starts_with("cannot run `probe …`, stage 1 of `probe a | probe …`: invalid"),
        "{error}"
    );
}

#[test]
fn a_death_by_an_unexplained_signal_comes_with_a_hint() {
    let error = fail(Script::exit(0).then_signal(9), &["x"]);
    assert_eq!(error.kind(), ErrorKind::Signal);
    assert!(error.to_string().ends_with("failed in /work: killed by SIGKILL\nhint: if nobody here killed it, the kernel did: it does so when memory runs out"), "{error}");
    assert_eq!(fail(Script::exit(0).then_signal(15), &["x"]).hint(), None);
}

#[tokio::test]
async fn a_command_that_does_not_end_when_asked_to_is_given_away() {
    let stay = cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), ["block-term", "out", "x", "stay"]);
    let limit = Duration::from_millis(300);
    let error = stay.idle_timeout(limit).grace(limit).run().await.unwrap_err();
    assert!(error.hint().unwrap().starts_with("it did not end when it was asked to (SIGTERM)"), "{error}");
}

#[test]
fn a_clone_of_an_error_is_the_same_error_and_keeps_the_outcome() {
    let error = fail(Script::stdout("kept").then_exit(3), &["x"]);
    let other = error.clone();
    assert_eq!(error.to_string(), other.to_string());
    assert_eq!(error.into_outcome().unwrap().stdout().bytes(), b"kept");
    assert_eq!(other.into_outcome().unwrap().stdout().bytes(), b"kept");
}

/// What no text may hold. It looks like nothing else.
const SENTINEL: &str = "s3ntinel-value";

/// Reads nothing, and complains about the output by quoting it.
#[derive(Debug)]
struct Quoted;

impl FromOutput for Quoted {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        Err(OutputError::new(format!("something better than {}", outcome.stdout().text_lossy()), 0))
    }
}

#[derive(Command)]
#[command(program = Probe, output = Quoted)]
struct Login {
    #[arg(secret)]
    password: Option<Secret<String>>,
    #[arg(env = "LOGIN_TOKEN", secret)]
    token: Option<Secret<String>>,
    #[arg(stdin, secret)]
    key: Option<Secret<String>>,
}

/// Returns everything that can be shown of an error and of what hangs on it.
fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?} {:?} {:?}", error.hint(), error.command_line());
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        text += &format!(" {inner} {inner:?}");
        source = inner.source();
    }
    if let Some(outcome) = error.outcome() {
        text += &format!(" {outcome:?} {:?} {:?}", outcome.stdout(), outcome.stderr());
    }
    text
}

#[test]
fn a_secret_is_in_no_text_that_can_be_shown() {
    let echo = format!("the password is {SENTINEL}, really {SENTINEL}\n");
    let scripts = [
        Script::stdout(echo.clone()).stderr(echo.clone()).then_exit(3),
        Script::stdout(echo.clone()).then_exit(3),
        Script::stdout(echo.clone()).stderr(format!("{}{SENTINEL}", "x".repeat(495))).then_exit(3),
        Script::exit(0).stderr(echo.repeat(5000)).then_signal(9),
        Script::stdout(echo),
    ];
    let secret = || Secret::new(SENTINEL.to_owned());
    type Change = fn(Login, Secret<String>) -> SafeCmd<Quoted, Probe>;
    let changes: [Change; 5] = [
        |login, secret| login.password(secret).prepare(),
        |login, secret| login.token(secret).prepare(),
        |login, secret| login.env("TOKEN", secret),
        |login, secret| login.key(secret).prepare(),
        |login, secret| login.stdin(secret),
    ];
    for script in &scripts {
        for change in changes {
            let lab = Lab::new().on_program::<Probe>(script.clone());
            let command = change(Login::new(), secret());
            let cx = lab.cx();
            let plan = cx.scope_sync(|| command.clone().plan()).unwrap();
            let error = cx.run(command.clone()).wait().unwrap_err();
            let outcome = error.outcome().unwrap();
            let said = [outcome.stdout().bytes(), outcome.stderr().bytes()].concat();
            assert!(String::from_utf8(said).unwrap().contains(SENTINEL), "what was printed stays as it was");
            let text = format!(
                "{command} {command:?} {plan} {plan:?} {:?} {:?} {:?} {:?} {}",
                plan.launch(),
                cx.output(command.clone()),
                lab,
                lab.ran(),
                shown(&error)
            );
            assert!(!text.contains(SENTINEL), "{text}");
            assert!(text.contains("***"), "{text}");
        }
    }
}

#[test]
fn a_secret_that_is_a_part_of_a_path_is_not_shown_there_either() {
    let dir = |place: &str| format!("{place}/{SENTINEL}");
    let login = || Login::new().password(Secret::new(SENTINEL.to_owned()));
    let lab = Lab::new().on_program::<Probe>(Script::exit(3));
    let failed = lab.cx().run(login().in_dir(dir("/src"))).wait().unwrap_err();
    assert_eq!(failed.to_string(), "`probe '--password=***'` failed in /src/***: exit status 3");
    let unplanned = Cx::new().run(login().in_dir(dir("/nope"))).wait().unwrap_err();
    let denied = Cx::new().narrow_to([Other::SPEC]).run(login().in_dir(dir("/"))).wait().unwrap_err();
    for (error, kind) in [(unplanned, ErrorKind::DirectoryNotFound), (denied, ErrorKind::Forbidden)] {
        assert_eq!(error.kind(), kind);
        let text = format!("{error} {error:?}");
        assert!(!text.contains(SENTINEL) && text.contains("/***"), "{text}");
    }
}

#[test]
fn what_was_read_of_a_secret_input_is_shown_by_its_length_only() {
    let lab = Lab::new().on_program::<Probe>(Script::new().copy());
    let command = probe(&["x"]).stdin(Secret::new(SENTINEL));
    let outcome = lab.cx().output(command).wait().unwrap();
    assert_eq!(outcome.stdout().bytes(), SENTINEL.as_bytes());
    let ran = &lab.ran()[0];
    let text = format!("{outcome:?} {ran:?}");
    assert!(ran.input == SENTINEL.as_bytes() && !text.contains(SENTINEL), "{text}");
    assert!(text.contains("input: 14 bytes"), "{text}");
}

#[test]
fn a_secret_of_the_context_is_in_no_text_either() {
    let script = Script::exit(3).stderr(format!("bad token {SENTINEL}"));
    let lab = Lab::new().on_program::<Probe>(script);
    let cx = lab.cx().with_env("TOKEN", Secret::new(SENTINEL));
    let error = cx.run(probe(&["x"])).wait().unwrap_err();
    let text = format!("{cx:?} {:?} {}", lab.ran(), shown(&error));
    assert!(!text.contains(SENTINEL) && text.contains("bad token ***"), "{text}");
}

#[tokio::test]
async fn a_secret_shows_in_no_error_of_a_command_that_cannot_start() {
    let secret = || Secret::new(SENTINEL.to_owned());
    for command in [
        Login::new().password(secret()).in_dir("/nope"),
        Login::new().token(secret()).env("PATH", "/nope"),
        Login::new().password(Secret::new(format!("{SENTINEL}\0"))).prepare(),
        Login::new().env("TOKEN", Secret::new(format!("{SENTINEL}\0"))),
        Login::new().password(Secret::new(SENTINEL.repeat(20_000))).prepare(),
        Login::new().env("TOKEN", Secret::new(SENTINEL.repeat(20_000))),
    ] {
        let error = Cx::new().run(command).await.unwrap_err();
        let text = shown(&error);
        assert!(!text.contains(SENTINEL), "{text}");
    }
}

#[test]
fn a_secret_too_short_to_be_told_from_other_text_is_hidden_where_it_is_known_to_stand() {
    let lab = Lab::new().on_program::<Probe>(Script::exit(3).stderr("abc"));
    let error = lab.cx().run(Login::new().password(Secret::new("abc".to_owned()))).wait().unwrap_err();
    assert_eq!(error.to_string(), "`probe '--password=***'` failed: exit status 3\n  abc");
}

#[derive(Program)]
struct Other;

#[test]
fn a_failed_command_of_another_program_knows_no_secret() {
    let lab = Lab::new().on_program::<Other>(Script::exit(3).stderr(SENTINEL));
    let error = lab.cx().run(Other::cmd()).wait().unwrap_err();
    assert!(error.to_string().contains(SENTINEL), "only what was given as a secret is one");
}

#[test]
fn a_report_of_an_error_and_its_sources_says_nothing_twice() {
    let error = Cx::new().run(probe(&["x"]).stdin(Stdin::file("/nope/input"))).wait().unwrap_err();
    let cuprum = Cx::new().run(probe(&["x"])).wait().unwrap_err();
    assert_eq!(cuprum.kind(), ErrorKind::ProgramNotFound);
    for error in [error, cuprum] {
        let mut source = std::error::Error::source(&error);
        while let Some(inner) = source {
            assert!(!error.to_string().contains(&inner.to_string()), "{error}\ncaused by: {inner}");
            source = inner.source();
        }
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_named_with_what_is_missing_of_its_path() {
    let missing = cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), ["x"]).stdin(Stdin::file("/nope/input"));
    let error = missing.run().await.unwrap_err();
    assert_eq!(error.io_error().map(|error| error.kind()), Some(std::io::ErrorKind::NotFound));
    let text = "could not be opened: /nope/input (No such file or directory (os error 2))\n\
        hint: / exists, but there is no `nope` in it";
    assert!(error.to_string().ends_with(text), "{error}");
}

#[test]
fn an_argument_that_cannot_be_given_is_named_once_with_what_to_do() {
    let value = "--exec=evil";
    let error = cmd!(Other, "show {value}").run().wait().unwrap_err();
    assert_eq!(error.argument().map(|fault| fault.argument()), Some("value"));
    let text = error.to_string();
    let line =
        "cannot run `other …`: invalid argument: `value` begins with `-` and would be read as an option\n";
    assert!(text.starts_with(line) && text.contains("#[program(separator = \"--\")]"), "{text}");

    let error = Other::cmd().word("-n1").run().wait().unwrap_err();
    assert!(error.to_string().contains("`-n1` is not a word but an option: it is given by `opt`"), "{error}");
    let error = Other::cmd().opt("--depth=1").run().wait().unwrap_err();
    assert!(error.to_string().contains("alone: a value is given by `value`"), "{error}");
}

#[test]
fn what_only_shows_how_the_program_lies_is_left_out_where_it_is_not_at_fault() {
    let lab = Lab::new().allow_unscripted();
    let bulkhead = Bulkhead::new("uplink", 0);
    let error = lab.cx().run(Other::cmd().limited_by(&bulkhead)).wait().unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot run `other`: a limit cannot be kept: the bulkhead `uplink` has no place"
    );
    let error = lab.cx().run(Other::cmd()).wait().unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot run `other`: the lab has no script for it: the lab has no scripts\n\
        hint: give the lab one: `Lab::on`, `on_program` or `on_words`; a cassette is recorded anew when it is deleted"
    );
    let error = lab.cx().read(Other::cmd().stdout(Stdio::Null)).wait().unwrap_err();
    assert!(error.to_string().contains("like this: its standard output is wanted"), "{error}");
    assert_eq!(error.path(), None);
}

#[test]
fn a_command_line_that_is_too_long_is_not_shown_at_length() {
    let words = std::iter::repeat_n("x".repeat(100), 2000);
    let error = unchecked::command("other").args(words).arg("x".repeat(200_000)).run().wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ArgumentsTooLong);
    assert!(error.to_string().len() < 500, "{error}");
}

#[test]
fn a_code_by_which_shells_speak_of_what_they_ran_is_explained() {
    let hint = |code| fail(Script::exit(code), &["x"]).hint().map(str::to_owned);
    assert!(hint(127).unwrap().contains("did not find"));
    assert!(hint(137).unwrap().contains("SIGKILL"));
    // 128 and 129 are git's own.
    assert_eq!([1, 2, 125, 128, 129].map(hint), [const { None }; 5]);
}

#[test]
fn a_panic_of_code_that_a_waiting_run_calls_is_its_error() {
    let lab = Lab::new().on_program::<Other>(Script::stdout("a line\n"));
    let each = |_: LineRef<'_>| panic!("no such column");
    let error = lab.cx().for_each_line(Other::cmd(), each).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Panicked);
    assert_eq!(error.to_string(), "cannot run `other`: code that was called panicked: no such column");
}

#[test]
fn the_error_of_a_batch_tells_of_every_failure() {
    let lab = Lab::new()
        .on_words(["other", "a"], Script::exit(1))
        .on_words(["other", "b"], Script::exit(0))
        .on_words(["other", "c"], Script::exit(3));
    let batch = concurrent(["a", "b", "c"].map(|word| Other::cmd().word(word)));
    let error = lab.cx().run(batch).wait().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`other a` failed: exit status 1\nbesides: `other c` failed: exit status 3"
    );
    assert_eq!(error.others().len(), 1);
}

#[test]
fn what_a_caller_says_of_a_cancellation_stands_alone() {
    let token = CancelToken::new();
    token.cancel_because("the user pressed stop");
    let error = Lab::new().cx().run(Other::cmd().cancelled_by(&token)).wait().unwrap_err();
    assert_eq!(error.to_string(), "cannot run `other`: was cancelled: the user pressed stop");
}
