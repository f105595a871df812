//! Writes the implementation of a command.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Attribute, Expr, ExprLit, Lit, Meta, MetaNameValue};

use super::container::{body, described, itself, operands};
use super::generics::{fresh, with_parameter};
use super::setters::{MUST_USE, parameters};
use super::{Names, place, style, tier, with, with_list, with_pairs, with_word};
use crate::model::{Command, Container, Separator, Tier};
use crate::parse::Word;

/// Returns the implementation of the trait, and what comes with it.
pub(super) fn implementation(container: &Container, command: &Command) -> TokenStream {
    let ident = &container.head.ident;
    let (impl_generics, ty_generics, where_clause) = container.head.generics.split_for_impl();
    let program = match &command.program {
        Some(program) => quote_spanned!(place(program)=> #program),
        None => quote!(__NoProgram),
    };
    let output = match &command.output {
        Some(ty) => quote!(#ty),
        None => quote!(()),
    };
    let (reader, read) = match &command.parse {
        Some(parse) => (quote!(Self), reader(container, parse, &output)),
        None => (quote_spanned!(place(&output)=> #output), TokenStream::new()),
    };
    let described = described(container);
    let facts = facts(command);
    let safe = safe_operands(container, command, &program);
    let body = body(container);
    // A program that is less visible than the command is reported where it is named.
    let named = place(&program);
    let runs = quote_spanned!(named=> type Program = #program;);
    let next = &fresh(&container.head.generics, "__S");
    let joined = quote_spanned!(named=> #next::Behind<#program>);
    let stage = syn::parse_quote!(#next: __Stage);
    let pipe = with_parameter(&container.head.generics, stage);
    let (pipe_generics, _, _) = pipe.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics __Command for #ident #ty_generics #where_clause {
            #runs
            type Output = #output;
            type Reader = #reader;
            #described
            #facts

            fn write(&self, __argv: &mut __Argv) {
                #safe
                #body
            }
        }

        #read

        #[automatically_derived]
        impl #impl_generics __Display for #ident #ty_generics #where_clause {
            fn fmt(&self, __f: &mut __Formatter<'_>) -> __Shown {
                __show(self, __f)
            }
        }

        #[automatically_derived]
        impl #pipe_generics __BitOr<#next> for #ident #ty_generics #where_clause {
            type Output = #joined;

            fn bitor(self, __next: #next) -> #joined {
                __next.behind(self)
            }
        }
    }
}

/// Returns what makes a command the reader of its own output.
fn reader(container: &Container, parse: &syn::Path, output: &TokenStream) -> TokenStream {
    let ident = &container.head.ident;
    let (impl_generics, ty_generics, where_clause) = container.head.generics.split_for_impl();
    let read = match container.head.errors.is_empty() {
        true => quote_spanned! {place(parse)=>
            ::core::result::Result::map_err(#parse(__outcome), ::core::convert::Into::into)
        },
        false => quote!(loop {}),
    };
    quote! {
        #[automatically_derived]
        impl #impl_generics __ReadOutput<#output> for #ident #ty_generics #where_clause {
            fn read_output(
                __outcome: &__Outcome,
            ) -> ::core::result::Result<#output, __OutputError> {
                #read
            }
        }
    }
}

/// Returns the constant that says what a command is, if it says more than the trait knows.
fn facts(command: &Command) -> Option<TokenStream> {
    let separator = match &command.separator {
        Separator::OfProgram => None,
        Separator::Nothing => Some(quote!(__None)),
        Separator::Own(word) => Some(quote!(__Some(#word))),
    };
    let own_tier = (command.tier != Tier::Write).then(|| tier(command.tier));
    let calls = [
        with_list("with_subcommand", &command.subcommand),
        with("with_tier", own_tier),
        with("with_ok", command.ok.as_ref().map(|codes| quote!(&[#(#codes),*]))),
        with("with_separator", separator),
        with("with_style", command.style.map(style)),
        with_word("with_single_dash", command.single_dash),
        with_pairs("with_set_env", &command.env),
        with_word("with_inherited_stdin", command.inherit_stdin),
        fixed(command),
    ];
    let calls: Vec<TokenStream> = calls.into_iter().flatten().collect();
    (!calls.is_empty())
        .then(|| quote!(const SPEC: &'static __CommandSpec = &__CommandSpec::of::<Self>()#(#calls)*;))
}

/// A constant is a text, a slice or an array of texts: a method of its type makes a list of it.
fn fixed(command: &Command) -> Option<TokenStream> {
    if command.fixed.is_empty() {
        return None;
    }
    let lists = command.fixed.iter().map(|word| match word {
        Word::Literal(literal) => quote!(&[#literal]),
        Word::Constant(path) => quote_spanned!(place(path)=> __Fixed(&#path).words()),
    });
    Some(quote!(.with_fixed(&[#(#lists),*])))
}

/// Returns the assertions that every operand is safe behind the separator, or without one.
fn safe_operands(container: &Container, command: &Command, program: &TokenStream) -> TokenStream {
    if !container.head.errors.is_empty() {
        return TokenStream::new();
    }
    let separator = match &command.separator {
        Separator::OfProgram => quote!(<#program as __Program>::Separator),
        Separator::Nothing => quote!(__Unseparated),
        Separator::Own(_) => quote!(__Separated),
    };
    let (values, _) = operands(container);
    let values = values.iter().map(|ty| quote_spanned!(place(ty)=> __assert_operand::<#ty, #separator>();));
    let sets = container.fields.iter().filter_map(|field| {
        let itself = itself(&container.head.generics, &field.form)?;
        Some(quote_spanned!(place(&field.form.ty())=> __assert_args::<#itself, #separator>();))
    });
    quote!(#(#values)* #(#sets)*)
}

/// Returns the free function that `fn = name` asks for.
pub(super) fn function(container: &Container) -> TokenStream {
    let Some(name) = &container.function else { return TokenStream::new() };
    let vis = &container.head.vis;
    let ident = &container.head.ident;
    let (impl_generics, ty_generics, where_clause) = container.head.generics.split_for_impl();
    let krate = &container.head.krate;
    let parameters = parameters(Names::Of(krate), container);
    let arguments = container.fields.iter().filter(|field| field.required).map(|field| &field.ident);
    let doc = format!("The command is a [`{ident}`], which has the options; a verb runs it.");
    let first = first_paragraph(&container.head.docs);
    let gap = (!first.is_empty()).then(|| quote!(#[doc = ""]));
    quote! {
        #(#first)* #gap #[doc = #doc]
        #[must_use = #MUST_USE]
        #[allow(dead_code, unreachable_pub, clippy::all)]
        #vis fn #name #impl_generics (#parameters) -> #ident #ty_generics #where_clause {
            <#ident #ty_generics>::new(#(#arguments),*)
        }
    }
}

/// Returns the first paragraph of a documentation.
fn first_paragraph(docs: &[Attribute]) -> &[Attribute] {
    let text = |attr: &Attribute| match &attr.meta {
        Meta::NameValue(MetaNameValue { value: Expr::Lit(ExprLit { lit: Lit::Str(text), .. }), .. }) => {
            Some(text.value())
        }
        _ => None,
    };
    let ends = |attr: &Attribute| text(attr).is_none_or(|text| text.trim().is_empty());
    let end = docs.iter().position(ends).unwrap_or(docs.len());
    docs.get(..end).unwrap_or_default()
}
