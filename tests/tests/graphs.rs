//! Commands joined by what became of those before: the same as `/bin/sh` makes of the same line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::run::StepOutcome;
use cuprum::spec::{Graph, Mixed, SafeCmd, Stdin, Stdio};
use cuprum::{Command, ErrorKind, Program, allowlist, graph};
use cuprum_tests::Probe;
use proptest::prelude::*;

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words)
}

#[derive(Program)]
struct Sh;

#[derive(Command)]
#[command(program = Sh)]
struct Run1 {
    #[arg(short)]
    c: String,
}

#[derive(Program)]
struct Absent;

#[derive(Command)]
#[command(program = Absent)]
struct Never {}

/// The codes of the steps that ran, in order; none for one that was skipped.
fn codes(steps: &[StepOutcome]) -> Vec<Option<i32>> {
    steps.iter().map(|step| step.outcome()?.status().code()).collect()
}

#[tokio::test]
async fn links_bind_equally_and_from_left_to_right() {
    let [no, yes] = [probe(&["exit", "1"]), probe(&["out", "y"])];
    let outcome = graph(yes.clone()).or(no.clone()).and(yes.clone()).output().await.unwrap();
    assert_eq!(codes(outcome.steps()), [Some(0), None, Some(0)]);
    let outcome = graph(no.clone()).and(yes.clone()).or(yes.clone()).output().await.unwrap();
    assert_eq!(codes(outcome.steps()), [Some(1), None, Some(0)]);
    assert_eq!((outcome.status(), outcome.stdout()), (0, b"y".to_vec()));
    // A graph that is a part of another one is a group.
    let group = graph(no.clone()).and(graph(yes.clone()).or(yes.clone()));
    assert_eq!(group.to_string(), "probe exit 1 && { probe out y || probe out y; }");
    assert_eq!(codes(group.output().await.unwrap().steps()), [Some(1), None, None]);
}

#[tokio::test]
async fn one_of_two_branches_runs() {
    let branch =
        |code| graph(probe(&["exit", code])).branch(probe(&["out", "then"]), probe(&["out", "else"]));
    assert_eq!(branch("0").read().await.unwrap(), "then");
    assert_eq!(branch("1").read().await.unwrap(), "else");
    let outcome = graph(probe(&["exit", "1"])).when(probe(&["out", "then"])).output().await.unwrap();
    assert_eq!((outcome.status(), codes(outcome.steps())), (0, vec![Some(1), None]));
}

#[tokio::test]
async fn the_error_is_that_of_the_last_step() {
    let error =
        graph(probe(&["exit", "1"])).then(probe(&["err", "bad", "exit", "3"])).run().await.unwrap_err();
    assert_eq!((error.kind(), error.command_line()), (ErrorKind::Exit, "probe err bad exit 3"));
    let error = graph(Never::new()).run().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ProgramNotFound);
}

#[tokio::test]
async fn an_accepted_code_is_a_success() {
    let outcome =
        graph(probe(&["exit", "1"]).accept([0, 1])).and(probe(&["out", "x"])).output().await.unwrap();
    assert_eq!(codes(outcome.steps()), [Some(1), Some(0)]);
}

#[tokio::test]
async fn a_missing_program_is_a_status_and_its_neighbours_run() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("f");
    let outcome = graph(probe(&["out", "x"]) | Never::new().stdout(Stdio::file(&file)))
        .or(probe(&["out", "r"]))
        .output()
        .await
        .unwrap();
    assert_eq!(codes(outcome.steps()), [Some(127), Some(0)]);
    let StepOutcome::Ran { faults, .. } = &outcome.steps()[0] else { panic!("it ran") };
    assert_eq!((faults.len(), faults[0].0, faults[0].1.kind()), (1, 1, ErrorKind::ProgramNotFound));
    assert_eq!(fs::read(&file).unwrap(), b"", "its file was made");
}

#[tokio::test]
async fn a_command_whose_directory_is_missing_touches_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("f");
    let lost = probe(&["out", "x"]).in_dir(dir.path().join("nope")).stdout(Stdio::file(&file));
    let outcome = graph(lost).or(probe(&["out", "r"])).output().await.unwrap();
    let StepOutcome::Ran { faults, .. } = &outcome.steps()[0] else { panic!("it ran") };
    assert_eq!(faults[0].1.kind(), ErrorKind::DirectoryNotFound);
    assert!(!file.exists() && outcome.success());
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_a_status_and_its_command_does_not_run() {
    let dir = tempfile::tempdir().unwrap();
    for path in [dir.path().to_owned(), dir.path().join("none/f")] {
        let outcome = graph(probe(&["out", "x"]).stdout(Stdio::file(path))).or(probe(&["out", "y"])).output();
        let outcome = outcome.await.unwrap();
        assert_eq!(codes(outcome.steps()), [Some(2), Some(0)]);
        assert_eq!(outcome.stdout(), b"y");
    }
}

