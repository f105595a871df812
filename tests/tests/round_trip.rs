//! What a struct writes is what a parser reads: random values, read back by clap and by git.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};

use clap::{Arg, ArgAction};
use cuprum::prelude::*;
use cuprum::{ArgValue, Args, Command, Program, Subcommand};
use proptest::prelude::*;
use proptest::{collection, option};

#[derive(Program)]
#[program(separator = "--")]
struct Git;

#[derive(Args, Clone, Debug, PartialEq)]
enum Mode {
    Create,
    Level(u32),
}

/// A field of every form that both parsers know.
#[derive(Clone, Command, Debug, PartialEq)]
#[command(program = Git)]
struct Every {
    bare: bool,
    #[arg(negatable)]
    edit: Option<bool>,
    #[arg(short, count)]
    verbose: u8,
    depth: Option<u32>,
    #[arg(short = 'C')]
    dir: Option<OsString>,
    #[arg(short = 'j', style = "attached")]
    jobs: Option<i32>,
    color: Option<Option<String>>,
    exclude: Vec<String>,
    #[arg(delimiter = ",")]
    fields: Vec<u32>,
    #[arg(style = "space")]
    message: OsString,
    #[arg(flatten)]
    mode: Option<Mode>,
    #[arg(positional)]
    files: Vec<OsString>,
}

/// Bytes that look like options, separators, shell text and foreign encodings more often than others.
fn word() -> impl Strategy<Value = OsString> {
    prop_oneof![
        prop::sample::select(vec!["-", "--", "-v", "--bare", "--depth=1", "", "a b", "$(x)", "'\"\\", "\n"])
            .prop_map(OsString::from),
        collection::vec(1_u8.., 0..12).prop_map(OsString::from_vec),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["-{0,2}[a-z=, ]{0,6}", "[^\0]{0,8}"]
}

fn every() -> impl Strategy<Value = Every> {
    let mode = prop_oneof![Just(Mode::Create), any::<u32>().prop_map(Mode::Level)];
    let scalars = (any::<bool>(), any::<Option<bool>>(), 0_u8..5, any::<Option<u32>>(), any::<Option<i32>>());
    let texts = (
        option::of(word()),
        option::of(option::of(text())),
        collection::vec(text(), 0..3),
        word(),
        collection::vec(word(), 0..4),
    );
    (scalars, texts, collection::vec(any::<u32>(), 0..4), option::of(mode)).prop_map(
        |((bare, edit, verbose, depth, jobs), (dir, color, exclude, message, files), fields, mode)| Every {
            bare,
            edit,
            verbose,
            depth,
            dir,
            jobs,
            color,
            exclude,
            fields,
            message,
            mode,
            files,
        },
    )
}

/// Reads a command line by an equal definition for clap.
fn read_by_clap(words: Vec<OsString>) -> Every {
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    let value = |name: &'static str| {
        Arg::new(name).long(name).allow_hyphen_values(true).value_parser(clap::value_parser!(OsString))
    };
    let parser = clap::Command::new("every")
        .no_binary_name(true)
        .disable_help_flag(true)
        .args([flag("bare"), flag("edit"), flag("no-edit"), flag("create")])
        .arg(Arg::new("verbose").short('v').action(ArgAction::Count))
        .args([
            value("depth"),
            value("dir").short('C'),
            value("jobs").short('j'),
            value("message"),
            value("level"),
        ])
        .arg(value("color").num_args(0..=1).require_equals(true))
        .arg(value("exclude").action(ArgAction::Append))
        .arg(value("fields"))
        .arg(Arg::new("files").num_args(0..).value_parser(clap::value_parser!(OsString)));
    let read = parser.try_get_matches_from(words).unwrap();
    let one = |name: &str| read.get_one::<OsString>(name).cloned();
    let all = |name: &str| -> Vec<OsString> { read.get_many(name).into_iter().flatten().cloned().collect() };
    let color = read.contains_id("color").then(|| one("color").map(plain));
    Every {
        bare: read.get_flag("bare"),
        edit: switch(read.get_flag("edit"), read.get_flag("no-edit")),
        verbose: read.get_count("verbose"),
        depth: one("depth").map(number),
        dir: one("dir"),
        jobs: one("jobs").map(number),
        color,
        exclude: all("exclude").into_iter().map(plain).collect(),
        fields: one("fields").map(numbers).unwrap_or_default(),
        message: one("message").unwrap(),
        mode: match one("level") {
            Some(level) => Some(Mode::Level(number(level))),
            None => read.get_flag("create").then_some(Mode::Create),
        },
        files: all("files"),
    }
}

