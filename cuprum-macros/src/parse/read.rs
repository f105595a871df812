//! Reads `key`, `key = value` and `key(..)` from an attribute, by the table of its keys.

use proc_macro2::TokenTree;
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Meta, Path, Token, token};

use super::entries::{Entries, Entry, Number, Value, Word};
use super::keys::{Form, Keys};
use super::{hints, meant};
use crate::errors::Errors;
use crate::suggest::{nearest, suggest};

/// Reads the entries of every `#[attribute(..)]` of an item; `owner` names the item in messages.
pub(super) fn read(attrs: &[Attribute], keys: &Keys, owner: &str, errors: &mut Errors) -> Entries {
    let mut entries = Entries::default();
    for attr in attrs {
        let Some(name) = attr.path().get_ident().map(Ident::to_string) else { continue };
        if !OURS.contains(&name.as_str()) {
            continue;
        }
        if !keys.attribute.is_empty() && keys.attribute.split('(').next() != Some(name.as_str()) {
            let message = format!("{owner} takes its keys in `#[{}(..)]`", keys.attribute);
            errors.on(attr.path(), message);
            entries.is_broken = true;
            continue;
        }
        match &attr.meta {
            Meta::List(list) => {
                let read = |input: ParseStream<'_>| {
                    entries_of(input, keys, owner, &mut entries, errors);
                    Ok(())
                };
                if let Err(error) = read.parse2(list.tokens.clone()) {
                    errors.push(error);
                }
            }
            meta => {
                entries.is_broken = true;
                errors.on(meta, format!("write `#[{name}(..)]`, with the keys in parentheses"));
            }
        }
    }
    entries
}

/// The attributes that are ours, on whatever they stand.
const OURS: [&str; 3] = ["arg", "command", "program"];

fn entries_of(input: ParseStream<'_>, keys: &Keys, owner: &str, entries: &mut Entries, errors: &mut Errors) {
    while !input.is_empty() {
        match entry(input, keys, owner, errors) {
            Ok(entry) if entries.has(&entry.name) => {
                errors.at(entry.key.span(), format!("`{}` is given twice for {owner}", entry.key));
            }
            Ok(entry) => {
                entries.is_broken |= entry.is_misspelt || matches!(entry.value, Value::Broken);
                entries.list.push(entry);
            }
            Err(error) => {
                errors.push(error);
                entries.is_broken = true;
                skip_entry(input);
            }
        }
        if !input.is_empty() && input.parse::<Token![,]>().is_err() {
            errors.at(input.span(), COMMA);
            skip_entry(input);
            let _ = input.parse::<Token![,]>();
        }
    }
}

/// Reads an entry. One whose value is not what its key takes is reported, and stays: nothing else shall be
/// said about it.
fn entry(input: ParseStream<'_>, keys: &Keys, owner: &str, errors: &mut Errors) -> syn::Result<Entry> {
    let known = || keys.keys.iter().map(|(known, _)| *known).collect::<Vec<_>>();
    let Ok(mut key) = Ident::parse_any(input) else {
        let message = format!("expected a key of `#[{}]`: {}", keys.attribute, known().join(", "));
        return Err(input.error(message));
    };
    if keys.keys.is_empty() {
        return Err(syn::Error::new(key.span(), format!("{owner} takes no attributes here")));
    }
    let mut name = key.to_string();
    let mut is_misspelt = false;
    if !keys.keys.iter().any(|(known, _)| name == *known) {
        let span = key.span();
        let unknown = format!("unknown `#[{}]` attribute `{key}`", keys.attribute);
        if let Some(hint) = hints::find(keys.hints, &name) {
            return Err(syn::Error::new(span, format!("{unknown}; {hint}")));
        }
        let known = known();
        let message = format!("{unknown}{}", suggest(&name, &known));
        // The word that was meant says what the field is, so that nothing is reported that follows from it.
        let Some(meant) = nearest(&name, &known) else { return Err(syn::Error::new(span, message)) };
        errors.at(span, message);
        key = Ident::parse_any.parse_str(meant)?;
        key.set_span(span);
        name = meant.to_owned();
        is_misspelt = true;
    }
    let Some((_, form)) = keys.keys.iter().find(|(known, _)| name == *known) else {
        return Err(syn::Error::new(key.span(), "unknown key"));
    };
    let rest = input.fork();
    let value = match value(input, *form, owner, errors) {
        Ok(value) => value,
        Err(error) => {
            if !is_misspelt {
                errors.push(fault(&key, *form, &rest, input, error));
            }
            skip_entry(input);
            Value::Broken
        }
    };
    Ok(Entry { key, name, value, is_misspelt })
}

