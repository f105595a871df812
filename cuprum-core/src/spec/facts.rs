//! Questions about the facts of arguments that the derives ask when a command is compiled.
//!
//! A derive sees one struct; what a flattened set holds is known by its constants alone. The lists are
//! walked by loops, since the compiler allows constants no deep recursion.

use super::{Arg, ArgKind, Command, CommandSpec, List, Program, ProgramSpec, Tier};

/// Returns whether an option of `args`, or of a set in it, has the long name `name`.
pub const fn has_long(args: &[Arg], name: &str) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        if is_name(arg.long(), name) || is_name(arg.negation(), name) || has_long(set(arg), name) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns whether an option of `args`, or of a set in it, has the short name `name`.
pub const fn has_short(args: &[Arg], name: char) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        if matches!(arg.short(), Some(short) if short == name) || has_short(set(arg), name) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns whether an option of `left` has a name that an option of `right` has, too.
pub const fn share_a_name(left: &[Arg], right: &[Arg]) -> bool {
    let mut rest = left;
    while let [arg, tail @ ..] = rest {
        if matches!(arg.long(), Some(long) if has_long(right, long))
            || matches!(arg.negation(), Some(negation) if has_long(right, negation))
            || matches!(arg.short(), Some(short) if has_short(right, short))
            || share_a_name(set(arg), right)
        {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns whether `args`, or a set in it, holds an operand before `--`.
pub const fn has_operand(args: &[Arg]) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        if matches!(arg.kind(), ArgKind::Operand) || has_operand(set(arg)) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns whether `args`, or a set in it, holds an operand after `--`.
pub const fn has_last(args: &[Arg]) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        if matches!(arg.kind(), ArgKind::Last) || has_last(set(arg)) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns whether `args`, or a set in it, holds a subcommand.
pub const fn has_subcommand(args: &[Arg]) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        if matches!(arg.kind(), ArgKind::Subcommand(_)) || has_subcommand(set(arg)) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns whether a list of `args`, or of a set in it, has no end but the next option.
pub const fn has_open_list(args: &[Arg]) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        if matches!(arg.list(), List::Values) || has_open_list(set(arg)) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns whether an operand follows a list of operands, so that nobody can tell where the list ends.
pub const fn has_operand_after_list(args: &[Arg]) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        if has_operand_after_list(set(arg)) || (holds_list(arg) && has_operand(tail)) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns how many of `args`, and of the sets in it, are standard input.
pub const fn inputs(args: &[Arg]) -> usize {
    let (mut rest, mut count) = (args, 0);
    while let [arg, tail @ ..] = rest {
        count += inputs(set(arg)) + matches!(arg.kind(), ArgKind::Stdin) as usize;
        rest = tail;
    }
    count
}

/// Returns whether an argument of `args`, of a set or of a subcommand in it, can do more than `ceiling`.
pub const fn is_above(args: &[Arg], ceiling: Tier) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        if matches!(arg.danger(), Some(danger) if danger.tier() as u8 > ceiling as u8)
            || is_above(set(arg), ceiling)
        {
            return true;
        }
        if let ArgKind::Subcommand(mut choices) = arg.kind() {
            while let [choice, others @ ..] = choices {
                if is_above(choice.args(), ceiling) {
                    return true;
                }
                choices = others;
            }
        }
        rest = tail;
    }
    false
}

/// Returns whether an argument is a list of operands, or a set that holds one.
const fn holds_list(arg: &Arg) -> bool {
    if let (ArgKind::Operand, List::Repeat) = (arg.kind(), arg.list()) {
        return true;
    }
    let mut rest = set(arg);
    while let [inner, tail @ ..] = rest {
        if holds_list(inner) || (matches!(arg.list(), List::Repeat) && has_operand(rest)) {
            return true;
        }
        rest = tail;
    }
    false
}

const fn set(arg: &Arg) -> &'static [Arg] {
    match arg.kind() {
        ArgKind::Group(args) => args,
        _ => &[],
    }
}

const fn is_name(given: Option<&str>, name: &str) -> bool {
    let Some(given) = given else { return false };
    // The length first: a large command compares many names, and the compiler takes its time.
    if given.len() != name.len() {
        return false;
    }
    let (mut left, mut right) = (given.as_bytes(), name.as_bytes());
    while let ([a, left_tail @ ..], [b, right_tail @ ..]) = (left, right) {
        if *a != *b {
            return false;
        }
        (left, right) = (left_tail, right_tail);
    }
    true
}

/// Returns the facts about the program of a command.
pub const fn program_of<C: Command>() -> &'static ProgramSpec {
    <C::Program as Program>::SPEC
}

