//! Writes value enums and checked one-field structs.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{enclosed, place};
use crate::model::{LeadingHyphen, Newtype, Words};

pub(crate) fn words(words: &Words) -> TokenStream {
    let ident = &words.head.ident;
    let vis = &words.head.vis;
    let errors = words.head.errors.to_tokens();
    let (impl_generics, ty_generics, where_clause) = words.head.generics.split_for_impl();
    let arms = words.variants.iter().map(|(variant, word)| quote!(Self::#variant => #word,));
    let text = match words.variants.is_empty() || !words.head.errors.is_empty() {
        true => quote!(""),
        false => quote!(match self { #(#arms)* }),
    };
    let operand = words.variants.iter().all(|(_, word)| !word.starts_with('-')).then(|| {
        quote! {
            #[automatically_derived]
            impl #impl_generics __Operand for #ident #ty_generics #where_clause {}
        }
    });
    let implementations = quote! {
        impl #impl_generics #ident #ty_generics #where_clause {
            /// Returns the word that is written.
            #[must_use]
            #vis const fn as_str(&self) -> &'static ::core::primitive::str {
                #text
            }
        }

        #[automatically_derived]
        impl #impl_generics __ArgValue for #ident #ty_generics #where_clause {
            fn to_os(&self) -> ::std::ffi::OsString {
                ::core::convert::From::from(self.as_str())
            }
        }

        #operand

        #[automatically_derived]
        impl #impl_generics ::core::fmt::Display for #ident #ty_generics #where_clause {
            fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __f.write_str(self.as_str())
            }
        }
    };
    let enclosed = enclosed(&words.head.krate, [implementations]);
    quote!(#errors #enclosed)
}

pub(crate) fn newtype(newtype: &Newtype) -> TokenStream {
    let errors = newtype.head.errors.to_tokens();
    let implementations = match (&newtype.inner, &newtype.check) {
        (None, _) => faulty(newtype),
        (Some(inner), None) => plain(newtype, inner),
        (Some(_), Some(check)) => {
            let (constructors, traits) = (constructors(newtype, check), traits(newtype));
            quote!(#constructors #traits)
        }
    };
    let enclosed = enclosed(&newtype.head.krate, [implementations]);
    quote!(#errors #enclosed)
}

/// Returns what keeps the uses of a type with mistakes quiet.
fn faulty(newtype: &Newtype) -> TokenStream {
    let (ident, vis) = (&newtype.head.ident, &newtype.head.vis);
    let (impl_generics, ty_generics, where_clause) = newtype.head.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics __ArgValue for #ident #ty_generics #where_clause {
            fn to_os(&self) -> ::std::ffi::OsString {
                ::std::ffi::OsString::new()
            }
        }
        #[automatically_derived]
        impl #impl_generics __Operand for #ident #ty_generics #where_clause {}

        impl #impl_generics #ident #ty_generics #where_clause {
            #vis fn new(
                _: impl ::core::convert::AsRef<::std::ffi::OsStr>,
            ) -> ::core::result::Result<Self, __InvalidValue> {
                loop {}
            }

            #vis const fn assert_literal(_: &'static ::core::primitive::str) {}

            #vis fn from_literal(_: &'static ::core::primitive::str) -> Self {
                loop {}
            }
        }
    }
}

/// Returns the implementation of a type without a check, which is written as its field is.
fn plain(newtype: &Newtype, inner: &syn::Type) -> TokenStream {
    let ident = &newtype.head.ident;
    let (impl_generics, ty_generics, where_clause) = newtype.head.generics.split_for_impl();
    quote_spanned! {place(inner)=>
        #[automatically_derived]
        impl #impl_generics __ArgValue for #ident #ty_generics #where_clause {
            fn to_os(&self) -> ::std::ffi::OsString {
                __ArgValue::to_os(&self.0)
            }

            fn is_secret(&self) -> ::core::primitive::bool {
                __ArgValue::is_secret(&self.0)
            }
        }
    }
}

/// Returns the traits of a checked type.
fn traits(newtype: &Newtype) -> TokenStream {
    let ident = &newtype.head.ident;
    let (impl_generics, ty_generics, where_clause) = newtype.head.generics.split_for_impl();
    let to_os = match newtype.leading_hyphen {
        LeadingHyphen::DotSlash => quote!(__dot_slash(__ArgValue::to_os(&self.0))),
        _ => quote!(__ArgValue::to_os(&self.0)),
    };
    let operand = (newtype.leading_hyphen != LeadingHyphen::Allow).then(|| {
        quote! {
            #[automatically_derived]
            impl #impl_generics __Operand for #ident #ty_generics #where_clause {}
        }
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics __ArgValue for #ident #ty_generics #where_clause {
            fn to_os(&self) -> ::std::ffi::OsString {
                #to_os
            }
        }

        #operand

        #[automatically_derived]
        impl #impl_generics ::core::fmt::Display for #ident #ty_generics #where_clause {
            fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&__ArgValue::to_os(&self.0).display(), __f)
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::convert::AsRef<::std::ffi::OsStr> for #ident #ty_generics #where_clause {
            fn as_ref(&self) -> &::std::ffi::OsStr {
                ::core::convert::AsRef::as_ref(&self.0)
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::str::FromStr for #ident #ty_generics #where_clause {
            type Err = __InvalidValue;

            fn from_str(text: &::core::primitive::str) -> ::core::result::Result<Self, Self::Err> {
                Self::new(text)
            }
        }
    }
}

/// Returns the constructors of a checked type.
fn constructors(newtype: &Newtype, check: &syn::Path) -> TokenStream {
    let krate = &newtype.head.krate;
    let ident = &newtype.head.ident;
    let vis = &newtype.head.vis;
    let (impl_generics, ty_generics, where_clause) = newtype.head.generics.split_for_impl();
    let name = ident.to_string();
    let check_name = quote!(#check).to_string().replace(' ', "");
    let refused = format!("not a `{name}`: `{check_name}` refuses this text");
    let dashed = format!("not a `{name}`: the text starts with `-`");
    let nul = format!("not a `{name}`: the text holds a NUL byte");
    let may_start_with_dash = newtype.leading_hyphen != LeadingHyphen::Deny;
    let (given, literal) =
        (quote_spanned!(place(check)=> |__text| #check(__text)), quote_spanned!(place(check)=> #check(text)));
    let doc_error = format!("[`InvalidValue`]({krate}::spec::InvalidValue) if `{check_name}` refuses it");
    quote! {
        impl #impl_generics #ident #ty_generics #where_clause {
            /// Checks a value.
            ///
            /// # Errors
            ///
            #[doc = #doc_error]
            #vis fn new(
                text: impl ::core::convert::AsRef<::std::ffi::OsStr>,
            ) -> ::core::result::Result<Self, __InvalidValue> {
                __checked_text(
                    #name,
                    ::core::convert::AsRef::as_ref(&text),
                    #may_start_with_dash,
                    (#given, #check_name),
                )
                    .map(|text| Self(::core::convert::From::from(text)))
            }

            /// Asserts, at compile time, that a literal is such a value; `lit!` calls it.
            #[doc(hidden)]
            #vis const fn assert_literal(text: &'static ::core::primitive::str) {
                ::core::assert!(!__holds_nul(text), #nul);
                ::core::assert!(#may_start_with_dash || !__starts_with_dash(text), #dashed);
                ::core::assert!(#literal, #refused);
            }

            /// Creates the value of a literal that was asserted; `lit!` calls it.
            #[doc(hidden)]
            #vis fn from_literal(text: &'static ::core::primitive::str) -> Self {
                Self(::core::convert::From::from(text))
            }
        }
    }
}