/// Returns what is said about an entry whose key is followed by `rest`, where reading ended in an error at `input`.
fn fault(
    key: &Ident,
    form: Form,
    rest: ParseStream<'_>,
    input: ParseStream<'_>,
    error: syn::Error,
) -> syn::Error {
    let follows = input.peek(Ident::peek_any) || input.peek(syn::Lit);
    if !matches!(form, Form::Alone) && follows && error.to_string() == COMMA {
        return error;
    }
    // What is missing at the end has no place of its own.
    let is_open = matches!(form, Form::Path | Form::Function | Form::Type | Form::AloneOrExpr);
    let span = match meant::is_missing(&rest.fork()) || (is_open && input.is_empty()) {
        true => key.span(),
        false => error.span(),
    };
    let name = key.to_string();
    let usage = match meant::entry(form, &name, rest) {
        Some(meant) => format!("`{meant}`"),
        None => form.usage(&name),
    };
    syn::Error::new(span, format!("write {usage}"))
}

const COMMA: &str = "expected `,`";

fn value(input: ParseStream<'_>, form: Form, owner: &str, errors: &mut Errors) -> syn::Result<Value> {
    if let Form::AloneOrText | Form::AloneOrChar | Form::AloneOrBool | Form::AloneOrExpr = form
        && !input.peek(Token![=])
    {
        return at_end(input).map(|()| Value::Alone);
    }
    match form {
        Form::Alone => return at_end(input).map(|()| Value::Alone),
        Form::TextList | Form::WordList | Form::NumberList | Form::Pairs | Form::Nested(_) => {
            let content;
            syn::parenthesized!(content in input);
            let tokens: proc_macro2::TokenStream = content.parse()?;
            // Read apart, so that a mistake in it is one mistake.
            let read = |content: ParseStream<'_>| listed(content, form, owner, errors);
            return read.parse2(tokens).and_then(|value| at_end(input).map(|()| value));
        }
        _ => {}
    }
    input.parse::<Token![=]>()?;
    let value = match form {
        Form::TextOrTexts | Form::NameOrTexts | Form::Texts if input.peek(token::Bracket) => {
            let content;
            syn::bracketed!(content in input);
            Value::Texts(list(&content)?)
        }
        Form::TextOrName if !input.peek(LitStr) => Value::Name(Ident::parse_any(input)?),
        Form::Text | Form::AloneOrText | Form::TextOrName | Form::TextOrTexts => Value::Text(input.parse()?),
        Form::AloneOrChar => Value::Char(input.parse()?),
        Form::AloneOrBool => Value::Bool(input.parse()?),
        Form::Number => Value::Number(input.parse()?),
        Form::Name | Form::NameOrTexts => Value::Name(Ident::parse_any(input)?),
        Form::Path => Value::Path(input.call(Path::parse_mod_style)?),
        Form::Function => Value::Path(input.call(function)?),
        Form::Type => Value::Type(Box::new(input.parse()?)),
        Form::AloneOrExpr => Value::Expr(Box::new(input.parse()?)),
        _ => return Err(input.error("unexpected value")),
    };
    at_end(input).map(|()| value)
}

