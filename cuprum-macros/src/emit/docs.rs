//! Writes documentation: what each setter writes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, Form, List, Many, Style};

/// Returns the documentation of a field's setter: the field's own, then what it writes.
pub(super) fn setter(field: &Field, single_dash: bool) -> TokenStream {
    let kept = &field.kept;
    let line = written(field, single_dash);
    let gap = kept.iter().any(|attr| attr.path().is_ident("doc")).then(|| quote!(#[doc = ""]));
    quote!(#(#kept)* #gap #[doc = #line])
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
pub(super) fn syntax(field: &Field, single_dash: bool) -> String {
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
