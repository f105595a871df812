//! Checks the fields of one struct against each other.

use proc_macro2::Span;
use quote::ToTokens as _;
use syn::Ident;

use super::rules::{rules, variables};
use crate::errors::Errors;
use crate::model::{Command, Container, Field, Form, List, Many, Separator};

/// The methods that every command has, so that a setter of the same name would hide them.
const METHODS: &[&str] = &[
    "new",
    "builder",
    "build",
    "default",
    "grace",
    "budget",
    "idle_timeout",
    "cancelled_by",
    "limited_by",
    "paced_by",
    "when",
    "argv",
    "prepare",
    "into_safe",
    "run",
    "run_sync",
    "output",
    "read",
    "bytes",
    "lines",
    "for_each_line",
    "plan",
    "pipe",
    "into_pipeline",
    "code",
    "spawn",
    "wait",
    "in_dir",
    "env",
    "env_remove",
    "env_clear",
    "env_clear_except",
    "env_only",
    "session",
    "run_as",
    "uid",
    "gid",
    "groups",
    "umask",
    "nice",
    "rlimit",
    "reset_signals",
    "accept",
    "stdin",
    "stdout",
    "stderr",
    "tee",
    "timeout",
    "leftovers",
    "before",
    "before_async",
    "after",
    "after_async",
    "tag",
];

/// The functions that every set of arguments has.
const FUNCTIONS: &[&str] = &["new", "builder", "build", "default", "when"];

/// Reports what is wrong with the fields together.
pub(super) fn together(fields: &[Field], command: Option<&Command>, ident: &Ident, errors: &mut Errors) {
    reserved(fields, command.is_some(), errors);
    let single_dash = command.is_some_and(|command| command.single_dash);
    names(fields, if single_dash { "-" } else { "--" }, errors);
    sets(fields, errors);
    operands(fields, errors);
    subcommands(fields, ident, errors);
    open_lists(fields, command, errors);
    rules(fields, errors);
    variables(fields, errors);
    let stdins = fields.iter().filter(|field| matches!(field.form, Form::Stdin(_)));
    if let Some(second) = stdins.clone().nth(1) {
        errors.on(&second.ident, "only one field may be standard input");
    }
    if let (Some(field), Some(command)) = (stdins.clone().next(), command)
        && command.inherit_stdin
    {
        errors.on(&field.ident, "the command's standard input is inherited: remove `stdin = inherit`");
    }
}

fn reserved(fields: &[Field], is_command: bool, errors: &mut Errors) {
    for field in fields {
        let name = &field.name;
        if is_reserved(name, is_command) {
            let owner = if is_command { "command" } else { "set of arguments" };
            let remedy = match field.long {
                Some(_) => format!(" and give it `#[arg(long = \"{name}\")]`"),
                None => String::new(),
            };
            let message = format!("`{name}` is a method of every {owner}; rename the field{remedy}");
            errors.on(&field.ident, message);
        } else if extends_another(field, fields) {
            errors.on(&field.ident, format!("`{name}` is also a method that another field, a list, has"));
        }
    }
}

/// Returns whether the setter of a field would hide a method, or stand beside one of the same name.
pub(crate) fn hides_method(field: &Field, container: &Container) -> bool {
    is_reserved(&field.name, container.command.is_some()) || extends_another(field, &container.fields)
}

fn is_reserved(name: &str, is_command: bool) -> bool {
    let names: &[&str] = if is_command { METHODS } else { FUNCTIONS };
    names.contains(&name)
}

fn extends_another(field: &Field, fields: &[Field]) -> bool {
    let bulk = field.name.strip_prefix("extend_");
    fields.iter().any(|other| Some(other.name.as_str()) == bulk && is_list(other))
}

/// A name that an option is written by.
struct Written<'a> {
    text: String,
    field: &'a Field,
    /// Where the name is, if it stands in an attribute.
    span: Span,
    /// How a message calls it.
    relation: &'static str,
}

