//! What a struct takes in, as the derives name it: a type that is no set is reported once, and stands in for an empty one.
//!
//! A constant or function of a type itself goes before that of a trait. Where the bound of the first does not
//! hold, the compiler takes the second and says nothing; what the derive says elsewhere is then the one message.

use std::marker::PhantomData;

use super::{Arg, Args, Argv, NoProgram, Optional, Program, ProgramSpec, Subcommand, SubcommandSpec};

/// A set of arguments.
#[doc(hidden)]
#[derive(Debug)]
pub struct SetOf<T>(PhantomData<T>);

/// A choice of subcommands.
#[doc(hidden)]
#[derive(Debug)]
pub struct ChoiceOf<T>(PhantomData<T>);

/// The program of a generic command, of which a constant beside the type can ask nothing.
#[doc(hidden)]
#[derive(Debug)]
pub struct ProgramOf<T>(PhantomData<T>);

impl<T: Program> ProgramOf<T> {
    /// The facts about the program.
    pub const SPEC: &'static ProgramSpec = T::SPEC;
}

impl<T: Args> SetOf<T> {
    /// The facts about its arguments.
    pub const ARGS: &'static [Arg] = T::ARGS;

    /// Writes the arguments.
    pub fn write(set: &T, argv: &mut Argv) {
        set.write(argv);
    }

    /// Returns the set of which nothing is given.
    pub fn unset() -> T
    where
        T::Itself: Optional + Into<T>,
    {
        T::unset()
    }
}

impl<T: Subcommand> ChoiceOf<T> {
    /// The facts about each subcommand.
    pub const SUBCOMMANDS: &'static [SubcommandSpec] = T::SUBCOMMANDS;

    /// Writes the subcommand.
    pub fn write(choice: &T, argv: &mut Argv) {
        choice.write(argv);
    }
}

/// What stands in for a type that is none of them.
#[doc(hidden)]
pub trait Neither<T>: Sized {
    /// No arguments.
    const ARGS: &'static [Arg] = &[];
    /// No subcommands.
    const SUBCOMMANDS: &'static [SubcommandSpec] = &[];
    /// A program that permits everything.
    const SPEC: &'static ProgramSpec = NoProgram::SPEC;

    /// Writes nothing.
    fn write(_: &T, _: &mut Argv) {}

    /// Is never called: the program does not compile.
    fn unset() -> T {
        unreachable!("a type that is no set of arguments was reported")
    }
}

impl<T> Neither<T> for SetOf<T> {}
impl<T> Neither<T> for ChoiceOf<T> {}
impl<T> Neither<T> for ProgramOf<T> {}

/// Names a set of arguments, so that a type that is none is reported.
#[doc(hidden)]
pub const fn assert_set<T: ?Sized>() {}
