//! Which programs a context permits: promised to the compiler, and checked again when a command runs.

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
pub trait AllowedIn<A> {}

impl<A: Allows<P>, P: Program> AllowedIn<A> for P {}

impl<A, P: AllowedIn<A>, Q: AllowedIn<A>> AllowedIn<A> for Both<P, Q> {}

impl AllowedIn<super::Ambient> for Mixed {}

/// The programs that a context permits at run time.
#[derive(Clone, Debug, Default)]
pub(crate) enum Allowed {
    /// Every program that is a [`Program`].
    #[default]
    Listed,
    /// These only.
    Only(Vec<&'static ProgramSpec>),
}

impl Allowed {
    /// Takes away every program that is not in `list`.
    pub(super) fn narrow(&mut self, list: &[&'static ProgramSpec]) {
        match self {
            Self::Listed => *self = Self::Only(list.to_vec()),
            Self::Only(programs) => programs.retain(|program| list.contains(program)),
        }
    }

    /// Checks `program`.
    ///
    /// # Errors
    ///
    /// The reason for the refusal, naming what is permitted.
    pub(crate) fn check(&self, program: &ProgramSpec) -> Result<(), String> {
        match self {
            Self::Only(programs) if !programs.contains(&program) => {
                let names: Vec<&str> = programs.iter().map(|program| program.name()).collect();
                Err(match names.as_slice() {
                    [] => "this context permits no program".to_owned(),
                    names => format!("this context permits {}", names.join(", ")),
                })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static GIT: ProgramSpec = ProgramSpec::new("git");
    static TAR: ProgramSpec = ProgramSpec::new("tar");
    static RM: ProgramSpec = ProgramSpec::new("rm");

    #[test]
    fn narrowing_only_removes() {
        let mut allowed = Allowed::default();
        assert_eq!(allowed.check(&RM), Ok(()));
        allowed.narrow(&[&GIT, &TAR]);
        allowed.narrow(&[&TAR, &RM]);
        assert_eq!(allowed.check(&TAR), Ok(()));
        assert_eq!(allowed.check(&GIT), Err("this context permits tar".to_owned()));
        assert_eq!(allowed.check(&RM), Err("this context permits tar".to_owned()));
    }

    #[test]
    fn the_empty_list_permits_nothing() {
        let mut allowed = Allowed::default();
        allowed.narrow(&[]);
        assert_eq!(allowed.check(&GIT), Err("this context permits no program".to_owned()));
        allowed.narrow(&[&GIT]);
        assert_eq!(allowed.check(&GIT), Err("this context permits no program".to_owned()));
    }
}
