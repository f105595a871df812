//! Writes documentation: what each setter writes.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{Attribute, LitStr};

use super::text;
use crate::model::{Container, Field, Form, List, Many, Separator, Style};
use crate::parse::Word;

/// How the options of a struct are written, as far as it says so itself: the rest is the program's.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    dashes: &'static str,
    style: Style,
}

impl Writing {
    pub(super) fn of(container: &Container) -> Self {
        let command = container.command.as_ref();
        let single_dash = command.is_some_and(|command| command.single_dash);
        let default = if single_dash { Style::Space } else { Style::Equals };
        Self {
            dashes: if single_dash { "-" } else { "--" },
            style: command.and_then(|command| command.style).unwrap_or(default),
        }
    }
}

/// The documentation of a field's setter: the field's own, then a line about the setter. In parts, since a stream of tokens
/// in another costs the compiler more.
pub(super) struct Docs<'a> {
    pub(super) kept: &'a [Attribute],
    pub(super) gap: Option<TokenStream>,
    pub(super) line: String,
}

impl<'a> Docs<'a> {
    /// Returns that of a setter of the struct: the line says what it writes.
    pub(super) fn of(field: &'a Field, writing: Writing) -> Self {
        Self::with_line(field, written(field, writing))
    }

    pub(super) fn with_line(field: &'a Field, line: String) -> Self {
        let kept = &field.kept;
        let gap = kept.iter().any(|attr| attr.path().is_ident("doc")).then(|| quote!(#[doc = ""]));
        Self { kept, gap, line }
    }
}

/// Returns the documentation of all functions of a struct: its command line.
pub(super) fn command_line(container: &Container, writing: Writing) -> TokenStream {
    let mut words = Vec::new();
    let mut note = String::new();
    words.extend(options(container, Place::Global, writing));
    if let Some(command) = &container.command {
        if let Some(program) = &command.program {
            let program = text(program);
            let name = program.rsplit("::").next().unwrap_or_default();
            words.insert(0, name.to_owned());
            note = format!(
                "\n\n`{name}` stands for the program's file name. The program also says how names and values are \
                 joined and what ends the options, where the command does not."
            );
        }
        words.extend(command.subcommand.iter().map(LitStr::value));
        words.extend(command.fixed.iter().map(|word| match word {
            Word::Literal(literal) => literal.value(),
            Word::Constant(path) => format!("{{{}}}", path.to_token_stream().to_string().replace(' ', "")),
        }));
    }
    words.extend(options(container, Place::Option, writing));
    words.extend(options(container, Place::Subcommand, writing));
    let operands = options(container, Place::Operand, writing);
    let separator = container.command.as_ref().map(|command| &command.separator);
    if let (Some(Separator::Own(separator)), [_, ..]) = (separator, operands.as_slice()) {
        words.push(separator.value());
    }
    words.extend(operands);
    words.extend(options(container, Place::Last, writing));
    let line = words.join(" ");
    let mut text = format!("# Command line\n\n```text\n{line}\n```{note}");
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
fn options(container: &Container, place: Place, writing: Writing) -> Vec<String> {
    let here = container.fields.iter().filter(|field| place_of(field) == Some(place));
    here.map(|field| {
        let text = match &field.form {
            Form::Group(_) => format!("<{}>...", field.name),
            Form::Subcommand(_) => format!("<{}>", field.name),
            Form::Switch => match &field.negation {
                Some(negation) => {
                    format!("{}|{}{}", name(field, writing), writing.dashes, negation.text)
                }
                None => name(field, writing),
            },
            _ => syntax(field, writing),
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
fn written(field: &Field, writing: Writing) -> String {
    let mut text = match &field.form {
        Form::Skip => "Not a part of the command line.".to_owned(),
        Form::Stdin(_) => "Given to the command's standard input.".to_owned(),
        Form::Variable(name, _) => format!("Sets the environment variable `{}`.", name.value()),
        Form::Group(_) => "A set of arguments, written in this place.".to_owned(),
        Form::Subcommand(_) => "The subcommand.".to_owned(),
        _ => format!("Writes `{}`.", syntax(field, writing)),
    };
    if let Form::Flag = field.form {
        text.push_str(" With a condition: `when`.");
    }
    if let Form::Switch = field.form
        && let Some(negation) = &field.negation
    {
        text = format!("Writes `{}` or `{}{}`.", name(field, writing), writing.dashes, negation.text);
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
fn syntax(field: &Field, writing: Writing) -> String {
    let value = format!("<{}>", field.name.trim_end_matches('_').replace('_', "-"));
    let name = name(field, writing);
    let (style, is_long) = (field.style, field.long.is_some());
    let joined = |value: &str| match style {
        Some(Style::Equals) => format!("{name}={value}"),
        Some(Style::Attached) => format!("{name}{value}"),
        None if is_long && writing.style == Style::Equals => format!("{name}={value}"),
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

fn name(field: &Field, writing: Writing) -> String {
    match (&field.long, &field.short) {
        (Some(long), _) => format!("{}{}", writing.dashes, long.text),
        (None, Some(short)) => format!("-{}", short.text),
        (None, None) => String::new(),
    }
}
