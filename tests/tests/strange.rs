//! Structs that are declared in strange ways, and what they write.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
// What a declaration of another crate may look like is not what this one would write.
#![expect(non_camel_case_types, reason = "the names are part of what is tried")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use cuprum::{ArgValue, Args, Command, Program, Subcommand, lit};

#[derive(Program)]
#[program(separator = "--")]
/// A program.
pub struct Tool;

#[track_caller]
fn check(command: &impl Command, expected: &[&str]) {
    assert_eq!(command.argv().unwrap(), expected);
}

/// The name that a builder of `Image` could have.
struct ImageBuilder;

#[derive(Command)]
#[command(program = Tool)]
struct Image {
    name: String,
    new_name: String,
    #[arg(skip)]
    other: Option<Box<ImageBuilder>>,
}

#[test]
fn a_type_that_is_called_as_a_builder_might_be_is_not_in_the_way() {
    check(&Image::builder().new_name("b").name("a").build(), &["--name=a", "--new-name=b"]);
    assert!(Image::new("a", "b").other(Some(Box::new(ImageBuilder))).other.is_some());
}

/// Types that are called as fields are: the builder has types of the fields' names, too.
struct path {}

#[derive(Command)]
#[command(program = Tool)]
struct Shadowed {
    path: String,
    kind: String,
    #[arg(skip)]
    inner: Option<path>,
}

#[test]
fn a_type_may_have_the_name_of_a_field() {
    check(&Shadowed::builder().kind("k").path("p").build().inner(Some(path {})), &["--path=p", "--kind=k"]);
}

#[derive(Command)]
#[command(program = Tool)]
struct Bytes {
    #[arg(stdin, required)]
    patch: Vec<u8>,
    name: String,
}

#[test]
fn standard_input_that_is_required_is_a_parameter() {
    check(&Bytes::new("patch", "n"), &["--name=n"]);
    check(&Bytes::builder().name("n").patch(vec![0, 255]).build(), &["--name=n"]);
}

#[derive(Command)]
#[command(program = Tool)]
struct r#Raw {
    r#type: bool,
    r#match: Option<u32>,
    r#fn: Vec<String>,
    r#in: String,
    r#as: String,
}

#[test]
fn raw_identifiers_lose_their_mark() {
    let raw = Raw::builder().r#as("2").r#in("1").build().r#type().r#match(3).r#fn("a").extend_fn(["b"]);
    check(&raw, &["--type", "--match=3", "--fn=a", "--fn=b", "--in=1", "--as=2"]);
}

mod core {}
mod std_ {}
mod cuprum_ {}

mod taken {
    //! The names of the standard library stand for something else here.
    #![expect(unused, reason = "that they are there is the point")]

    pub struct Option_;
    pub struct From;
    pub struct Into;
    pub struct Clone;
    pub struct Default;
    pub struct Display;
    pub struct Formatter;
    pub struct Iterator;
    pub struct IntoIterator;
    pub struct Sized;
    pub struct Result;
    pub mod core {}
    pub mod std {}
    pub mod alloc {}
    pub mod cuprum {}
    pub mod __spec {}
    pub fn drop() {}
    pub type bool = ::core::primitive::bool;
    pub type u32 = ::core::primitive::u32;

    #[derive(::cuprum::Command)]
    #[command(program = super::Tool)]
    pub struct Taken {
        pub flag: bool,
        pub depth: Option<u32>,
        #[arg(positional)]
        pub files: Vec<::std::path::PathBuf>,
        #[arg(count)]
        pub verbose: u8,
    }
}

#[test]
fn names_of_the_standard_library_may_mean_something_else() {
    check(
        &taken::Taken::new().flag().depth(1).files("-x").verbose(1),
        &["--flag", "--depth=1", "--verbose", "--", "-x"],
    );
}

#[derive(Args)]
struct Shared<'a, T: ArgValue> {
    quiet: bool,
    value: Option<&'a T>,
}

