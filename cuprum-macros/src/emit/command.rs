//! Writes the implementation of a command.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::container::{body, is_generic, is_group, list, operands};
use super::setters::{MUST_USE, parameters};
use super::{place, style, tier, with, with_pairs, with_word};
use crate::model::{Command, Container, Field, Separator, Tier};

/// Returns the implementation of the trait, and what the compiler must check with it.
pub(super) fn implementation(container: &Container, command: &Command) -> TokenStream {
    let krate = &container.head.krate;
    let ident = &container.head.ident;
    let (impl_generics, ty_generics, where_clause) = container.head.generics.split_for_impl();
    let Some(program) = &command.program else { return TokenStream::new() };
    let program = quote_spanned!(place(program)=> #program);
    let output = match &command.output {
        Some(ty) => quote!(#ty),
        None => quote!(()),
    };
    let read = match (&command.parse, &command.output) {
        (Some(parse), _) => quote_spanned! {place(parse)=>
            #parse(__outcome).map_err(::core::convert::Into::into)
        },
        (None, Some(ty)) => quote_spanned! {place(ty)=>
            <#ty as #krate::spec::FromOutput>::from_output(__outcome)
        },
        (None, None) => quote!(<() as #krate::spec::FromOutput>::from_output(__outcome)),
    };
    let spec = spec(container, command, &program);
    let body = body(container);
    let safe = safe_operands(container, command, &program);
    let checks = checks(container, command, &program);
    quote! {
        #checks

        #[automatically_derived]
        impl #impl_generics #krate::spec::Command for #ident #ty_generics #where_clause {
            type Program = #program;
            type Output = #output;
            const SPEC: &'static #krate::spec::CommandSpec = &#spec;

            fn write(&self, __argv: &mut #krate::spec::Argv) {
                #safe
                #body
            }

            fn read_output(
                __outcome: &#krate::Outcome,
            ) -> ::core::result::Result<Self::Output, #krate::spec::OutputError> {
                #read
            }
        }
    }
}

fn spec(container: &Container, command: &Command, program: &TokenStream) -> TokenStream {
    let krate = &container.head.krate;
    let words = &command.subcommand;
    let args = match list(container) {
        _ if container.fields.is_empty() => TokenStream::new(),
        list => quote!(.with_args(#list)),
    };
    let separator = match &command.separator {
        Separator::OfProgram => None,
        Separator::Nothing => Some(quote!(::core::option::Option::None)),
        Separator::Own(word) => Some(quote!(::core::option::Option::Some(#word))),
    };
    let own_tier = (command.tier != Tier::Write).then(|| tier(krate, command.tier));
    let calls = [
        quote!(.with_program(<#program as #krate::spec::Program>::SPEC)),
        with("with_tier", own_tier),
        with("with_ok", command.ok.as_ref().map(|codes| quote!(&[#(#codes),*]))),
        with("with_separator", separator),
        with("with_style", command.style.map(|own| style(krate, own))),
        with_word("with_single_dash", command.single_dash),
        with_pairs("with_set_env", &command.env),
        with_word("with_inherited_stdin", command.inherit_stdin),
        args,
    ];
    quote!(#krate::spec::CommandSpec::new(&[#(#words),*])#(#calls)*)
}

/// Returns the assertions that every operand is safe behind the separator, or without one.
fn safe_operands(container: &Container, command: &Command, program: &TokenStream) -> TokenStream {
    if !container.head.errors.is_empty() {
        return TokenStream::new();
    }
    let krate = &container.head.krate;
    let separator = match &command.separator {
        Separator::OfProgram => quote!(<#program as #krate::spec::Program>::Separator),
        Separator::Nothing => quote!(#krate::spec::Unseparated),
        Separator::Own(_) => quote!(#krate::spec::Separated),
    };
    let (values, sets) = operands(container);
    let values = values
        .iter()
        .map(|ty| quote_spanned!(place(ty)=> #krate::spec::assert_operand::<#ty, #separator>();));
    let sets =
        sets.iter().map(|ty| quote_spanned!(place(ty)=> #krate::spec::assert_args::<#ty, #separator>();));
    quote!(#(#values)* #(#sets)*)
}

/// Returns the constant assertions: the tier under the program's ceiling, names that flattened sets have.
fn checks(container: &Container, command: &Command, program: &TokenStream) -> TokenStream {
    if !container.head.errors.is_empty() || is_generic(container) {
        return TokenStream::new();
    }
    let krate = &container.head.krate;
    let ceiling = ceiling(container, command, program);
    let clashes = container.fields.iter().filter(|field| is_group(field)).map(|group| {
        container
            .fields
            .iter()
            .filter(|field| !is_group(field))
            .map(|field| clash(krate, field, group))
            .collect::<TokenStream>()
    });
    quote!(#ceiling #(#clashes)*)
}

fn ceiling(container: &Container, command: &Command, program: &TokenStream) -> TokenStream {
    let krate = &container.head.krate;
    let own = match command.tier {
        Tier::Read => return TokenStream::new(),
        Tier::Write => "write",
        Tier::Destructive => "destructive",
    };
    let text = |ceiling: &str| {
        let program = program.to_string().replace(' ', "");
        format!("`{}` is `{own}`, but `{program}` allows at most `{ceiling}`", container.head.ident)
    };
    let read = text("read");
    let span = proc_macro2::Span::call_site().located_at(command.tier_span);
    let write = match command.tier {
        Tier::Destructive => {
            let text = text("write");
            Some(quote!(#krate::spec::Tier::Write => ::core::panic!(#text),))
        }
        _ => None,
    };
    quote_spanned! {span=>
        const _: () = match <#program as #krate::spec::Program>::SPEC.tier() {
            #krate::spec::Tier::Read => ::core::panic!(#read),
            #write
            _ => (),
        };
    }
}

fn clash(krate: &TokenStream, field: &Field, group: &Field) -> TokenStream {
    let crate::model::Form::Group(many) = &group.form else { return TokenStream::new() };
    let ty = many.ty();
    let inner = quote!(#ty).to_string().replace(' ', "");
    let args = quote!(<#ty as #krate::spec::Args>::ARGS);
    let names = field.long.iter().chain(&field.negation).map(|name| {
        let text = &name.text;
        let message =
            format!("`--{text}` of field `{}` is also an option of the flattened `{inner}`", field.name);
        (quote!(#krate::spec::has_long(#args, #text)), message)
    });
    let shorts = field.short.iter().map(|name| {
        let text = name.text;
        let message =
            format!("`-{text}` of field `{}` is also an option of the flattened `{inner}`", field.name);
        (quote!(#krate::spec::has_short(#args, #text)), message)
    });
    let span = place(&field.ident);
    names.chain(shorts).map(|(condition, message)| {
        quote_spanned!(span=> const _: () = ::core::assert!(!#condition, #message);)
    })
    .collect()
}

/// Returns the free function that `fn = name` asks for.
pub(super) fn function(container: &Container) -> TokenStream {
    let Some(name) = &container.function else { return TokenStream::new() };
    let vis = &container.head.vis;
    let ident = &container.head.ident;
    let (impl_generics, ty_generics, where_clause) = container.head.generics.split_for_impl();
    let parameters = parameters(container);
    let arguments = container.fields.iter().filter(|field| field.required).map(|field| &field.ident);
    let doc = format!("Creates a [`{ident}`].");
    quote! {
        #[doc = #doc]
        #[must_use = #MUST_USE]
        #[allow(dead_code, unreachable_pub, clippy::all)]
        #vis fn #name #impl_generics (#parameters) -> #ident #ty_generics #where_clause {
            <#ident #ty_generics>::new(#(#arguments),*)
        }
    }
}
