//! What becomes a value, a stream, an error by itself, without a call that only converts.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{FromOutput, OutputError};
use cuprum::spec::{InvalidValue, Secret};
use cuprum::stream::Source;
use cuprum::{ArgValue, Command, Error, ErrorKind, Outcome};

#[derive(cuprum::Program)]
#[program(separator = "--")]
struct Tool;

#[test]
fn the_prelude_is_enough_for_loose_words() {
    assert_eq!(Tool::cmd().word("list").to_string(), "tool list");
    assert_eq!(Tool::SPEC.name(), "tool");
}

#[test]
fn a_shared_value_is_written_like_its_own() {
    let (shared, local): (Arc<str>, Rc<Path>) = ("a b".into(), Path::new("c").into());
    assert_eq!(cmd!(Tool, "-- {shared} {local}").to_string(), "tool -- 'a b' c");
}

#[test]
fn a_program_without_a_template_is_a_line_of_one_word() {
    assert_eq!(cmd!(Tool).to_string(), "tool");
    assert_eq!(cmd!(Tool,).to_string(), "tool");
}

#[test]
fn a_path_given_as_a_stream_is_the_file_and_a_text_is_the_text() {
    let (from, to) = (PathBuf::from("/in"), PathBuf::from("/out"));
    let lab = Lab::new().on_program::<Tool>(Script::new().copy()).with_file("/in", "kept");
    let cx = lab.cx();
    cx.run(Tool::cmd().stdin(&from).stdout(to.as_path()).stderr(PathBuf::from("/err"))).wait().unwrap();
    assert_eq!(lab.file("/out").unwrap(), b"kept");
    assert_eq!(lab.file("/err").unwrap(), b"");
    let text = "/in".to_owned();
    assert_eq!(cx.read(Tool::cmd().stdin(&text)).wait().unwrap(), text);
}

#[test]
fn a_stream_of_lines_is_shown_by_its_name() {
    let shown = [Source::Stdout, Source::Stderr, Source::Merged].map(|source| source.to_string());
    assert_eq!(shown, ["stdout", "stderr", "merged"]);
}

#[derive(ArgValue, Debug)]
#[arg(check = is_ticket)]
struct Ticket(String);

const fn is_ticket(text: &str) -> bool {
    matches!(text.as_bytes(), [b'A'..=b'Z', .., b'0'..=b'9'])
}

#[test]
fn a_text_that_is_no_checked_value_is_told_why() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let refused = |text: &[u8]| Ticket::new(OsStr::from_bytes(text)).unwrap_err().to_string();
    assert_eq!(refused(b"OPS"), "`OPS` is not a `Ticket`: `is_ticket` refuses it");
    assert_eq!(refused(b""), "`` is not a `Ticket`: it is empty, which `is_ticket` refuses");
    assert_eq!(refused(b"-A1"), "`-A1` is not a `Ticket`: it starts with `-`");
    assert_eq!(refused(b"A\x001"), "`A\\u{0}1` is not a `Ticket`: it holds a NUL byte");
    assert_eq!(refused(b"A\xff1"), "`A\u{fffd}1` is not a `Ticket`: it is not UTF-8");
    let long = format!("{}\u{e9}", "x".repeat(79));
    assert_eq!(
        refused(long.as_bytes()),
        format!("`{}…` is not a `Ticket`: `is_ticket` refuses it", "x".repeat(79))
    );

    let own = InvalidValue::new("Port", "99999").because("a port is less than 65536");
    assert_eq!(own.to_string(), "`99999` is not a `Port`: a port is less than 65536");
    assert_eq!(
        (own.reason(), InvalidValue::new("Port", "x").reason()),
        (Some("a port is less than 65536"), None)
    );
}

#[test]
fn the_text_of_a_secret_that_is_no_checked_value_is_not_shown() {
    assert_eq!(Ticket::new("OPS-1").unwrap().to_string(), "OPS-1");
    assert_eq!("OPS-1".parse::<Secret<Ticket>>().unwrap().expose().to_string(), "OPS-1");
    let error = "hunter two".parse::<Secret<Ticket>>().unwrap_err();
    assert_eq!(error.to_string(), "`***` is not a `Ticket`: `is_ticket` refuses it");
    assert!(!format!("{error:?}{}", error.text()).contains("hunter"));
}

/// The sizes of files, a name and a number in each line.
#[derive(Debug, PartialEq)]
struct Sizes(Vec<(String, u64)>);

impl FromOutput for Sizes {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        let text = str::from_utf8(outcome.complete_stdout()?)?;
        let size = |line: &str| {
            let (name, size) = line.split_once(' ').ok_or_else(|| format!("no size in {line:?}"))?;
            Ok((name.to_owned(), size.parse()?))
        };
        text.lines().map(size).collect::<Result<_, OutputError>>().map(Self)
    }
}

#[derive(Command)]
#[command(program = Tool, output = Sizes)]
struct List;

#[test]
fn the_errors_of_std_are_those_of_an_output() {
    let run =
        |bytes: &'static [u8]| Lab::new().on::<List>(Script::stdout(bytes)).cx().run(List::new()).wait();
    assert_eq!(run(b"a 1\nb 2\n").unwrap(), Sizes(vec![("a".to_owned(), 1), ("b".to_owned(), 2)]));
    let text = |bytes| run(bytes).unwrap_err().to_string();
    let start = "`tool` failed: the output could not be read: ";
    assert_eq!(text(b"a\n"), format!("{start}no size in \"a\"\n  a"));
    assert_eq!(text(b"a x\n"), format!("{start}invalid digit found in string\n  a x"));
    assert_eq!(text(b"a \xff\n"), format!("{start}expected UTF-8 text at byte 2 of the output\n  a \\xff"));
}

#[test]
fn an_error_of_the_callers_own_code_passes_through_a_bracket_as_it_is() {
    let lab = Lab::new();
    let bracket = cuprum::bracket(
        async || std::fs::read("/nope/key").map_err(Error::other),
        async |_| Ok(()),
        async |_| Ok(()),
    );
    let error = lab.run(bracket.run()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Other);
    assert_eq!(error.to_string(), "No such file or directory (os error 2)");
    assert_eq!(format!("{error:?}"), "Other: No such file or directory (os error 2)");
    assert_eq!(error.io_error().unwrap().kind(), std::io::ErrorKind::NotFound);
    assert!(std::error::Error::source(&error).is_none(), "the text is the error's own already");
}