/// Returns whether one dash makes the long name of an argument the short name of another: `-v` and `-v`.
pub const fn is_ambiguous_with_one_dash(spec: &CommandSpec) -> bool {
    let of_program = matches!(spec.program(), Some(program) if program.single_dash());
    if !of_program && !spec.single_dash() {
        return false;
    }
    has_short_as_long(spec.args(), spec.args())
}

/// Returns whether a long name of `args`, or of a set in it, is the letter of a short option of `all`.
const fn has_short_as_long(args: &[Arg], all: &[Arg]) -> bool {
    let mut rest = args;
    while let [arg, tail @ ..] = rest {
        if let Some(long) = arg.long()
            && let [letter] = long.as_bytes()
            && !matches!(arg.short(), Some(own) if own == *letter as char)
            && has_short(all, *letter as char)
        {
            return true;
        }
        if has_short_as_long(set(arg), all) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Asserts that the ceiling of a command's program is above `read`.
#[track_caller]
pub const fn assert_writes<C: Command>(message: &'static str) {
    assert_program_writes(program_of::<C>(), message);
}

/// Asserts that the ceiling of a command's program is `destructive`; there is a message for each tier below.
#[track_caller]
pub const fn assert_destroys<C: Command>(read: &'static str, write: &'static str) {
    assert_program_destroys(program_of::<C>(), read, write);
}

/// Asserts that a program's ceiling is above `read`.
#[track_caller]
#[expect(clippy::panic, reason = "it is asked while a program is compiled, and this is how that reports")]
pub const fn assert_program_writes(program: &ProgramSpec, message: &'static str) {
    if let Tier::Read = program.tier() {
        panic!("{}", message)
    }
}

/// Asserts that a program's ceiling is `destructive`; there is a message for each tier below.
#[track_caller]
#[expect(clippy::panic, reason = "it is asked while a program is compiled, and this is how that reports")]
pub const fn assert_program_destroys(program: &ProgramSpec, read: &'static str, write: &'static str) {
    match program.tier() {
        Tier::Read => panic!("{}", read),
        Tier::Write => panic!("{}", write),
        Tier::Destructive => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Danger, SubcommandSpec};

    const FILES: Arg = Arg::new("files", ArgKind::Operand).with_list(List::Repeat);
    const DEST: Arg = Arg::new("dest", ArgKind::Operand);
    const QUIET: Arg = Arg::new("quiet", ArgKind::Flag).with_long("quiet").with_short('q');
    const EDIT: Arg = Arg::new("edit", ArgKind::Flag).with_long("edit").with_negation("no-edit");

    #[test]
    fn names_are_found_in_sets_and_as_negations() {
        let set = Arg::new("common", ArgKind::Group(&[QUIET, EDIT]));
        assert!(has_long(&[DEST, set], "no-edit") && has_short(&[set], 'q'));
        assert!(!has_long(&[set], "edi") && !has_short(&[set], 'e'));
        assert!(share_a_name(&[DEST, QUIET], &[set]) && !share_a_name(&[DEST], &[set]));
    }

    #[test]
    fn standard_input_is_counted_across_sets() {
        const INPUT: Arg = Arg::new("patch", ArgKind::Stdin);
        let set = Arg::new("set", ArgKind::Group(&[QUIET, INPUT]));
        assert_eq!((inputs(&[QUIET, DEST]), inputs(&[INPUT, set]), inputs(&[set])), (0, 2, 1));
    }

    #[test]
    fn danger_is_found_in_sets_and_subcommands() {
        const EXEC: Arg = QUIET.with_danger(Danger::Exec);
        const ADD: SubcommandSpec = SubcommandSpec::new("add", &[DEST, EXEC]);
        let inner = Arg::new("action", ArgKind::Subcommand(&[ADD]));
        assert!(is_above(&[DEST, inner], Tier::Write) && is_above(&[EXEC], Tier::Read));
        assert!(!is_above(&[inner], Tier::Destructive) && !is_above(&[DEST], Tier::Read));
    }

    #[test]
    fn an_operand_after_a_list_is_found_across_sets() {
        let files = Arg::new("set", ArgKind::Group(&[FILES]));
        let dest = Arg::new("set", ArgKind::Group(&[DEST]));
        assert!(has_operand_after_list(&[files, dest]) && has_operand_after_list(&[files, DEST]));
        assert!(has_operand_after_list(&[dest.with_list(List::Repeat), DEST]));
        assert!(!has_operand_after_list(&[dest, files]) && !has_operand_after_list(&[QUIET, DEST, FILES]));
    }
}
