//! Writes documentation: what each setter writes.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::LitStr;

use crate::model::{Command, Container, Field, Form, List, Many, Separator, Style};
use crate::names::kebab;
use crate::parse::Word;

/// Returns the documentation of a field's setter: the field's own, then what it writes.
pub(super) fn setter(field: &Field, single_dash: bool) -> TokenStream {
    let kept = &field.kept;
    let line = written(field, single_dash);
    let gap = kept.iter().any(|attr| attr.path().is_ident("doc")).then(|| quote!(#[doc = ""]));
    quote!(#(#kept)* #gap #[doc = #line])
}

/// Returns the documentation of all functions of a struct: its command line.
pub(super) fn command_line(container: &Container) -> TokenStream {
    let mut words = Vec::new();
    if let Some(command) = &container.command {
        let program = command.program.as_ref().and_then(|path| path.segments.last());
        words.extend(program.map(|segment| kebab(&segment.ident)));
        words.extend(options(container, Place::Global));
        words.extend(command.subcommand.iter().map(LitStr::value));
        words.extend(command.fixed.iter().map(|word| match word {
            Word::Literal(literal) => literal.value(),
            Word::Constant(path) => format!("{{{}}}", path.to_token_stream().to_string().replace(' ', "")),
        }));
    } else {
        words.extend(options(container, Place::Global));
    }
    words.extend(options(container, Place::Option));
    words.extend(options(container, Place::Subcommand));
    if let Some(Command { separator: Separator::Own(separator), .. }) = &container.command
        && container.fields.iter().any(|field| matches!(field.form, Form::Operand(_)))
    {
        words.push(separator.value());
    }
    words.extend(options(container, Place::Operand));
    words.extend(options(container, Place::Last));
    let line = words.join(" ");
    let mut text = format!("# Command line\n\n```text\n{line}\n```");
    if let Some(alias) = &container.alias {
        text.push_str(&format!("\n\nIn a shell: `{}`.", alias.value()));
    }
    quote!(#[doc = #text])
}

/// Where on the command line a field stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Global,
    Option,
    Subcommand,
    Operand,
    Last,
}

/// Returns the syntax of the fields of one place, what is optional in brackets.
fn options(container: &Container, place: Place) -> Vec<String> {
    let single_dash = container.command.as_ref().is_some_and(|command| command.single_dash);
    let here = container.fields.iter().filter(|field| place_of(field) == Some(place));
    here.map(|field| {
        let text = match &field.form {
            Form::Group(_) => format!("<{}>...", field.name),
            Form::Subcommand(_) => format!("<{}>", field.name),
            Form::Switch => match &field.negation {
                Some(negation) => {
                    let dashes = dashes(single_dash);
                    format!("{}|{dashes}{}", name(field, single_dash), negation.text)
                }
                None => name(field, single_dash),
            },
            _ => syntax(field, single_dash),
        };
        let is_given = field.required || field.default.is_some();
        if is_given { text } else { format!("[{text}]") }
    })
    .collect()
}

fn place_of(field: &Field) -> Option<Place> {
    match &field.form {
        Form::Skip | Form::Stdin(_) | Form::Variable(..) => None,
        Form::Subcommand(_) => Some(Place::Subcommand),
        Form::Operand(_) => Some(Place::Operand),
        Form::Last(_) => Some(Place::Last),
        _ if field.global => Some(Place::Global),
        _ => Some(Place::Option),
    }
}

/// Returns the sentence that says what a field writes.
fn written(field: &Field, single_dash: bool) -> String {
    let mut text = match &field.form {
        Form::Skip => "Not a part of the command line.".to_owned(),
        Form::Stdin(_) => "Given to the command's standard input.".to_owned(),
        Form::Variable(name, _) => format!("Sets the environment variable `{}`.", name.value()),
        Form::Group(_) => "A set of arguments, written in this place.".to_owned(),
        Form::Subcommand(_) => "The subcommand.".to_owned(),
        _ => format!("Writes `{}`.", syntax(field, single_dash)),
    };
    if let Form::Flag = field.form {
        text.push_str(" With a condition: `when`.");
    }
    if let Form::Switch = field.form
        && let Some(negation) = &field.negation
    {
        text =
            format!("Writes `{}` or `{}{}`.", name(field, single_dash), dashes(single_dash), negation.text);
    }
    if matches!(field.form, Form::Value(Many::List(_))) && matches!(field.list, List::Repeat) {
        text.push_str(" May be repeated.");
    }
    for (sentence, others) in [("Conflicts with", &field.conflicts), ("Requires", &field.requires)] {
        if !others.is_empty() {
            let names: Vec<String> = others.iter().map(|other| format!("`{}`", other.value())).collect();
            text.push_str(&format!(" {sentence} {}.", names.join(", ")));
        }
    }
    if let Some(version) = &field.since {
        text.push_str(&format!(" Needs version {} of the program.", version.value()));
    }
    text
}

/// Returns how a field stands on the command line.
fn syntax(field: &Field, single_dash: bool) -> String {
    let value = format!("<{}>", field.name.trim_end_matches('_').replace('_', "-"));
    let name = name(field, single_dash);
    let (style, is_long) = (field.style, field.long.is_some());
    let joined = |value: &str| match style {
        Some(Style::Equals) => format!("{name}={value}"),
        Some(Style::Attached) => format!("{name}{value}"),
        None if is_long && !single_dash => format!("{name}={value}"),
        Some(Style::Space) | None => format!("{name} {value}"),
    };
    match &field.form {
        Form::Count => format!("{name}..."),
        Form::Value(_) => match &field.list {
            List::Joined(delimiter) => joined(&format!("{value}{}...", delimiter.value())),
            List::Values => format!("{name} {value}..."),
            List::Repeat => joined(&value),
        },
        Form::OptionalValue(_) if is_long => format!("{name}[={value}]"),
        Form::OptionalValue(_) => format!("{name}[{value}]"),
        Form::Operand(Many::List(_)) => format!("{value}..."),
        Form::Last(Many::List(_)) => format!("-- {value}..."),
        Form::Operand(_) => value,
        Form::Last(_) => format!("-- {value}"),
        _ => name,
    }
}

fn name(field: &Field, single_dash: bool) -> String {
    match (&field.long, &field.short) {
        (Some(long), _) => format!("{}{}", dashes(single_dash), long.text),
        (None, Some(short)) => format!("-{}", short.text),
        (None, None) => String::new(),
    }
}

fn dashes(single_dash: bool) -> &'static str {
    if single_dash { "-" } else { "--" }
}