/// The same definition for git's own parser, and its answer with values stuck to their names.
#[derive(Command)]
#[command(program = Git, subcommand = "rev-parse", tier = read, output = Vec<u8>)]
struct ParseOptions {
    parseopt: bool,
    stuck_long: bool,
    #[arg(stdin)]
    definition: Vec<u8>,
    #[arg(last)]
    words: Vec<OsString>,
}

const DEFINITION: &str = "every [<options>]\n--\nbare! .\nedit .\nv .\ndepth=! .\nC= .\nj= .\ncolor?! .\n\
                          exclude=! .\nfields=! .\nmessage=! .\ncreate! .\nlevel=! .\n";

fn read_by_git(words: Vec<OsString>) -> Every {
    let ask = ParseOptions::new().parseopt().stuck_long().definition(DEFINITION).extend_words(words);
    let answer = ask.run_sync().unwrap();
    let mut words = shlex::bytes::split(answer.trim_ascii_end()).unwrap().into_iter().skip(2);
    let mut every = Every::new("");
    for word in words.by_ref().take_while(|word| word != b"--") {
        let (name, value) = match word.strip_prefix(b"--") {
            Some(long) => match long.iter().position(|byte| *byte == b'=') {
                Some(place) => (&long[..place], Some(&long[place + 1..])),
                None => (long, None),
            },
            None => (&word[1..2], Some(&word[2..])),
        };
        let value = value.map(|value| OsStr::from_bytes(value).to_owned());
        every = match (name, value) {
            (b"bare", None) => every.bare(),
            (b"edit", None) => every.edit(true),
            (b"no-edit", None) => every.edit(false),
            (b"v", _) => {
                let verbose = every.verbose + 1;
                every.verbose(verbose)
            }
            (b"depth", Some(value)) => every.depth(number(value)),
            (b"C", Some(value)) => every.dir(value),
            (b"j", Some(value)) => every.jobs(number(value)),
            (b"color", value) => every.color(value.map(plain)),
            (b"exclude", Some(value)) => every.exclude(plain(value)),
            (b"fields", Some(value)) => every.extend_fields(numbers(value)),
            (b"message", Some(value)) => Every { message: value, ..every },
            (b"create", None) => every.mode(Mode::Create),
            (b"level", Some(value)) => every.mode(Mode::Level(number(value))),
            other => unreachable!("git invented {other:?}"),
        };
    }
    every.extend_files(words.map(OsString::from_vec))
}

#[derive(Clone, Copy, Debug, PartialEq, ArgValue)]
enum When {
    Always,
    #[arg(value = "-never")]
    Never,
}

#[derive(Args, Clone, Debug, PartialEq)]
struct Common {
    #[arg(short = 'C')]
    dir: Vec<OsString>,
    loud: bool,
}

#[derive(Args, Clone, Debug, PartialEq)]
struct Add {
    #[arg(count)]
    force: u8,
    #[arg(short = 'n', with = quoted)]
    name: Option<String>,
    #[arg(positional)]
    url: OsString,
}

fn quoted(text: &str) -> OsString {
    format!("<{text}>").into()
}

#[derive(Clone, Debug, PartialEq, Subcommand)]
enum Action {
    Add(Add),
    #[command(name = "rm")]
    Remove,
}

/// The forms that git's parser does not know, or that stand apart from those of [`Every`].
#[derive(Clone, Command, Debug, PartialEq)]
#[command(program = Git)]
struct Rest {
    #[arg(flatten, global)]
    common: Common,
    #[arg(negate = "exclude-std")]
    with_std: Option<bool>,
    #[arg(short = 's', style = "equals")]
    size: Option<u64>,
    #[arg(short = 'k')]
    key: Option<Option<String>>,
    color: Option<When>,
    #[arg(default = When::Always)]
    always: When,
    #[arg(subcommand)]
    action: Option<Action>,
}

/// What cannot stand before a subcommand.
#[derive(Clone, Command, Debug, PartialEq)]
#[command(program = Git)]
struct Lists {
    #[arg(values, max = 3)]
    size: Vec<u32>,
    #[arg(short = 'x', delimiter = ":", style = "attached")]
    dirs: Vec<String>,
    #[arg(last, min = 1)]
    words: Vec<OsString>,
}

fn rest() -> impl Strategy<Value = Rest> {
    let common = (collection::vec(word(), 0..3), any::<bool>()).prop_map(|(dir, loud)| Common { dir, loud });
    let when = prop::sample::select(vec![When::Always, When::Never]);
    let add = (0_u8..4, option::of(text()), word()).prop_map(|(force, name, url)| Add { force, name, url });
    let action = prop_oneof![add.prop_map(Action::Add), Just(Action::Remove)];
    let scalars = (any::<Option<bool>>(), any::<Option<u64>>(), option::of(option::of("[a-z]{1,4}")));
    (common, scalars, option::of(when.clone()), when, option::of(action)).prop_map(
        |(common, (with_std, size, key), color, always, action)| Rest {
            common,
            with_std,
            size,
            key,
            color,
            always,
            action,
        },
    )
}

