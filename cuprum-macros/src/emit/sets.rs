//! Writes the constant assertions about what a struct flattens, which only the compiler can look into.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;

use super::container::is_generic;
use super::{place, text};
use crate::model::{Container, Field, Form};

/// Returns the assertions about the flattened sets of a struct.
pub(super) fn checks(container: &Container) -> TokenStream {
    if !container.head.errors.is_empty() || is_generic(container) {
        return TokenStream::new();
    }
    let sets: Vec<&Type> = container.fields.iter().filter_map(set).collect();
    let mut checks = TokenStream::new();
    for (place, ty) in sets.iter().enumerate() {
        let own = container.fields.iter().flat_map(|field| names(field, ty));
        checks.extend(own);
        checks.extend(sets.iter().take(place).map(|earlier| shared(earlier, ty)));
        checks.extend(subcommands(container, ty));
    }
    if !sets.is_empty() {
        checks.extend(operand_order(container));
    }
    checks
}

/// Returns the type of a field that is a flattened set.
fn set(field: &Field) -> Option<&Type> {
    match &field.form {
        Form::Group(many) => Some(many.ty()),
        _ => None,
    }
}

fn args(ty: &Type) -> TokenStream {
    quote!(<#ty as __spec::Args>::ARGS)
}

/// Asserts that no name of a field is also one of a set.
fn names(field: &Field, ty: &Type) -> Vec<TokenStream> {
    let args = args(ty);
    let message = |name: &str| {
        format!("`{name}` of field `{}` is also an option of the flattened `{}`", field.name, text(ty))
    };
    let longs = field.long.iter().chain(&field.negation).map(|name| {
        let long = &name.text;
        (quote!(__spec::facts::has_long(#args, #long)), message(&format!("--{long}")))
    });
    let shorts = field.short.iter().map(|name| {
        let short = name.text;
        (quote!(__spec::facts::has_short(#args, #short)), message(&format!("-{short}")))
    });
    let span = place(&field.ident);
    longs
        .chain(shorts)
        .map(|(condition, message)| {
            quote_spanned!(span=> const _: () = ::core::assert!(!#condition, #message);)
        })
        .collect()
}

/// Asserts that two sets have no name in common.
fn shared(earlier: &Type, ty: &Type) -> TokenStream {
    let message =
        format!("the flattened `{}` and `{}` have an option of the same name", text(earlier), text(ty));
    let (left, right) = (args(earlier), args(ty));
    quote_spanned! {place(ty)=>
        const _: () = ::core::assert!(!__spec::facts::share_a_name(#left, #right), #message);
    }
}

/// Asserts that a set holds no subcommand, and no operand beside a subcommand.
fn subcommands(container: &Container, ty: &Type) -> TokenStream {
    let args = args(ty);
    let name = text(ty);
    let message = format!("the flattened `{name}` holds a subcommand: make it a field of the command");
    let span = place(ty);
    let mut checks = quote_spanned! {span=>
        const _: () = ::core::assert!(!__spec::facts::has_subcommand(#args), #message);
    };
    if container.fields.iter().any(|field| matches!(field.form, Form::Subcommand(_))) {
        let message = format!(
            "operands of the flattened `{name}` and a subcommand in one command: \
             the tool would read the operand as the subcommand"
        );
        checks.extend(quote_spanned! {span=>
            const _: () = ::core::assert!(
                !__spec::facts::has_operand(#args) && !__spec::facts::has_last(#args),
                #message
            );
        });
    }
    checks
}

/// Asserts that no operand follows a list of operands, wherever they come from.
fn operand_order(container: &Container) -> TokenStream {
    let ident = &container.head.ident;
    let args = match &container.command {
        Some(_) => quote!(<#ident as __spec::Command>::SPEC.args()),
        None => quote!(<#ident as __spec::Args>::ARGS),
    };
    let message =
        format!("an operand of `{ident}` follows a list of operands: only the last operand may be a list");
    quote_spanned! {place(ident)=>
        const _: () = ::core::assert!(!__spec::facts::has_operand_after_list(#args), #message);
    }
}
