//! Reads a derive's input: tokens to raw entries, without judging what they mean together.

mod entries;
mod hints;
mod keys;
mod meant;
mod read;

use syn::{Attribute, Data, DeriveInput, Fields, Generics, Ident, Type, Visibility};

pub(crate) use self::entries::{Entries, Value, Word};
use self::keys::Keys;
use crate::errors::Errors;

/// A type with its attributes read.
pub(crate) struct Raw {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) generics: Generics,
    /// The documentation.
    pub(crate) docs: Vec<Attribute>,
    pub(crate) entries: Entries,
    pub(crate) body: Body,
    pub(crate) errors: Errors,
}

/// What a type consists of.
pub(crate) enum Body {
    Unit,
    Named(Vec<RawField>),
    Tuple(Vec<RawField>),
    Enum(Vec<RawVariant>),
    Union,
}

/// A field with its attributes read.
pub(crate) struct RawField {
    /// The name; a field of a tuple has none.
    pub(crate) ident: Option<Ident>,
    pub(crate) vis: Visibility,
    pub(crate) ty: Type,
    /// Where the field is.
    pub(crate) span: proc_macro2::Span,
    /// The attributes that its setter carries, too: documentation, `deprecated`.
    pub(crate) kept: Vec<Attribute>,
    pub(crate) entries: Entries,
}

/// A variant with its attributes read.
pub(crate) struct RawVariant {
    pub(crate) ident: Ident,
    pub(crate) body: Body,
    pub(crate) entries: Entries,
}

pub(crate) fn program(input: &DeriveInput) -> Raw {
    raw(input, &keys::PROGRAM, &keys::NONE, &keys::NONE)
}

pub(crate) fn command(input: &DeriveInput) -> Raw {
    raw(input, &keys::COMMAND, &keys::FIELD, &keys::NONE)
}

pub(crate) fn choice(input: &DeriveInput) -> Raw {
    raw(input, &keys::CHOICE, &keys::NONE, &keys::OPTION_VARIANT)
}

pub(crate) fn subcommand(input: &DeriveInput) -> Raw {
    raw(input, &keys::SUBCOMMAND, &keys::NONE, &keys::SUBCOMMAND_VARIANT)
}

pub(crate) fn words(input: &DeriveInput) -> Raw {
    raw(input, &keys::WORDS, &keys::NONE, &keys::WORD_VARIANT)
}

pub(crate) fn newtype(input: &DeriveInput) -> Raw {
    raw(input, &keys::NEWTYPE, &keys::NONE, &keys::NONE)
}

fn raw(input: &DeriveInput, container: &Keys, field: &Keys, variant: &Keys) -> Raw {
    let mut errors = Errors::default();
    let owner = format!("`{}`", input.ident);
    let entries = read::read(&input.attrs, container, &owner, &mut errors);
    let body = match &input.data {
        Data::Struct(data) => body(&data.fields, field, &mut errors),
        Data::Enum(data) => Body::Enum(
            data.variants
                .iter()
                .map(|item| RawVariant {
                    entries: read::read(
                        &item.attrs,
                        variant,
                        &format!("variant `{}`", item.ident),
                        &mut errors,
                    ),
                    body: body(&item.fields, &keys::NONE, &mut errors),
                    ident: item.ident.clone(),
                })
                .collect(),
        ),
        Data::Union(_) => Body::Union,
    };
    Raw {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        generics: input.generics.clone(),
        docs: input.attrs.iter().filter(|attr| attr.path().is_ident("doc")).cloned().collect(),
        entries,
        body,
        errors,
    }
}

fn body(fields: &Fields, keys: &Keys, errors: &mut Errors) -> Body {
    let read = |field: &syn::Field, errors: &mut Errors| {
        let owner = match &field.ident {
            Some(ident) => format!("field `{}`", crate::names::plain(ident)),
            None => "the field".to_owned(),
        };
        RawField {
            ident: field.ident.clone(),
            vis: field.vis.clone(),
            ty: crate::shape::with_lifetimes(&field.ty),
            span: crate::shape::span(&field.ty),
            kept: attributes(&field.attrs, &["doc", "deprecated"]),
            entries: read::read(&field.attrs, keys, &owner, errors),
        }
    };
    match fields {
        Fields::Unit => Body::Unit,
        Fields::Named(named) => Body::Named(named.named.iter().map(|field| read(field, errors)).collect()),
        Fields::Unnamed(tuple) => {
            Body::Tuple(tuple.unnamed.iter().map(|field| read(field, errors)).collect())
        }
    }
}

fn attributes(attrs: &[Attribute], names: &[&str]) -> Vec<Attribute> {
    let kept = |attr: &&Attribute| {
        attr.path().get_ident().is_some_and(|ident| names.contains(&ident.to_string().as_str()))
    };
    attrs.iter().filter(kept).cloned().collect()
}
