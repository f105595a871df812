//! Checks the fields of one struct against each other.

use proc_macro2::Span;
use syn::{Ident, LitStr};

use crate::errors::Errors;
use crate::model::{Command, Field, Form, List, Many, Separator};
use crate::suggest::suggest;

/// The methods that every command has, so that a setter of the same name would hide them.
const METHODS: [&str; 46] = [
    "new",
    "builder",
    "build",
    "default",
    "grace",
    "budget",
    "idle_timeout",
    "cancelled_by",
    "limited_by",
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
];

/// The functions that every set of arguments has.
const FUNCTIONS: [&str; 5] = ["new", "builder", "build", "default", "when"];

/// Reports what is wrong with the fields together.
pub(super) fn together(fields: &[Field], command: Option<&Command>, ident: &Ident, errors: &mut Errors) {
    reserved(fields, command.is_some(), errors);
    longs(fields, errors);
    shorts(fields, errors);
    operands(fields, errors);
    subcommands(fields, ident, errors);
    open_lists(fields, command, errors);
    rules(fields, errors);
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
        let (names, owner): (&[&str], _) =
            if is_command { (&METHODS, "command") } else { (&FUNCTIONS, "set of arguments") };
        if names.contains(&name.as_str()) {
            let remedy = match field.long {
                Some(_) => format!(" and give it `#[arg(long = \"{name}\")]`"),
                None => String::new(),
            };
            let message = format!("`{name}` is a method of every {owner}; rename the field{remedy}");
            errors.on(&field.ident, message);
        }
        let bulk = name.strip_prefix("extend_");
        if fields.iter().any(|other| Some(other.name.as_str()) == bulk && is_list(other)) {
            errors.on(&field.ident, format!("`{name}` is also a method that another field, a list, has"));
        }
    }
}

/// A name that was seen, and by which field.
struct Seen<'a, T> {
    text: T,
    field: &'a Field,
    span: Span,
    is_negation: bool,
}

fn longs(fields: &[Field], errors: &mut Errors) {
    let mut seen: Vec<Seen<'_, &str>> = Vec::new();
    for field in fields {
        let names = field.long.iter().map(|name| (name, false));
        for (name, is_negation) in names.chain(field.negation.iter().map(|name| (name, true))) {
            match seen.iter().find(|earlier| earlier.text == name.text) {
                Some(earlier) => {
                    let relation = if earlier.is_negation { "written by" } else { "the name of" };
                    let message =
                        format!("`--{}` is already {relation} field `{}`", name.text, earlier.field.name);
                    errors.at(name.span, message);
                    errors.at(earlier.span, "first used here");
                }
                None => seen.push(Seen { text: &name.text, field, span: field.ident.span(), is_negation }),
            }
        }
    }
}

fn shorts(fields: &[Field], errors: &mut Errors) {
    let mut seen: Vec<Seen<'_, char>> = Vec::new();
    for field in fields {
        let Some(name) = &field.short else { continue };
        match seen.iter().find(|earlier| earlier.text == name.text) {
            Some(earlier) => {
                let message =
                    format!("`-{}` is already the short name of field `{}`", name.text, earlier.field.name);
                errors.at(name.span, message);
                errors.at(earlier.span, "first used here");
            }
            None => {
                seen.push(Seen { text: name.text, field, span: field.ident.span(), is_negation: false });
            }
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

fn rules(fields: &[Field], errors: &mut Errors) {
    for field in fields {
        let rules = [("conflicts", &field.conflicts), ("requires", &field.requires)];
        for (rule, others) in rules {
            for other in others {
                rule_of(field, rule, other, fields, errors);
            }
        }
        if !field.conflicts.is_empty() && is_always_set(field) {
            errors.on(&field.ident, format!("`{}` is always given, so it cannot conflict", field.name));
        }
    }
}

fn rule_of(field: &Field, rule: &str, other: &LitStr, fields: &[Field], errors: &mut Errors) {
    let name = other.value();
    if name == field.name {
        errors.on(other, format!("`{rule}` names another field, not the field itself"));
        return;
    }
    match fields.iter().find(|field| field.name == name) {
        None => {
            let known: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            errors.on(other, format!("no field named `{name}`{}", suggest(&name, &known)));
        }
        Some(other_field) => match other_field.form {
            Form::Skip | Form::Subcommand(_) | Form::Group(_) => {
                errors.on(other, format!("`{name}` is no single argument, so `{rule}` cannot name it"));
            }
            _ if rule == "conflicts" && is_always_set(other_field) => {
                errors.on(other, format!("`{name}` is always given, so nothing can conflict with it"));
            }
            _ => {}
        },
    }
}

fn is_always_set(field: &Field) -> bool {
    field.required || field.default.is_some()
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
