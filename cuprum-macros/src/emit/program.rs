//! Writes the implementation of a program.

use proc_macro2::TokenStream;
use quote::quote;

use super::{enclosed, style, tier, with, with_list, with_pairs, with_word};
use crate::model::{Inherit, Program, Search};

pub(crate) fn program(program: &Program) -> TokenStream {
    // A parameter would be reported again by the compiler, as unused and as short-lived.
    if !program.head.generics.params.is_empty() {
        return program.head.errors.to_tokens();
    }
    let ident = &program.head.ident;
    let errors = program.head.errors.to_tokens();
    let (impl_generics, ty_generics, where_clause) = program.head.generics.split_for_impl();
    let separator = match program.separator {
        Some(_) => quote!(__Separated),
        None => quote!(__Unseparated),
    };
    let name = &program.name;
    let project = match &program.project {
        Some(project) => quote!(#project),
        None => quote!(__package(::core::option_env!("CARGO_PKG_NAME"))),
    };
    let search = program.search.as_ref().map(|search| match search {
        Search::Path => quote!(__Search::Path),
        Search::Trusted => quote!(__Search::Trusted),
        Search::Directories(list) => quote!(__Search::Directories(&[#(#list),*])),
    });
    let inherit = program.inherit.as_ref().map(|inherit| match inherit {
        Inherit::All => quote!(__Inherit::All),
        Inherit::Nothing => quote!(__Inherit::Nothing),
        Inherit::Only(names) => quote!(__Inherit::Only(&[#(#names),*])),
    });
    let calls = [
        with("with_project", Some(project)),
        with("with_path", program.path.as_ref()),
        with("with_search", search),
        with("with_version", program.version.as_ref()),
        with("with_version_args", program.version_args.as_ref().map(|args| quote!(&[#(#args),*]))),
        with("with_separator", program.separator.as_ref()),
        with("with_style", program.style.map(style)),
        with_word("with_single_dash", program.single_dash),
        with("with_tier", program.tier.map(tier)),
        with_list("with_docs", &program.docs),
        with_list("with_noise", &program.noise),
        with("with_inherit_env", inherit),
        with_pairs("with_set_env", &program.set_env),
        with_list("with_remove_env", &program.deny_env),
        with("with_ok", program.ok.as_ref().map(|codes| quote!(&[#(#codes),*]))),
        with("with_explain", program.explain.as_ref()),
    ];
    let implementation = quote! {
        #[automatically_derived]
        impl #impl_generics __Program for #ident #ty_generics #where_clause {
            type Separator = #separator;
            const SPEC: &'static __ProgramSpec =
                &__ProgramSpec::new(#name)#(#calls)*;
        }
    };
    let enclosed = enclosed(&program.head.krate, [implementation]);
    quote!(#errors #enclosed)
}
