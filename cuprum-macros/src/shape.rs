//! What the type of a field says by its name: types are read by their last path segment.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{GenericArgument, Lifetime, PathArguments, Type};

/// What the type of a field says by its name.
#[derive(Clone, Copy)]
pub(crate) enum Shape<'a> {
    Bool,
    Optional(&'a Type),
    OptionalOptional(&'a Type),
    List(&'a Type),
    Plain,
}

impl<'a> Shape<'a> {
    pub(crate) fn of(ty: &'a Type) -> Self {
        let Some(segment) = last_segment(ty) else { return Self::Plain };
        match (segment.ident.to_string().as_str(), inside(segment)) {
            ("Option", Some(inner)) => {
                match last_segment(inner).filter(|segment| segment.ident == "Option") {
                    Some(segment) => inside(segment).map_or(Self::Optional(inner), Self::OptionalOptional),
                    None => Self::Optional(inner),
                }
            }
            ("Vec", Some(item)) => Self::List(item),
            ("bool", None) if segment.arguments.is_none() => Self::Bool,
            _ => Self::Plain,
        }
    }
}

/// Returns whether `ty` is called `name`, whatever path leads to it.
pub(crate) fn is(ty: &Type, name: &str) -> bool {
    is_one_of(ty, &[name])
}

/// Returns whether `ty` is an unsigned integer.
pub(crate) fn is_unsigned(ty: &Type) -> bool {
    is_one_of(ty, &["u8", "u16", "u32", "u64", "usize"])
}

/// Returns whether `ty` is a plain number or character, which setters take as it is.
pub(crate) fn is_number(ty: &Type) -> bool {
    let names = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64",
        "char",
    ];
    is_one_of(ty, &names)
}

/// Returns whether `ty` is called by one of the names. A name becomes a text but once: the compiler is asked for it.
fn is_one_of(ty: &Type, names: &[&str]) -> bool {
    let segment = last_segment(ty).filter(|segment| segment.arguments.is_none());
    segment.is_some_and(|segment| names.contains(&segment.ident.to_string().as_str()))
}

/// Returns whether `ty` is a number that cannot be zero.
pub(crate) fn is_non_zero(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|segment| segment.ident.to_string().starts_with("NonZero"))
}

/// Returns where `ty` stands, without writing it out, which takes long where there is nothing to optimise it.
pub(crate) fn span(ty: &Type) -> Span {
    let Type::Path(path) = ty else { return ty.span() };
    let segments = &path.path.segments;
    let (None, None, Some(first), Some(last)) =
        (&path.qself, path.path.leading_colon, segments.first(), segments.last())
    else {
        return ty.span();
    };
    let (first, last) = match &last.arguments {
        PathArguments::None => (first.ident.span(), last.ident.span()),
        PathArguments::AngleBracketed(arguments) => (first.ident.span(), arguments.gt_token.span()),
        PathArguments::Parenthesized(_) => return ty.span(),
    };
    first.join(last).unwrap_or(first)
}

/// Returns the type with a lifetime where one is missing, which the compiler reports: once is enough.
pub(crate) fn with_lifetimes(ty: &Type) -> Type {
    let mut ty = ty.clone();
    add_lifetimes(&mut ty);
    ty
}

fn add_lifetimes(ty: &mut Type) {
    match ty {
        Type::Reference(reference) => {
            let place = reference.and_token.span;
            reference.lifetime.get_or_insert_with(|| Lifetime::new("'static", place));
            add_lifetimes(&mut reference.elem);
        }
        Type::Path(path) => {
            let arguments =
                path.path.segments.iter_mut().filter_map(|segment| match &mut segment.arguments {
                    PathArguments::AngleBracketed(arguments) => Some(arguments.args.iter_mut()),
                    _ => None,
                });
            for argument in arguments.flatten() {
                match argument {
                    GenericArgument::Type(inner) => add_lifetimes(inner),
                    GenericArgument::Lifetime(lifetime) if lifetime.ident == "_" => {
                        *lifetime = Lifetime::new("'static", lifetime.apostrophe);
                    }
                    _ => {}
                }
            }
        }
        Type::Group(group) => add_lifetimes(&mut group.elem),
        Type::Paren(paren) => add_lifetimes(&mut paren.elem),
        _ => {}
    }
}

/// Returns the `T` of `name<T>`.
fn inside(segment: &syn::PathSegment) -> Option<&Type> {
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(GenericArgument::Type(inner)) if arguments.args.len() == 1 => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_read_by_its_last_segment() {
        let ty: Type = syn::parse_quote!(::core::option::Option<std::vec::Vec<u8>>);
        let Shape::Optional(inner) = Shape::of(&ty) else { panic!("an option") };
        assert!(matches!(Shape::of(inner), Shape::List(_)));
        let twice: Type = syn::parse_quote!(Option<Option<String>>);
        assert!(matches!(Shape::of(&twice), Shape::OptionalOptional(_)));
        let mine: Type = syn::parse_quote!(Option<A, B>);
        assert!(matches!(Shape::of(&mine), Shape::Plain));
    }
}