#[derive(Command)]
#[command(program = Tool)]
struct Nested<'a, 'b: 'a, T: ArgValue + Clone, const N: usize> {
    #[arg(flatten)]
    shared: Shared<'a, T>,
    path: Option<&'b Path>,
    text: Option<Cow<'a, str>>,
    #[arg(skip)]
    size: std::marker::PhantomData<[u8; N]>,
    #[arg(positional)]
    files: Vec<Cow<'b, Path>>,
}

#[test]
fn lifetimes_types_and_constants_go_together() {
    let value = 7_u32;
    let nested: Nested<'_, '_, u32, 0> =
        Nested::new().shared(Shared::new().quiet().value(&value)).text("t").files("f");
    check(&nested, &["--quiet", "--value=7", "--text=t", "--", "f"]);
}

#[derive(Command)]
#[command(program = Tool)]
struct Cut {
    #[cfg(any())]
    gone: ThisTypeDoesNotExist,
    #[cfg(test)]
    there: bool,
    #[deprecated = "use `there`"]
    old: bool,
    #[doc(hidden)]
    hidden: Option<std::num::NonZeroU8>,
    pub(self) own: bool,
    pub(crate) tried: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, ArgValue)]
enum r#When {
    r#Auto,
    #[arg(value = "größe")]
    Size,
    #[arg(value = "")]
    Empty,
}

#[derive(ArgValue, Clone)]
struct Pair<'a>(Cow<'a, str>);

#[derive(ArgValue)]
#[arg(check = is_word)]
struct Word(String);

const fn is_word(text: &str) -> bool {
    !text.is_empty()
}

#[derive(Command)]
#[command(program = Tool, rename_all = "camelCase")]
struct Values {
    #[arg(long = "when")]
    when_: Option<When>,
    maybe_when: Option<Option<When>>,
    #[arg(delimiter = ",")]
    all_when: Vec<When>,
    pair: Option<Pair<'static>>,
    word: Word,
    boxed: Option<Box<str>>,
    #[arg(short = 'é')]
    accent: bool,
    #[arg(long = "größe")]
    size: Option<OsString>,
    #[arg(with = shown, default = BTreeMap::new())]
    map: BTreeMap<u8, u8>,
    #[arg(default = "x")]
    text: String,
    #[arg(default)]
    number: i64,
}

fn shown(map: &BTreeMap<u8, u8>) -> OsString {
    OsString::from(map.len().to_string())
}

#[test]
fn values_of_every_kind_are_written() {
    let values = Values::new(lit!(Word, "w"))
        .when_(When::Empty)
        .maybe_when(Some(When::Size))
        .all_when(When::Auto)
        .all_when(When::Size)
        .pair(Pair("p".into()))
        .accent()
        .size("1");
    check(
        &values,
        &[
            "--when=",
            "--maybeWhen=größe",
            "--allWhen=auto,größe",
            "--pair=p",
            "--word=w",
            "-é",
            "--größe=1",
            "--map=0",
            "--text=x",
            "--number=0",
        ],
    );
}

#[derive(Subcommand)]
enum Deep {
    #[command(name = "größe")]
    Size(Inner),
    r#Type,
}

#[derive(Args)]
struct Inner {
    flag: bool,
    #[arg(subcommand)]
    deeper: Option<Box_>,
}

#[derive(Subcommand)]
enum Box_ {
    Last,
}

#[derive(Command)]
#[command(program = Tool)]
struct Tree {
    #[arg(subcommand)]
    deep: Deep,
}

#[test]
fn subcommands_nest() {
    check(&Tree::new(Deep::Size(Inner::new().flag().deeper(Box_::Last))), &["größe", "--flag", "last"]);
    check(&Tree::new(Deep::Type), &["type"]);
}

#[test]
fn a_very_long_value_is_one_word() {
    #[derive(Command)]
    #[command(program = Tool)]
    struct Local {
        #[arg(positional)]
        path: PathBuf,
    }
    let long = "x".repeat(1 << 20);
    check(&Local::new(long.as_str()), &["--", &long]);
}
