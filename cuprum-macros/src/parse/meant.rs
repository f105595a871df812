//! How a value that a key does not take was probably meant.

use proc_macro2::{Delimiter, Group, TokenTree};
use syn::Token;
use syn::parse::ParseStream;

use super::keys::Form;

/// Returns how an entry is written whose key is followed by `rest`, with what the user gave.
pub(super) fn entry(form: Form, key: &str, rest: ParseStream<'_>) -> Option<String> {
    let is_equal = rest.parse::<Token![=]>().is_ok();
    let value: TokenTree = rest.parse().ok()?;
    if !rest.is_empty() && !rest.peek(Token![,]) {
        return None;
    }
    match (form, is_equal) {
        (Form::Text | Form::AloneOrText | Form::TextOrTexts | Form::TextOrName, true) => {
            Some(format!("{key} = {:?}", text(&value)?))
        }
        (Form::AloneOrChar, true) => {
            let text = text(&value)?;
            let mut letters = text.trim_start_matches('-').chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => Some(format!("{key} = {letter:?}")),
                _ => None,
            }
        }
        (Form::Name | Form::NameOrTexts, true) => {
            let text = text(&value)?;
            syn::parse_str::<syn::Ident>(&text).ok().map(|_| format!("{key} = {text}"))
        }
        (Form::Number, true) => text(&value)?.parse::<u32>().ok().map(|number| format!("{key} = {number}")),
        (Form::Function | Form::Type, true) => {
            let text = text(&value)?;
            syn::parse_str::<syn::Path>(&text).ok().map(|_| format!("{key} = {text}"))
        }
        (Form::Texts, true) => Some(format!("{key} = [{:?}]", text(&value)?)),
        (Form::TextList, _) => {
            let texts: Option<Vec<String>> = items(value)?.iter().map(text).collect();
            let texts: Vec<String> = texts?.iter().map(|text| format!("{text:?}")).collect();
            (!texts.is_empty()).then(|| format!("{key}({})", texts.join(", ")))
        }
        (Form::NumberList, _) => {
            let numbers: Option<Vec<String>> = items(value)?.iter().map(text).collect();
            let numbers = numbers.filter(|numbers| numbers.iter().all(|text| text.parse::<u8>().is_ok()))?;
            (!numbers.is_empty()).then(|| format!("{key}({})", numbers.join(", ")))
        }
        _ => None,
    }
}

/// Returns the text of a word, a number, or a literal with its quotes off.
fn text(tree: &TokenTree) -> Option<String> {
    match tree {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        TokenTree::Literal(literal) => match syn::Lit::new(literal.clone()) {
            syn::Lit::Str(text) => Some(text.value()),
            syn::Lit::Char(letter) => Some(letter.value().to_string()),
            syn::Lit::Int(_) | syn::Lit::Float(_) => Some(literal.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// Returns what a list holds, or the one thing that stands in its place.
fn items(value: TokenTree) -> Option<Vec<TokenTree>> {
    let TokenTree::Group(group) = &value else { return Some(vec![value]) };
    if !matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::Bracket) {
        return None;
    }
    let mut items = Vec::new();
    let mut rest = group.stream().into_iter();
    while let Some(item) = rest.next() {
        items.push(item);
        match rest.next() {
            Some(TokenTree::Punct(comma)) if comma.as_char() == ',' => {}
            None => break,
            Some(_) => return None,
        }
    }
    Some(items)
}

/// Returns whether nothing stands behind a key.
pub(super) fn is_missing(rest: ParseStream<'_>) -> bool {
    let _ = rest.parse::<Token![=]>();
    let group = rest.fork().parse::<Group>();
    rest.is_empty() || rest.peek(Token![,]) || group.is_ok_and(|group| group.stream().is_empty())
}
