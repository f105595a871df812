//! A crate without a prelude, with the library renamed and the names of the standard types taken.
#![no_implicit_prelude]

use ::core::prelude::v1::derive;
use ::cu::spec::Secret;
use ::cu::{ArgValue, Args, Command, Program, Subcommand};

/// Takes a name that the derives need.
pub struct Option;
/// Takes a name that the derives need.
pub struct Vec;
/// Takes a name that the derives need.
pub struct String;
/// Takes a name that the derives need.
pub struct Result;
/// Takes a name that the derives need.
pub struct Box;
/// Takes a name that the derives need.
pub struct Default;

/// A program.
#[derive(Program)]
#[program(crate = ::cu, name = "tool", separator = "--", env(set("A" = "b")), ok(0, 1))]
pub struct Tool;

/// Words.
#[derive(ArgValue)]
#[arg(crate = ::cu)]
pub enum When {
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A checked value.
#[derive(ArgValue)]
#[arg(crate = ::cu, check = is_ref)]
pub struct Ref(::std::string::String);

const fn is_ref(text: &str) -> bool {
    !text.is_empty()
}

/// Shared arguments.
#[derive(Args)]
#[command(crate = ::cu)]
pub struct Common {
    /// Says less.
    pub quiet: bool,
}

/// Options of which one is given.
#[derive(Args)]
#[command(crate = ::cu)]
pub enum Mode {
    /// Creates.
    Create,
    /// Strips leading directories.
    Strip(u32),
}

/// How it looks.
#[derive(Args)]
#[command(crate = ::cu)]
pub enum Look {
    /// As wide as this.
    Width(u32),
}

/// Subcommands.
#[derive(Subcommand)]
#[command(crate = ::cu)]
pub enum Action {
    /// Adds.
    Add(Common),
    /// Prunes.
    Prune,
}

/// A command with a field of every form.
#[derive(Command)]
#[command(crate = ::cu, program = Tool, subcommand = "all", output = ::std::string::String, fn = every)]
pub struct Every {
    /// A flag.
    pub r#type: bool,
    /// A switch.
    #[arg(negatable)]
    pub edit: ::core::option::Option<bool>,
    /// A count.
    #[arg(short, count)]
    pub verbose: u8,
    /// A value.
    pub depth: ::core::option::Option<u32>,
    /// A number that is not zero.
    pub jobs: ::core::option::Option<::core::num::NonZeroU32>,
    /// An optional value.
    pub color: ::core::option::Option<::core::option::Option<When>>,
    /// A list.
    #[arg(max = 2)]
    pub exclude: ::std::vec::Vec<::std::string::String>,
    /// A joined list.
    #[arg(delimiter = ",")]
    pub fields: ::std::vec::Vec<u32>,
    /// A default.
    #[arg(default = 3)]
    pub level: u32,
    /// A value that a function writes.
    #[arg(with = hex)]
    pub mask: ::core::option::Option<u32>,
    /// Values that a function writes.
    #[arg(with = hex, delimiter = ",")]
    pub masks: ::std::vec::Vec<u32>,
    /// A rule.
    #[arg(requires("depth"), conflicts("mask"))]
    pub deep: bool,
    /// A secret.
    #[arg(secret)]
    pub token: ::core::option::Option<Secret<::std::string::String>>,
    /// A variable.
    #[arg(env = "SITE")]
    pub site: ::core::option::Option<::std::string::String>,
    /// Standard input.
    #[arg(stdin)]
    pub input: ::std::vec::Vec<u8>,
    /// Shared arguments.
    #[arg(flatten)]
    pub common: Common,
    /// One of some options.
    #[arg(flatten)]
    pub look: ::core::option::Option<Look>,
    /// Some options in order.
    #[arg(flatten)]
    pub modes: ::std::vec::Vec<Mode>,
    /// Not written.
    #[arg(skip)]
    pub memo: u8,
    /// An old name.
    #[deprecated(note = "use `depth`")]
    pub old_depth: ::core::option::Option<u32>,
    /// The first operand.
    #[arg(positional)]
    pub rev: Ref,
    /// The other operands.
    #[arg(positional, min = 1)]
    pub files: ::std::vec::Vec<::std::path::PathBuf>,
    /// The rest.
    #[arg(last)]
    pub rest: ::std::vec::Vec<::std::string::String>,
}

fn hex(mask: &u32) -> ::std::ffi::OsString {
    ::core::convert::From::from(::std::format!("{mask:x}"))
}

/// A command with a subcommand, a private type and a private field.
#[derive(Command)]
#[command(crate = ::cu, program = Tool)]
struct Private {
    #[arg(subcommand)]
    action: Action,
    hidden: Hidden,
}

#[derive(ArgValue)]
#[arg(crate = ::cu)]
enum Hidden {
    Word,
}

/// Returns a command of a private type.
pub fn private() -> impl Command {
    Private::builder().hidden(Hidden::Word).action(Action::Prune).build()
}

/// A command that borrows, and is generic.
#[derive(Command)]
#[command(crate = ::cu, program = Tool)]
pub struct Generic<'a, T: ArgValue, G>
where
    G: Args + ::cu::spec::ArgsUnder<<Tool as Program>::Separator> + ::core::default::Default,
    G: Args<Itself = G>,
{
    /// A borrowed value.
    pub path: &'a ::std::path::Path,
    /// A value of any type.
    pub value: T,
    /// A set of any type.
    #[arg(flatten)]
    pub group: ::core::option::Option<G>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::std::{assert_eq, matches};

    #[::core::prelude::v1::test]
    fn every_form_means_the_same_without_a_prelude() {
        let Some(rev) = Ref::new("main").ok() else { return };
        let command = every(rev, ["a"])
            .r#type()
            .edit(false)
            .verbose(2)
            .color(None)
            .look(Look::Width(1))
            .modes(Mode::Strip(1));
        let words = command.argv().map(|words| words.join(::std::ffi::OsStr::new(" ")));
        let expected = "all --type --no-edit -vv --color --level=3 --width=1 --strip=1 -- main a";
        assert_eq!(words, Ok(::core::convert::From::from(expected)));
    }

    #[::core::prelude::v1::test]
    fn a_private_command_is_built_by_name() {
        assert_eq!(private().argv().map(|words| words.len()), Ok(2));
        assert!(matches!(Private::SPEC.args().len(), 2));
    }

    #[::core::prelude::v1::test]
    fn a_generic_command_writes_as_the_owned_form() {
        let command = Generic::<u8, Common>::new("p", 7).group(Common::new().quiet());
        assert_eq!(command.argv().map(|words| words.len()), Ok(3));
    }

    use ::core::assert;
    use ::core::option::Option::{None, Some};
    use ::core::result::Result::Ok;
}
