//! What `Command::SPEC` says about a command, from which tools check the builders.

#![expect(dead_code, reason = "no test reads a field")]

use cuprum::spec::{Arg, ArgKind, Danger, Inherit, List, Search, Style};
use cuprum::{Args, Command, Program, Subcommand, Tier};

#[derive(Program)]
#[program(
    name = "git",
    search = trusted,
    version = ">=2.30, <3",
    separator = "--end-of-options",
    tier = destructive,
    docs("https://git-scm.com/docs"),
    noise("hint: *"),
    env(inherit = ["HOME", "LC_*"], set("GIT_TERMINAL_PROMPT" = "0"), deny("GIT_*")),
    ok(0, 1),
)]
struct Git;

#[derive(Args)]
struct Common {
    quiet: bool,
}

#[derive(Subcommand)]
enum Action {
    Add(Common),
    Prune,
}

#[derive(Command)]
#[command(program = Git, subcommand = ["remote", "update"], tier = read, stdin = inherit)]
struct Update {
    #[arg(negatable)]
    tags: Option<bool>,
    #[arg(short = 'j', long)]
    jobs: Option<u32>,
    #[arg(short = 'D', style = "attached")]
    define: Vec<String>,
    color: Option<Option<String>>,
    #[arg(danger = "exec", since = "2.25")]
    upload_pack: Option<String>,
    #[arg(flatten)]
    common: Common,
    #[arg(subcommand)]
    action: Option<Action>,
    #[arg(skip)]
    memo: u8,
}

#[test]
fn a_program_says_where_it_is_found_and_what_it_is_given() {
    let spec = Git::SPEC;
    assert_eq!((spec.name(), spec.project()), ("git", "cuprum-tests"));
    assert_eq!((spec.search(), spec.path()), (Search::Trusted, None));
    assert_eq!((spec.version(), spec.version_args()), (Some(">=2.30, <3"), &["--version"][..]));
    assert_eq!(spec.inherit_env(), Inherit::Only(&["HOME", "LC_*"]));
    assert_eq!(spec.set_env(), [("GIT_TERMINAL_PROMPT", "0")]);
    assert_eq!((spec.remove_env(), spec.noise()), (&["GIT_*"][..], &["hint: *"][..]));
    assert_eq!((spec.ok(), spec.tier()), (&[0, 1][..], Tier::Destructive));
}

#[test]
fn a_command_says_its_program_its_words_and_its_tier() {
    let spec = Update::SPEC;
    assert_eq!(spec.program(), Some(Git::SPEC));
    assert_eq!(spec.subcommand(), ["remote", "update"]);
    assert_eq!((spec.tier(), spec.inherits_stdin()), (Tier::Read, true));
    assert_eq!(spec.ok(), [0, 1], "the program's exit codes hold where the command names none");
}

#[test]
fn each_argument_says_its_names_and_its_form() {
    let [tags, jobs, define, color, upload_pack, common, action] = Update::SPEC.args() else {
        panic!("a skipped field is no argument")
    };
    assert_eq!((tags.long(), tags.negation(), tags.kind()), (Some("tags"), Some("no-tags"), ArgKind::Flag));
    assert_eq!((jobs.long(), jobs.short(), jobs.kind()), (Some("jobs"), Some('j'), ArgKind::Value));
    assert_eq!((define.list(), define.style()), (List::Repeat, Some(Style::Attached)));
    assert_eq!(color.kind(), ArgKind::OptionalValue);
    assert_eq!((upload_pack.danger(), upload_pack.since()), (Some(Danger::Exec), Some("2.25")));
    assert_eq!(common.kind(), ArgKind::Group(Common::ARGS));
    let ArgKind::Subcommand(choice) = action.kind() else { panic!("a subcommand") };
    let names: Vec<&str> = choice.iter().map(|choice| choice.name()).collect();
    assert_eq!(names, ["add", "prune"]);
    assert_eq!(choice.first().unwrap().args().first().map(Arg::field), Some("quiet"));
}

#[test]
fn a_builder_takes_what_is_required_by_name_in_any_order() {
    #[derive(Command)]
    #[command(program = Git, subcommand = "switch")]
    struct Switch {
        #[arg(positional)]
        from: String,
        #[arg(positional)]
        to: String,
        depth: Option<u32>,
    }
    let named = Switch::builder().to("b").from("a").build().depth(1);
    assert_eq!(named.argv(), Switch::new("a", "b").depth(1).argv());
}

#[test]
fn an_error_names_the_field_and_the_other_one() {
    #[derive(Command)]
    #[command(program = Git)]
    struct Sign {
        #[arg(requires("key"))]
        sign: bool,
        key: Option<String>,
    }
    assert_eq!(Sign::new().sign().argv().unwrap_err().to_string(), "`sign` requires `key`");
    let nul = Sign::new().key("a\0b").argv().unwrap_err();
    assert_eq!(nul.to_string(), "`key` holds a NUL byte");
}

#[test]
fn bytes_that_are_no_text_stay_as_they_are() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    #[derive(Command)]
    #[command(program = Git)]
    struct Show {
        #[arg(positional)]
        path: std::path::PathBuf,
    }
    let path = OsStr::from_bytes(b"a\xff");
    assert_eq!(Show::new(path).argv().unwrap(), [OsStr::new("--end-of-options"), path]);
}

#[test]
fn a_command_shows_itself_as_text_that_a_shell_reads_back() {
    #[derive(Command)]
    #[command(program = Git, subcommand = "commit")]
    struct Commit {
        message: String,
        #[arg(positional)]
        path: Vec<String>,
    }
    let commit = Commit::new("it's  done").path("a b");
    assert_eq!(commit.to_string(), "git commit \"--message=it's  done\" --end-of-options 'a b'");
    assert_eq!(shlex::split(&commit.to_string()).map(|words| words.len()), Some(5));
}
