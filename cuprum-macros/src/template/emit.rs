//! Writes a template as code: one line a word.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned as _;

use super::{Input, Part, Word};

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
            quote_spanned!(place=> __template.list(#name, ::core::convert::AsRef::as_ref(&#value));)
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
    // A value given by name is computed once, in the order in which it is written.
    let bindings = values.iter().map(|(name, value)| {
        let local = local(name);
        quote!(let #local = #value;)
    });
    let spec = quote_spanned! {Span::call_site().located_at(program.span())=>
        <#program as #krate::spec::Program>::SPEC
    };
    let finish = quote_spanned! {Span::call_site().located_at(program.span())=>
        __template.finish::<#program>()
    };
    quote! {{
        #(#bindings)*
        let mut __template = #krate::spec::Template::new(#spec);
        #(#lines)*
        #finish
    }}
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

/// Returns the error about a value that no slot takes.
fn unused(input: &Input, words: &[Word]) -> Option<TokenStream> {
    let takes = |word: &Word, name: &Ident| match word {
        Word::List(slot) => name == slot,
        Word::Parts(parts) => parts.iter().any(|part| matches!(part, Part::Slot(slot) if name == slot)),
    };
    let (name, _) = input.values.iter().find(|(name, _)| !words.iter().any(|word| takes(word, name)))?;
    let message = format!("no slot takes `{name}`: write `{{{name}}}` in the template");
    Some(syn::Error::new(name.span(), message).into_compile_error())
}
