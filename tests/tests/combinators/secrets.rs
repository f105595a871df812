//! Secrets show in no text of a panic of code that is called for a command, however it is run.

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::run::Settled;
use cuprum::spec::{FromOutput, OutputError, Secret};
use cuprum::{Command, Error, ErrorKind, Outcome, Program, concurrent, nursery, race, retry};

/// What must appear nowhere.
const SENTINEL: &str = "s3cr3t-Sentinel";
const OTHER: &str = "0ther-Sentinel";

/// An output whose reader panics with what it should read.
#[derive(Debug)]
struct Loud;

impl FromOutput for Loud {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        panic!("no number: {}", outcome.stdout().text_lossy())
    }
}

#[derive(Program)]
struct Vault;

#[derive(Command)]
#[command(program = Vault, tier = read, output = Loud)]
struct Show {
    #[arg(secret)]
    key: Secret<String>,
}

fn show() -> Show {
    Show::new(SENTINEL)
}

#[test]
fn what_a_panic_says_has_no_secret_however_the_command_is_run() {
    let lab = Lab::new().on::<Show>(Script::stdout(format!("{SENTINEL} and {OTHER}")));
    let cx = lab.cx().with_env("TOKEN", Secret::new(OTHER));
    let check = |error: Error, line: &str| {
        assert_eq!(error.kind(), ErrorKind::Panicked, "{error}");
        assert_eq!(
            error.to_string(),
            format!("cannot run `{line}`: code that was called panicked: no number: *** and ***")
        );
    };
    let line = "vault '--key=***'";
    check(cx.run(show()).wait().unwrap_err(), line);
    check(cx.run(concurrent([show()])).wait().unwrap_err(), line);
    check(cx.run(race([show()])).wait().unwrap_err(), line);
    check(cx.run(retry(show(), |_| false)).wait().unwrap_err(), line);
    check(cx.run(show() | show()).wait().unwrap_err(), &format!("{line} | {line}"));
    let outputs =
        cx.output(race([show()])).inspect(|outcome| panic!("no number: {}", outcome.stdout().text_lossy()));
    check(outputs.wait().and_then(Settled::into_result).map(drop).unwrap_err(), line);
    let asked = retry(show(), |error| panic!("no number: {SENTINEL} and {OTHER} {}", error.kind()));
    let failing = Lab::new().on::<Show>(Script::exit(1)).cx().with_env("TOKEN", Secret::new(OTHER));
    let error = failing.run(asked).wait().unwrap_err().to_string();
    assert!(error.contains("no number: *** and *** failed") && !error.contains("Sentinel"), "{error}");
    let child = cx.scope(nursery(async |nursery| nursery.start(show()).await).run());
    check(lab.run(child).map(drop).unwrap_err(), line);
    let body = nursery(async |_| panic!("no number: {OTHER} and {OTHER}"));
    let error = lab.run(cx.scope(body.run())).map(|(): ()| ()).unwrap_err();
    assert!(error.to_string().ends_with("no number: *** and ***"), "{error}");
}

#[test]
fn a_secret_variable_of_a_pipeline_is_given_to_each_stage_and_shown_in_no_text() {
    let lab = Lab::new().when(|_| true, Script::new().stderr(format!("bad token {SENTINEL}")).then_exit(3));
    let stage = |word: &'static str| Vault::cmd().word(word);
    let line = (stage("a") | stage("b")).env("TOKEN", Secret::new(SENTINEL)).env("PLAIN", "plain");
    let plan = lab.cx().scope_sync(|| line.clone().plan()).unwrap();
    let error = lab.cx().run(line.clone()).wait().unwrap_err();
    let text = format!("{line} {line:?} {plan} {plan:?} {error} {error:?} {:?}", lab.ran());
    assert!(
        !text.contains(SENTINEL) && text.contains("bad token ***") && text.contains("PLAIN=plain"),
        "{text}"
    );
    for ran in lab.ran() {
        let value = |name: &str| ran.launch.environment.change_of(name.as_ref()).flatten();
        assert_eq!((value("TOKEN"), value("PLAIN")), (Some(SENTINEL.as_ref()), Some("plain".as_ref())));
    }
    assert_eq!(lab.ran().len(), 2);
}