fn lists() -> impl Strategy<Value = Lists> {
    let dirs = collection::vec("[a-z/. -]{1,5}", 0..3);
    (collection::vec(any::<u32>(), 0..=3), dirs, collection::vec(word(), 1..4))
        .prop_map(|(size, dirs, words)| Lists { size, dirs, words })
}

/// An option with a value, for a parser of clap.
fn valued(name: &'static str) -> Arg {
    Arg::new(name).allow_hyphen_values(true).value_parser(clap::value_parser!(OsString))
}

fn read_rest(words: Vec<OsString>) -> Rest {
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    let add = clap::Command::new("add")
        .disable_help_flag(true)
        .args([Arg::new("force").long("force").action(ArgAction::Count), valued("name").short('n')])
        .arg(valued("url").required(true));
    let parser = clap::Command::new("rest")
        .no_binary_name(true)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .args([flag("loud"), flag("with-std"), flag("exclude-std")])
        .arg(valued("dir").short('C').action(ArgAction::Append))
        .args([valued("size").short('s').require_equals(true), valued("color").long("color")])
        .arg(valued("always").long("always"))
        .arg(valued("key").short('k').num_args(0..=1).allow_hyphen_values(false))
        .subcommands([add, clap::Command::new("rm")]);
    let read = parser.try_get_matches_from(words).unwrap();
    let one = |name: &str| read.get_one::<OsString>(name).cloned();
    let when = |word: OsString| match word.to_str() {
        Some("always") => When::Always,
        Some("-never") => When::Never,
        other => unreachable!("{other:?} is no word of the enum"),
    };
    Rest {
        common: Common {
            dir: read.get_many("dir").into_iter().flatten().cloned().collect(),
            loud: read.get_flag("loud"),
        },
        with_std: switch(read.get_flag("with-std"), read.get_flag("exclude-std")),
        size: one("size").map(number),
        key: read.contains_id("key").then(|| one("key").map(plain)),
        color: one("color").map(when),
        always: one("always").map(when).unwrap(),
        action: read.subcommand().map(|(name, read)| match name {
            "rm" => Action::Remove,
            _ => Action::Add(Add {
                force: read.get_count("force"),
                name: read
                    .get_one::<OsString>("name")
                    .cloned()
                    .map(|name| plain(name).strip_prefix('<').unwrap().strip_suffix('>').unwrap().to_owned()),
                url: read.get_one::<OsString>("url").cloned().unwrap(),
            }),
        }),
    }
}

fn read_lists(words: Vec<OsString>) -> Lists {
    let parser = clap::Command::new("lists")
        .no_binary_name(true)
        .disable_help_flag(true)
        .args([
            valued("size").long("size").num_args(1..).allow_hyphen_values(false),
            valued("dirs").short('x'),
        ])
        .arg(valued("words").num_args(1..).last(true));
    let read = parser.try_get_matches_from(words).unwrap();
    let all = |name: &str| -> Vec<OsString> { read.get_many(name).into_iter().flatten().cloned().collect() };
    let dirs = read.get_one::<OsString>("dirs").cloned().map(plain).unwrap_or_default();
    Lists {
        size: all("size").into_iter().map(number).collect(),
        dirs: dirs.split(':').filter(|dir| !dir.is_empty()).map(str::to_owned).collect(),
        words: all("words"),
    }
}

fn switch(on: bool, off: bool) -> Option<bool> {
    if on || off { Some(on) } else { None }
}

fn plain(word: OsString) -> String {
    word.into_string().unwrap()
}

fn number<T: std::str::FromStr<Err = std::num::ParseIntError>>(word: OsString) -> T {
    plain(word).parse().unwrap()
}

fn numbers(word: OsString) -> Vec<u32> {
    plain(word).split(',').map(|item| item.parse().unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clap_reads_back_what_was_written(every in every()) {
        prop_assert_eq!(read_by_clap(every.argv().unwrap()), every);
    }

    #[test]
    fn clap_reads_back_sets_choices_and_subcommands(rest in rest()) {
        prop_assert_eq!(read_rest(rest.argv().unwrap()), rest);
    }

    #[test]
    fn clap_reads_back_lists_of_every_form(lists in lists()) {
        prop_assert_eq!(read_lists(lists.argv().unwrap()), lists);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn git_reads_back_what_was_written(every in every()) {
        prop_assert_eq!(read_by_git(every.argv().unwrap()), every);
    }
}