/// No two options are written by the same word.
fn names(fields: &[Field], dashes: &str, errors: &mut Errors) {
    let mut seen: Vec<Written<'_>> = Vec::new();
    for name in fields.iter().flat_map(|field| written(field, dashes)) {
        match seen.iter().find(|earlier| earlier.text == name.text) {
            Some(earlier) => {
                let message =
                    format!("`{}` is already {} field `{}`", name.text, earlier.relation, earlier.field.name);
                errors.at(name.span, message);
                errors.at(earlier.field.ident.span(), "first used here");
            }
            None => seen.push(name),
        }
    }
}

fn written<'a>(field: &'a Field, dashes: &str) -> impl Iterator<Item = Written<'a>> {
    let name = |text, span, relation| Written { text, field, span, relation };
    let long = |name: &crate::model::Name<String>| format!("{dashes}{}", name.text);
    let longs = field.long.iter().map(|own| name(long(own), own.span, "the name of")).collect::<Vec<_>>();
    let negations = field.negation.iter().map(|own| name(long(own), own.span, "written by"));
    let negations = negations.collect::<Vec<_>>();
    let shorts =
        field.short.iter().map(move |own| name(format!("-{}", own.text), own.span, "the short name of"));
    longs.into_iter().chain(negations).chain(shorts)
}

/// A set that is taken in twice would write the same options in two places.
fn sets(fields: &[Field], errors: &mut Errors) {
    let mut seen: Vec<String> = Vec::new();
    for field in fields {
        let Form::Group(many) = &field.form else { continue };
        let shown = many.ty().to_token_stream().to_string();
        if seen.contains(&shown) {
            let message = format!(
                "`{}` is flattened twice: its options would stand in two places",
                shown.replace(' ', "")
            );
            errors.on(many.ty(), message);
        } else {
            seen.push(shown);
        }
    }
}

fn operands(fields: &[Field], errors: &mut Errors) {
    for is_last in [false, true] {
        let same = |field: &&Field| match field.form {
            Form::Operand(_) => !is_last,
            Form::Last(_) => is_last,
            _ => false,
        };
        let mut list: Option<&Field> = None;
        let mut optional: Option<&Field> = None;
        for field in fields.iter().filter(same) {
            let always = field.required || field.default.is_some();
            if let Some(list) = list {
                let message = format!(
                    "operand `{}` after the list operand `{}`: only the last operand may be a list",
                    field.name, list.name
                );
                errors.on(&field.ident, message);
            } else if let Some(optional) = optional.filter(|_| always) {
                let message = format!(
                    "required operand `{}` after the optional operand `{}`",
                    field.name, optional.name
                );
                errors.on(&field.ident, message);
            }
            if is_list(field) && matches!(field.list, List::Repeat) {
                list = list.or(Some(field));
            } else if !always {
                optional = optional.or(Some(field));
            }
        }
    }
}

fn subcommands(fields: &[Field], ident: &Ident, errors: &mut Errors) {
    let count = fields.iter().filter(|field| matches!(field.form, Form::Subcommand(_))).count();
    if count > 1 {
        errors.on(ident, "only one field may be the subcommand");
    }
    if count == 0 {
        return;
    }
    for field in fields {
        match field.form {
            Form::Operand(_) | Form::Last(_) => errors.on(
                &field.ident,
                "operands and a subcommand in one command: the tool would read the operand as the subcommand",
            ),
            Form::Value(_) if matches!(field.list, List::Values) => errors.on(
                &field.ident,
                "`values` and a subcommand in one command: the tool would read the subcommand as a value",
            ),
            _ => {}
        }
    }
}

/// A list behind one name has no end but the next option.
fn open_lists(fields: &[Field], command: Option<&Command>, errors: &mut Errors) {
    let has_operands = fields.iter().any(|field| matches!(field.form, Form::Operand(_)));
    if !matches!(command, Some(command) if matches!(command.separator, Separator::Nothing)) || !has_operands {
        return;
    }
    for field in fields.iter().filter(|field| matches!(field.list, List::Values)) {
        let message =
            "`values` beside operands without a separator: the tool would read the operands as values";
        errors.on(&field.ident, message);
    }
}

fn is_list(field: &Field) -> bool {
    match &field.form {
        Form::Value(many) | Form::Operand(many) | Form::Last(many) | Form::Variable(_, many) => {
            matches!(many, Many::List(_))
        }
        Form::Group(many) => matches!(many, Many::List(_)),
        _ => false,
    }
}