/// Reads what stands in the parentheses of a key.
fn listed(content: ParseStream<'_>, form: Form, owner: &str, errors: &mut Errors) -> syn::Result<Value> {
    match form {
        Form::TextList => list(content).map(Value::Texts),
        Form::WordList => {
            let words = Punctuated::<Word, Token![,]>::parse_terminated(content)?;
            Ok(Value::Words(words.into_iter().collect()))
        }
        Form::NumberList => {
            let numbers = Punctuated::<Number, Token![,]>::parse_terminated(content)?;
            Ok(Value::Numbers(numbers.into_iter().collect()))
        }
        Form::Nested(keys) => {
            let mut entries = Entries::default();
            entries_of(content, keys, owner, &mut entries, errors);
            Ok(Value::Nested(entries))
        }
        _ => {
            let pairs = Punctuated::<Pair, Token![,]>::parse_terminated(content)?;
            Ok(Value::Pairs(pairs.into_iter().map(|Pair(name, value)| (name, value)).collect()))
        }
    }
}

fn list(content: ParseStream<'_>) -> syn::Result<Vec<LitStr>> {
    Ok(Punctuated::<LitStr, Token![,]>::parse_terminated(content)?.into_iter().collect())
}

/// `"NAME" = "value"`
struct Pair(LitStr, LitStr);

impl syn::parse::Parse for Pair {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name: LitStr = input.parse()?;
        let place = name.span();
        if input.is_empty() || input.parse::<Token![=]>().is_err() || input.is_empty() {
            return Err(syn::Error::new(place, "a variable has a value"));
        }
        Ok(Self(name, input.parse()?))
    }
}

/// Fails unless the entry ends here.
fn at_end(input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() || input.peek(Token![,]) { Ok(()) } else { Err(input.error(COMMA)) }
}

/// Reads the path of a function, which may say its type parameters.
fn function(input: ParseStream<'_>) -> syn::Result<Path> {
    let path: Path = input.parse()?;
    let is_call =
        |segment: &syn::PathSegment| matches!(segment.arguments, syn::PathArguments::Parenthesized(_));
    match path.segments.iter().any(is_call) {
        true => Err(syn::Error::new_spanned(path, "a function is named, not called")),
        false => Ok(path),
    }
}

/// Goes on to the next comma, so that one broken entry does not hide the others.
fn skip_entry(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _ = input.parse::<TokenTree>();
    }
}

#[cfg(test)]
mod tests {
    use super::super::keys;
    use super::*;

    #[track_caller]
    fn check(attribute: &str, expected: &[&str]) {
        let input: syn::DeriveInput = syn::parse_str(&format!("{attribute} struct A;")).unwrap();
        let mut errors = Errors::default();
        read(&input.attrs, &keys::FIELD, "field `a`", &mut errors);
        assert_eq!(errors.texts(), expected);
    }

    #[test]
    fn every_broken_entry_is_reported_and_the_others_are_read() {
        check("#[arg(long = \"x\", short = 'y', conflicts(\"a\"), default = 5)]", &[]);
        check(
            "#[arg(shrot, long = 3, min = 1, conflcts(\"a\"), max)]",
            &[
                "unknown `#[arg]` attribute `shrot`; did you mean `short`?",
                "write `long = \"3\"`",
                "unknown `#[arg]` attribute `conflcts`; did you mean `conflicts`?",
                "write `max = 1`",
            ],
        );
        check("#[arg(long)] #[arg(long = \"b\")]", &["`long` is given twice for field `a`"]);
        check("#[arg]", &["write `#[arg(..)]`, with the keys in parentheses"]);
    }

    #[test]
    fn every_form_has_a_usage_that_is_read_back() {
        for (key, form) in keys::COMMAND.keys.iter().chain(keys::FIELD.keys) {
            let usage = form.usage(key);
            for example in usage.split('`').skip(1).step_by(2) {
                let parsed = syn::parse_str::<syn::DeriveInput>(&format!("#[a({example})] struct A;"));
                assert!(parsed.is_ok(), "{example}");
            }
        }
    }
}
