//! Types that other macros declare: the derives read names, types, paths, literals and expressions that are fragments.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::ffi::OsString;

use cuprum::{ArgValue, Args, Command, Program, Subcommand};

#[track_caller]
fn check(command: &impl Command, expected: &[&str]) {
    assert_eq!(command.argv().unwrap(), expected);
}

#[derive(Program)]
#[program(separator = "--")]
pub(crate) struct Tool;

fn shown(value: &u8) -> OsString {
    value.to_string().into()
}

macro_rules! of_types {
    ($vis:vis $name:ident of $program:path { $($field:ident: $ty:ty),* $(,)? }) => {
        #[derive(Command)]
        #[command(program = $program)]
        $vis struct $name { $($field: $ty),* }
    };
}

of_types! { pub(crate) Typed of Tool { a: Option<u8>, b: Vec<String>, c: bool, d: Option<Option<u8>>, e: u32 } }

#[test]
fn a_type_that_is_a_fragment_is_read_as_one_that_is_written() {
    check(&Typed::new(1).a(2).b("x").c().d(None), &["--a=2", "--b=x", "--c", "--d", "--e=1"]);
}

macro_rules! of_parts {
    ($item:ty) => {
        #[derive(Command)]
        #[command(program = $crate::Tool)]
        struct Parts {
            a: Option<$item>,
            b: Vec<$item>,
            c: Option<Option<$item>>,
            #[arg(count)]
            d: $item,
            #[arg(positional)]
            e: $item,
        }
    };
}

of_parts!(u8);

#[test]
fn a_fragment_may_be_a_part_of_a_type() {
    check(&Parts::new(4).a(1).b(2).c(Some(3)).d(2), &["--a=1", "--b=2", "--c=3", "--d", "--d", "--", "4"]);
}

macro_rules! of_values {
    ($($word:literal),*; $tier:ident; $long:literal, $short:literal, $default:expr_2021, $with:path) => {
        #[derive(Command)]
        #[command(program = Tool, subcommand = [$($word),*], tier = $tier)]
        struct Valued {
            #[arg(long = $long)]
            a: bool,
            #[arg(short = $short)]
            b: bool,
            #[arg(default = $default)]
            c: u8,
            #[arg(with = $with)]
            d: Option<u8>,
        }
    };
}

of_values!("x", "y"; read; "long", 'z', 3 * 4, crate::shown);

#[test]
fn values_of_keys_may_be_fragments() {
    check(&Valued::new().a().b().d(2), &["x", "y", "--long", "-z", "--c=12", "--d=2"]);
}

macro_rules! of_attributes {
    ($($(#[$meta:meta])* $field:ident: $ty:ty),*) => {
        #[derive(Command)]
        #[command(program = Tool)]
        struct Attributed { $($(#[$meta])* $field: $ty),* }
    };
}

of_attributes! {
    #[arg(positional)]
    files: Vec<String>,
    #[arg(short, count)]
    verbose: u8,
    #[arg(delimiter = ",", min = 1, max = 2)]
    items: Vec<u8>
}

#[test]
fn attributes_may_be_fragments() {
    check(&Attributed::new().files("x").verbose(2).items(1), &["-vv", "--items=1", "--", "x"]);
}

macro_rules! generic {
    ($name:ident<$life:lifetime, $parameter:ident>) => {
        #[derive(Command)]
        #[command(program = Tool)]
        struct $name<$life, $parameter: ArgValue> {
            a: &$life str,
            #[arg(positional)]
            b: $parameter,
        }
    };
}

generic!(Generic<'a, T>);

#[test]
fn parameters_may_be_fragments() {
    check(&Generic::new("x", 1_u8), &["--a=x", "--", "1"]);
}

macro_rules! choices {
    ($($variant:ident = $word:literal),*) => {
        #[derive(ArgValue)]
        enum Word { $(#[arg(value = $word)] $variant),* }

        #[derive(Args)]
        enum Choice { $(#[arg(long = $word)] $variant),* }

        #[derive(Subcommand)]
        enum Action { $(#[command(name = $word)] $variant),* }
    };
}

choices!(First = "one", Second = "two");

#[derive(Command)]
#[command(program = Tool)]
struct Chosen {
    word: Word,
    #[arg(flatten)]
    choice: Option<Choice>,
    #[arg(subcommand)]
    action: Action,
}

#[test]
fn variants_and_their_words_may_be_fragments() {
    check(&Chosen::new(Word::First, Action::Second).choice(Choice::Second), &["--word=one", "--two", "two"]);
    check(&Chosen::new(Word::Second, Action::First).choice(Choice::First), &["--word=two", "--one", "one"]);
}