#[tokio::test]
async fn a_file_that_is_read_is_not_emptied() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("f");
    fs::write(&file, "kept").unwrap();
    let input = || probe(&["cat"]).stdin(Stdin::file(&file));
    let output = || Stdio::file(&file);
    let both = (input() | probe(&["cat"])).stdout(output());
    for run in [input().stdout(output()).run(), both.run()] {
        let error = run.await.unwrap_err();
        assert_eq!((error.kind(), error.path()), (ErrorKind::InvalidStream, Some(file.as_path())));
    }
    assert_eq!(fs::read(&file).unwrap(), b"kept");
}

#[tokio::test]
async fn a_skipped_step_touches_none_of_its_files() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("f");
    fs::write(&file, "kept").unwrap();
    graph(probe(&["exit", "0"])).or(probe(&["out", "x"]).stdout(Stdio::file(&file))).run().await.unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"kept");
}

#[tokio::test]
async fn a_timeout_is_that_of_all_steps_and_nothing_catches_it() {
    let steps = graph(probe(&["stay"])).or(probe(&["out", "caught"])).timeout(Duration::from_millis(100));
    let error = steps.output().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn what_is_refused_is_refused_before_the_first_step() {
    allowlist! {
        /// The test program, and no other.
        Only = [Probe];
    }
    let lab = Lab::new().on_program::<Probe>(Script::exit(0));
    let cx = lab.cx().narrow::<Only>();
    let error = cx.scope(graph(probe(&["a"])).or(Never::new()).run()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    assert!(lab.ran().is_empty());
}

#[test]
fn a_plan_is_a_line_of_a_shell() {
    let plan = graph(probe(&["a"]) | probe(&["b"])).and(probe(&["c"])).plan().unwrap();
    assert_eq!(plan.steps().len(), 2);
    let text = plan.to_string();
    assert!(text.contains("/probe a | ") && text.contains("/probe b && env"), "{text}");
}

/// A command of a random graph, as `sh` has it and as we do.
#[derive(Clone, Debug)]
struct Part {
    command: Kind,
    input: Option<u8>,
    output: Option<(bool, u8)>,
    merged: bool,
}

#[derive(Clone, Debug)]
enum Kind {
    Exit(u8),
    Print(u8),
    Complain(u8),
    Cat,
    Kill,
    Absent,
}

#[derive(Clone, Debug)]
enum Tree {
    Line(Vec<Part>),
    Chain(Box<Tree>, Vec<(u8, Tree)>),
    If(Box<Tree>, Box<Tree>, Option<Box<Tree>>),
}

fn part() -> impl Strategy<Value = Part> {
    let command = prop_oneof![
        2 => (0u8..4).prop_map(Kind::Exit),
        4 => any::<u8>().prop_map(Kind::Print),
        1 => any::<u8>().prop_map(Kind::Complain),
        4 => Just(Kind::Cat),
        1 => Just(Kind::Kill),
        1 => Just(Kind::Absent),
    ];
    let input = proptest::option::weighted(0.2, 0u8..3);
    let output = proptest::option::weighted(0.3, (any::<bool>(), 0u8..3));
    (command, input, output, any::<bool>()).prop_map(|(command, input, output, merged)| Part {
        command,
        input,
        output,
        merged,
    })
}

fn tree() -> impl Strategy<Value = Tree> {
    let line = proptest::collection::vec(part(), 1..4).prop_map(Tree::Line);
    line.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            3 => (inner.clone(), proptest::collection::vec((0u8..3, inner.clone()), 1..4))
                .prop_map(|(first, rest)| Tree::Chain(Box::new(first), rest)),
            1 => (inner.clone(), inner.clone(), proptest::option::of(inner))
                .prop_map(|(a, b, c)| Tree::If(Box::new(a), Box::new(b), c.map(Box::new))),
        ]
    })
}

impl Part {
    /// Of a missing program a shell complains on its standard error, where we return an error.
    fn merges(&self) -> bool {
        self.merged && !matches!(self.command, Kind::Absent)
    }

    fn script(&self) -> String {
        match &self.command {
            Kind::Exit(code) => format!("exit {code}"),
            Kind::Print(number) => format!("echo {number}"),
            Kind::Complain(number) => format!("echo {number} >&2; exit 1"),
            // Of this signal a shell says nothing.
            Kind::Kill => "kill -PIPE $$".to_owned(),
            Kind::Cat | Kind::Absent => "exec cat".to_owned(),
        }
    }

