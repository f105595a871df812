//! What the type of a field says by its name: types are read by their last path segment.

use syn::{GenericArgument, PathArguments, Type};

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
        if let Some(inner) = inside(ty, "Option") {
            return match inside(inner, "Option") {
                Some(inner) => Self::OptionalOptional(inner),
                None => Self::Optional(inner),
            };
        }
        match inside(ty, "Vec") {
            Some(item) => Self::List(item),
            None if is(ty, "bool") => Self::Bool,
            None => Self::Plain,
        }
    }
}

/// Returns whether `ty` is called `name`, whatever path leads to it.
pub(crate) fn is(ty: &Type, name: &str) -> bool {
    last_segment(ty).is_some_and(|segment| segment.ident == name && segment.arguments.is_none())
}

/// Returns whether `ty` is an unsigned integer.
pub(crate) fn is_unsigned(ty: &Type) -> bool {
    ["u8", "u16", "u32", "u64", "usize"].iter().any(|name| is(ty, name))
}

/// Returns whether `ty` is a plain number or character, which setters take as it is.
pub(crate) fn is_number(ty: &Type) -> bool {
    let names = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64",
    ];
    names.iter().any(|name| is(ty, name))
}

/// Returns whether `ty` is a number that cannot be zero.
pub(crate) fn is_non_zero(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|segment| segment.ident.to_string().starts_with("NonZero"))
}

/// Returns the `T` of a type `name<T>`.
fn inside<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let segment = last_segment(ty).filter(|segment| segment.ident == name)?;
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
