//! Writes a template as code: one line a word.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned as _;

use super::{Input, Part, Word};
use crate::errors::Errors;

/// Returns the expression that a template is.
pub(super) fn emit(input: &Input, words: &[Word]) -> TokenStream {
    let Input { krate, program, template, values } = input;
    if let Some(error) = unused(input, words) {
        return error;
    }
    let place = Span::call_site().located_at(template.span());
    let lines = words.iter().map(|word| match word {
        Word::List(name) => {
            let value = value(input, name);
            quote_spanned!(place=> __template.list(#name, &#value);)
        }
        Word::Parts(parts) => match parts.as_slice() {
            [Part::Text(text)] => quote!(__template.text(#text);),
            parts => {
                let parts = parts.iter().map(|part| match part {
                    Part::Text(text) => quote!(#krate::spec::Part::Text(#text)),
                    Part::Slot(name) => {
                        let value = value(input, name);
                        quote_spanned!(place=> #krate::spec::Part::Slot(#name, &#value))
                    }
                });
                quote!(__template.word(&[#(#parts),*]);)
            }
        },
    });
    // A value given by name is computed once, in the order in which it is written. A `match` keeps what
    // such a value borrows from until the command is written, as `format!` does.
    let locals = values.iter().map(|(name, _)| local(name));
    let given = values.iter().map(|(_, value)| value);
    let spec = quote_spanned! {Span::call_site().located_at(program.span())=>
        <#program as #krate::spec::Program>::SPEC
    };
    let finish = quote_spanned! {Span::call_site().located_at(program.span())=>
        __template.finish::<#program>()
    };
    let body = quote! {{
        let mut __template = #krate::spec::Template::new(#spec);
        #(#lines)*
        #finish
    }};
    if values.is_empty() {
        return body;
    }
    quote! {
        match (#(&#given,)*) {
            (#(#locals,)*) => #body,
        }
    }
}

/// Returns the variable of a slot: the user's, at the place of the template, or that of a named value.
fn value(input: &Input, name: &str) -> Ident {
    match input.values.iter().find(|(given, _)| given == name) {
        Some((given, _)) => local(given),
        None => {
            let mut ident = syn::parse_str(name).unwrap_or_else(|_| Ident::new("_", Span::call_site()));
            ident.set_span(input.template.span());
            ident
        }
    }
}

fn local(name: &Ident) -> Ident {
    quote::format_ident!("__{}", name, span = name.span())
}

/// Returns the errors about values that no slot takes, or that are given twice.
fn unused(input: &Input, words: &[Word]) -> Option<TokenStream> {
    let takes = |word: &Word, name: &Ident| match word {
        Word::List(slot) => name == slot,
        Word::Parts(parts) => parts.iter().any(|part| matches!(part, Part::Slot(slot) if name == slot)),
    };
    let mut errors = Errors::default();
    for (place, (name, _)) in input.values.iter().enumerate() {
        if input.values.iter().take(place).any(|(earlier, _)| earlier == name) {
            errors.at(name.span(), format!("`{name}` is given twice"));
        } else if !words.iter().any(|word| takes(word, name)) {
            errors.at(name.span(), format!("no slot takes `{name}`: write `{{{name}}}` in the template"));
        }
    }
    let tokens = errors.to_tokens();
    (!errors.is_empty()).then(|| quote!({ #tokens }))
}
