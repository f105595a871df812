//! Which programs a context permits, as promised to the compiler.

use crate::spec::{Both, Mixed, Program, ProgramSpec};

/// Says that a context type permits the program `P`.
///
/// Implemented by `allowlist!` for each program of its list, and by
/// [`Ambient`](super::Ambient) for every program. Code that works with any sufficient context says so
/// by a bound: `fn release<A: Allows<Git> + Allows<Tar>>(cx: &Cx<A>)`.
///
/// An implementation written by hand convinces the compiler and nobody else: what runs is decided by
/// [`Allowlist::PROGRAMS`].
#[diagnostic::on_unimplemented(
    message = "program `{P}` is not allowed here: it is not in the allowlist `{Self}`",
    label = "`{P}` is not in `{Self}`",
    note = "add `{P}` to `allowlist! {{ {Self} = [...] }}` (or, where `{Self}` is a type parameter, add the bound `Allows<{P}>`), or take a wider context"
)]
pub trait Allows<P> {}

/// A named list of programs, as a type. Made by `allowlist!`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an allowlist",
    label = "not an allowlist",
    note = "an allowlist is a type that is made by `allowlist! {{ Name = [Program, ...]; }}`"
)]
pub trait Allowlist: 'static {
    /// The list's name.
    const NAME: &'static str;
    /// The programs of the list.
    const PROGRAMS: &'static [&'static ProgramSpec];
}

/// Says that every program of the list `Self` is permitted by `A`, so that `A` can narrow to it.
///
/// Implemented by `allowlist!`.
#[diagnostic::on_unimplemented(
    message = "the allowlist `{Self}` is wider than `{A}`: a context can only be narrowed",
    label = "`{Self}` permits more than `{A}`"
)]
pub trait Within<A> {}

impl<P: Program> Allows<P> for super::Ambient {}

/// Says that the context type `A` permits the program `Self`: [`Allows`], read from the other side.
///
/// The verbs of [`Cx`](super::Cx) ask it this way round, because then the compiler settles the program
/// before it looks for the promise, and its message names the program.
#[diagnostic::on_unimplemented(
    message = "not every program of `{Self}` is allowed here: one is not in the allowlist `{A}`",
    label = "has a program that is not in `{A}`",
    note = "add it to `allowlist! {{ {A} = [...] }}`, or take a wider context"
)]
pub trait AllowedIn<A> {}

impl<A: Allows<P>, P: Program> AllowedIn<A> for P {}

impl<A, P: AllowedIn<A>, Q: AllowedIn<A>> AllowedIn<A> for Both<P, Q> {}

impl AllowedIn<super::Ambient> for Mixed {}

/// Two types, of which [`SAME`](Self::SAME) says whether they are one; `allowlist!` asks it of aliases.
#[doc(hidden)]
#[derive(Debug)]
pub struct Pair<A, B>(std::marker::PhantomData<(A, B)>);

impl<A> Pair<A, A> {
    /// They are one type.
    pub const SAME: bool = true;
}

/// What holds of two types otherwise: the constant of the type itself goes before that of a trait.
#[doc(hidden)]
pub trait Different {
    /// They are two types.
    const SAME: bool = false;
}

impl<A, B> Different for Pair<A, B> {}

/// A list of programs that can be given to a context: a type that `allowlist!` made, or facts about programs.
///
/// ```
/// use cuprum::{Cx, Program, allowlist};
///
/// #[derive(Program)]
/// struct Git;
/// allowlist! { Deploy = [Git]; }
///
/// let by_type = Cx::new().narrow_to(Deploy);
/// let by_facts = Cx::new().narrow_to([Git::SPEC]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of programs",
    label = "not a list of programs",
    note = "give `Program::SPEC`, several of them in brackets, or a type that `allowlist!` made"
)]
pub trait Programs {
    /// Returns the programs.
    fn programs(self) -> Vec<&'static ProgramSpec>;
}

impl<L: Allowlist> Programs for L {
    fn programs(self) -> Vec<&'static ProgramSpec> {
        L::PROGRAMS.to_vec()
    }
}

impl Programs for &'static ProgramSpec {
    fn programs(self) -> Vec<&'static ProgramSpec> {
        vec![self]
    }
}

impl<const N: usize> Programs for [&'static ProgramSpec; N] {
    fn programs(self) -> Vec<&'static ProgramSpec> {
        self.to_vec()
    }
}

impl Programs for &[&'static ProgramSpec] {
    fn programs(self) -> Vec<&'static ProgramSpec> {
        self.to_vec()
    }
}

impl Programs for Vec<&'static ProgramSpec> {
    fn programs(self) -> Self {
        self
    }
}
