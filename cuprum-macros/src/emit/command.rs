//! Writes the implementation of a command.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::container::{body, is_group, list, operands};
use super::setters::{MUST_USE, parameters};
use super::{place, spec, style, text, tier, with, with_pairs, with_word};
use crate::model::{Command, Container, Danger, Field, Form, List, Separator, Tier};
use crate::parse::Word;

/// Returns the implementation of the trait, and what the compiler must check with it.
pub(super) fn implementation(container: &Container, command: &Command) -> TokenStream {
    let ident = &container.head.ident;
    let (impl_generics, ty_generics, where_clause) = container.head.generics.split_for_impl();
    let program = match &command.program {
        Some(program) => quote_spanned!(place(program)=> #program),
        None => quote!(__spec::NoProgram),
    };
    let output = match &command.output {
        Some(ty) => quote!(#ty),
        None => quote!(()),
    };
    let read = match (&command.parse, &command.output) {
        (Some(parse), _) => quote_spanned! {place(parse)=>
            #parse(__outcome).map_err(::core::convert::Into::into)
        },
        (None, Some(ty)) => quote_spanned! {place(ty)=>
            <#ty as __spec::FromOutput>::from_output(__outcome)
        },
        (None, None) => quote!(__spec::FromOutput::from_output(__outcome)),
    };
    let facts = facts(container, command, &program);
    let body = body(container);
    let safe = safe_operands(container, command, &program);
    let checks = checks(container, command, &program);
    let pipe = pipe(container);
    quote! {
        #checks

        #[automatically_derived]
        impl #impl_generics __spec::Command for #ident #ty_generics #where_clause {
            type Program = #program;
            type Output = #output;
            const SPEC: &'static __spec::CommandSpec = &#facts;

            fn write(&self, __argv: &mut __spec::Argv) {
                #safe
                #body
            }

            fn read_output(
                __outcome: &__spec::Outcome,
            ) -> __spec::Result<#output, __spec::OutputError> {
                #read
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::fmt::Display for #ident #ty_generics #where_clause {
            fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __spec::show(self, __f)
            }
        }

        #pipe
    }
}

/// Returns what makes `a | b` a pipeline.
fn pipe(container: &Container) -> TokenStream {
    let ident = &container.head.ident;
    let ty_generics = container.head.generics.split_for_impl().1;
    let mut generics = container.head.generics.clone();
    generics.params.push(syn::parse_quote!(__S: __spec::Stage));
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::ops::BitOr<__S> for #ident #ty_generics #where_clause {
            type Output = __spec::Piped<Self, __S>;

            fn bitor(self, __next: __S) -> Self::Output {
                __spec::Stage::pipe(self, __next)
            }
        }
    }
}

