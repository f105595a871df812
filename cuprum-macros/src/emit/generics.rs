//! Names in the generics of a type: those that are free, and the lifetimes that a constant cannot name.

use proc_macro2::{Group, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericParam, Generics, Ident};

/// Returns a name that no parameter has.
pub(super) fn fresh(generics: &Generics, name: &str) -> Ident {
    let mut name = name.to_owned();
    while generics.params.iter().any(|param| ident(param) == &name) {
        name.push('_');
    }
    Ident::new(&name, Span::call_site())
}

/// Returns the generics with a type parameter more.
pub(super) fn with_parameter(generics: &Generics, parameter: syn::TypeParam) -> Generics {
    let mut generics = generics.clone();
    generics.params.push(GenericParam::Type(parameter));
    generics
}

/// Returns whether only a use of the type says what its parameters are: a type or a constant is one.
pub(super) fn is_open(generics: &Generics) -> bool {
    generics.params.iter().any(|param| !matches!(param, GenericParam::Lifetime(_)))
}

/// Returns code with `'static` in place of the lifetimes that the generics declare.
pub(super) fn closed(generics: &Generics, code: &impl ToTokens) -> TokenStream {
    let code = code.to_token_stream();
    if generics.params.is_empty() {
        return code;
    }
    let is_declared = |name: &Ident| generics.lifetimes().any(|declared| declared.lifetime.ident == *name);
    let mut after_mark = false;
    code.into_iter()
        .map(|token| {
            let token = match token {
                TokenTree::Ident(name) if after_mark && is_declared(&name) => {
                    TokenTree::Ident(Ident::new("static", name.span()))
                }
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), closed(generics, &group.stream()));
                    inner.set_span(group.span());
                    TokenTree::Group(inner)
                }
                token => token,
            };
            after_mark =
                matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '\'' && mark.spacing() == Spacing::Joint);
            token
        })
        .collect()
}

fn ident(param: &GenericParam) -> &Ident {
    match param {
        GenericParam::Lifetime(lifetime) => &lifetime.lifetime.ident,
        GenericParam::Type(ty) => &ty.ident,
        GenericParam::Const(constant) => &constant.ident,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn declared_lifetimes_become_static_and_others_stay() {
        let generics: Generics = syn::parse_quote!(<'a, T>);
        let closed = closed(&generics, &quote!(A<'a, (&'a T, for<'b> fn(&'b u8))>));
        let expected = quote!(A<'static, (&'static T, for<'b> fn(&'b u8))>);
        assert_eq!(closed.to_string(), expected.to_string());
    }

    #[test]
    fn a_name_that_is_taken_is_not_fresh() {
        let generics: Generics = syn::parse_quote!(<__S, __S_>);
        assert_eq!(fresh(&generics, "__S"), "__S__");
        assert_eq!(fresh(&generics, "__T"), "__T");
    }
}