    fn text(&self, (input, output): Files, is_first: bool) -> String {
        let mut text = match &self.command {
            Kind::Absent => "absent".to_owned(),
            _ => format!("sh -c '{}'", self.script()),
        };
        // Our commands have no input unless one is given.
        match input {
            Some(file) => text += &format!(" < f{file}"),
            None if is_first => text += " < /dev/null",
            None => {}
        }
        if let Some((append, file)) = output {
            text += &format!(" {} f{file}", if append { ">>" } else { ">" });
        }
        text + if self.merges() { " 2>&1" } else { " 2> /dev/null" }
    }

    fn command(&self, (input, output): Files, dir: &Path) -> SafeCmd<(), Sh> {
        let mut command = Run1::new(self.script()).in_dir(dir);
        if let Kind::Absent = self.command {
            command = command.env("PATH", "/nonexistent");
        }
        if let Some(file) = input {
            command = command.stdin(Stdin::file(dir.join(format!("f{file}"))));
        }
        if let Some((append, file)) = output {
            let path = dir.join(format!("f{file}"));
            command = command.stdout(if append { Stdio::append(path) } else { Stdio::file(path) });
        }
        command.stderr(if self.merges() { Stdio::Merged } else { Stdio::Null })
    }
}

/// The file that is read, and the file that is written or appended to.
type Files = (Option<u8>, Option<(bool, u8)>);

/// Returns the files of each stage: those of the first one's input and of the last one's output, and never the
/// same, since who is first then would be chance.
fn files(parts: &[Part]) -> impl Iterator<Item = (&Part, Files, bool)> {
    let (input, last) = (parts[0].input, parts.len() - 1);
    parts.iter().enumerate().map(move |(index, part)| {
        let output = part.output.filter(|(_, file)| index == last && input != Some(*file));
        (part, (input.filter(|_| index == 0), output), index == 0)
    })
}

impl Tree {
    fn text(&self) -> String {
        match self {
            Self::Line(parts) => {
                let parts: Vec<_> =
                    files(parts).map(|(part, files, first)| part.text(files, first)).collect();
                parts.join(" | ")
            }
            Self::Chain(first, rest) => {
                let group = |tree: &Tree| format!("{{ {}; }}", tree.text());
                rest.iter().fold(group(first), |text, (link, tree)| {
                    format!("{text} {} {}", ["&&", "||", ";"][usize::from(*link)], group(tree))
                })
            }
            Self::If(a, b, c) => {
                let otherwise = c.iter().map(|c| format!(" else {};", c.text())).collect::<String>();
                format!("if {}; then {};{otherwise} fi", a.text(), b.text())
            }
        }
    }

    fn graph(&self, dir: &Path) -> Graph<Mixed> {
        match self {
            Self::Line(parts) => {
                let mut stages = files(parts).map(|(part, files, _)| part.command(files, dir));
                let first = stages.next().unwrap().into_pipeline().mixed();
                graph(stages.fold(first, |line, next| (line | next).mixed())).mixed()
            }
            Self::Chain(first, rest) => rest.iter().fold(first.graph(dir), |chain, (link, tree)| {
                let next = tree.graph(dir);
                match link {
                    0 => chain.and(next).mixed(),
                    1 => chain.or(next).mixed(),
                    _ => chain.then(next).mixed(),
                }
            }),
            Self::If(a, b, Some(c)) => a.graph(dir).branch(b.graph(dir), c.graph(dir)).mixed(),
            Self::If(a, b, None) => a.graph(dir).when(b.graph(dir)).mixed(),
        }
    }
}

/// The names and contents of a folder's files.
fn contents(dir: &Path) -> BTreeMap<String, String> {
    let files = fs::read_dir(dir).unwrap().map(|file| file.unwrap().path());
    files
        .map(|file| (file.file_name().unwrap().to_string_lossy().into(), fs::read_to_string(file).unwrap()))
        .collect()
}

#[test]
fn a_graph_does_what_a_shell_does_with_the_same_line() {
    // As many as PROPTEST_CASES says; a thousand take a minute.
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(100);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(tree in tree())| {
        let [theirs, ours] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        for dir in [&theirs, &ours] {
            fs::write(dir.path().join("f0"), "zero\n").unwrap();
        }
        let line = tree.text();
        let shell = Run1::new(&line).in_dir(theirs.path()).output().wait().unwrap();
        let outcome = tree.graph(ours.path()).output().wait().unwrap();
        let stdout = String::from_utf8(outcome.stdout()).unwrap();
        prop_assert_eq!(&stdout, &shell.stdout().text_lossy(), "stdout of {}", &line);
        prop_assert_eq!(Some(outcome.status()), shell.status().code(), "status of {}", &line);
        prop_assert_eq!(contents(ours.path()), contents(theirs.path()), "files of {}", &line);
    });
}