fn facts(container: &Container, command: &Command, program: &TokenStream) -> TokenStream {
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
    let own_tier = (command.tier != Tier::Write).then(|| tier(&spec(), command.tier));
    let calls = [
        quote!(.with_program(<#program as __spec::Program>::SPEC)),
        with("with_tier", own_tier),
        with("with_ok", command.ok.as_ref().map(|codes| quote!(&[#(#codes),*]))),
        with("with_separator", separator),
        with("with_style", command.style.map(|own| style(&spec(), own))),
        with_word("with_single_dash", command.single_dash),
        with_pairs("with_set_env", &command.env),
        with_word("with_inherited_stdin", command.inherit_stdin),
        fixed(command),
        args,
    ];
    quote!(__spec::CommandSpec::new(&[#(#words),*])#(#calls)*)
}

/// Literals are gathered into lists, so that every item is a list.
fn fixed(command: &Command) -> TokenStream {
    if command.fixed.is_empty() {
        return TokenStream::new();
    }
    let lists = command.fixed.iter().map(|word| match word {
        Word::Literal(literal) => quote!(&[#literal]),
        Word::Constant(path) => quote_spanned!(place(path)=> &#path),
    });
    quote!(.with_fixed(&[#(#lists),*]))
}

/// Returns the assertions that every operand is safe behind the separator, or without one.
fn safe_operands(container: &Container, command: &Command, program: &TokenStream) -> TokenStream {
    if !container.head.errors.is_empty() {
        return TokenStream::new();
    }
    let separator = match &command.separator {
        Separator::OfProgram => quote!(<#program as __spec::Program>::Separator),
        Separator::Nothing => quote!(__spec::Unseparated),
        Separator::Own(_) => quote!(__spec::Separated),
    };
    let (values, sets) = operands(container);
    let values =
        values.iter().map(|ty| quote_spanned!(place(ty)=> __spec::assert_operand::<#ty, #separator>();));
    let sets = sets.iter().map(|ty| quote_spanned!(place(ty)=> __spec::assert_args::<#ty, #separator>();));
    quote!(#(#values)* #(#sets)*)
}

/// Returns the constant assertions about the program: its ceiling, its separator.
fn checks(container: &Container, command: &Command, program: &TokenStream) -> TokenStream {
    if !container.head.errors.is_empty() {
        return TokenStream::new();
    }
    let ceiling = ceiling(container, command, program);
    let dangers = dangers(container, program);
    // The others ask about the command itself, which a constant cannot name with its type parameters. A
    // lifetime it need not name.
    let params = &container.head.generics.params;
    let is_open = params.iter().any(|param| !matches!(param, syn::GenericParam::Lifetime(_)));
    let own = (!is_open).then(|| {
        let open_lists = open_lists(container, command, program);
        let nested = nested_dangers(container, program);
        quote!(#nested #open_lists)
    });
    quote!(#ceiling #(#dangers)* #own)
}

/// What sets and subcommands hold stays under the program's ceiling, too.
fn nested_dangers(container: &Container, program: &TokenStream) -> TokenStream {
    let ident = &container.head.ident;
    let nested = |field: &Field| matches!(field.form, Form::Group(_) | Form::Subcommand(_));
    let Some(field) = container.fields.iter().find(|field| nested(field)) else {
        return TokenStream::new();
    };
    let message = format!("an argument that `{ident}` takes in can do more than `{}` allows", text(program));
    quote_spanned! {place(&field.form.ty())=>
        const _: () = ::core::assert!(
            !__spec::facts::is_above(
                <#ident as __spec::Command>::SPEC.args(),
                <#program as __spec::Program>::SPEC.tier(),
            ),
            #message
        );
    }
}

/// A list behind one name has no end but the next option, and a separator is one.
fn open_lists(container: &Container, command: &Command, program: &TokenStream) -> TokenStream {
    let separator = match &command.separator {
        Separator::Own(_) => return TokenStream::new(),
        Separator::Nothing => quote!(false),
        Separator::OfProgram => quote!(<#program as __spec::Program>::SPEC.separator().is_some()),
    };
    let ident = &container.head.ident;
    let is_open = |field: &Field| matches!(field.list, List::Values);
    let is_operand = |field: &Field| matches!(field.form, Form::Operand(_));
    let may =
        |what: &dyn Fn(&Field) -> bool| container.fields.iter().any(|field| what(field) || is_group(field));
    if !may(&is_open) || !may(&is_operand) {
        return TokenStream::new();
    }
    let message = format!(
        "`{ident}` has a list of `values` and operands, but no separator: the operands would be read as values"
    );
    quote_spanned! {place(ident)=>
        const _: () = ::core::assert!(
            #separator
                || !__spec::facts::has_open_list(<#ident as __spec::Command>::SPEC.args())
                || !__spec::facts::has_operand(<#ident as __spec::Command>::SPEC.args()),
            #message
        );
    }
}

/// What a dangerous argument raises the tier to stays under the program's ceiling, too.
fn dangers<'a>(container: &'a Container, program: &'a TokenStream) -> impl Iterator<Item = TokenStream> + 'a {
    container.fields.iter().filter_map(move |field| {
        let tier = match field.danger? {
            Danger::Exec | Danger::Loss => Tier::Destructive,
            Danger::Write | Danger::Net => Tier::Write,
        };
        let what = format!("the argument `{}`", field.name);
        Some(under_ceiling(&what, tier, program, place(&field.ident)))
    })
}

fn ceiling(container: &Container, command: &Command, program: &TokenStream) -> TokenStream {
    let what = format!("`{}`", container.head.ident);
    let span = Span::call_site().located_at(command.tier_span);
    under_ceiling(&what, command.tier, program, span)
}

/// Returns the assertion that `what`, which is of a tier, is not above the ceiling of the program.
fn under_ceiling(what: &str, tier: Tier, program: &TokenStream, span: Span) -> TokenStream {
    let (own, lower): (_, &[&str]) = match tier {
        Tier::Read => return TokenStream::new(),
        Tier::Write => ("write", &["read"]),
        Tier::Destructive => ("destructive", &["read", "write"]),
    };
    let program_text = text(program);
    let messages = lower
        .iter()
        .map(|ceiling| format!("{what} is `{own}`, but `{program_text}` allows at most `{ceiling}`"));
    quote_spanned! {span=>
        const _: () = __spec::facts::assert_ceiling(<#program as __spec::Program>::SPEC, &[#(#messages),*]);
    }
}

/// Returns the free function that `fn = name` asks for.
pub(super) fn function(container: &Container) -> TokenStream {
    let Some(name) = &container.function else { return TokenStream::new() };
    let vis = &container.head.vis;
    let ident = &container.head.ident;
    let (impl_generics, ty_generics, where_clause) = container.head.generics.split_for_impl();
    let krate = &container.head.krate;
    let parameters = parameters(&quote!(#krate::spec), container);
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
