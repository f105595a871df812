//! Writes the assertions about what only the compiler can look into: the program, and what is flattened.
//!
//! An assertion is a constant beside the type. A constant cannot name a type parameter, so that of a type
//! with one stands in its `write`, where the compiler looks at it as soon as a program uses the command.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use super::container::is_group;
use super::generics::{closed, is_open};
use super::{place, text};
use crate::model::{Command, Container, Danger, Field, Form, Head, List, Separator, Tier};

/// Returns the assertions that stand beside the type.
pub(super) fn beside(container: &Container) -> TokenStream {
    let program = container.command.as_ref().map(|_| about_program(container));
    if is_open(&container.head.generics) {
        return quote!(#program);
    }
    let own = all(container).into_iter().map(|Assertion { span, condition, message }| {
        quote_spanned!(span=> const _: () = ::core::assert!(#condition, #message);)
    });
    quote!(#program #(#own)*)
}

/// Returns the assertions that stand in `write`.
pub(super) fn inside(container: &Container) -> TokenStream {
    if !is_open(&container.head.generics) {
        return TokenStream::new();
    }
    all(container)
        .into_iter()
        .map(|Assertion { span, condition, message }| {
            quote_spanned!(span=> const { ::core::assert!(#condition, #message) };)
        })
        .collect()
}

/// What must be true, and what is said where it is not.
struct Assertion {
    span: Span,
    condition: TokenStream,
    message: String,
}

/// Returns what a struct takes in and what it says about itself as constants name it.
struct Names<'a> {
    container: &'a Container,
    /// The type of the struct.
    itself: TokenStream,
}

fn all(container: &Container) -> Vec<Assertion> {
    if !container.head.errors.is_empty() {
        return Vec::new();
    }
    let head = &container.head;
    let (ident, (_, ty_generics, _)) = (&head.ident, head.generics.split_for_impl());
    let itself = match is_open(&head.generics) {
        true => quote!(Self),
        false => closed(&head.generics, &quote!(#ident #ty_generics)),
    };
    let names = Names { container, itself };
    let mut assertions = names.sets();
    if let Some(command) = &container.command {
        assertions.extend(names.nested_dangers(command));
        assertions.extend(names.one_dash());
        assertions.extend(names.open_lists(command));
    }
    assertions
}

impl Names<'_> {
    /// Returns the descriptions of the struct itself.
    fn own(&self) -> TokenStream {
        let itself = &self.itself;
        match self.container.command {
            Some(_) => quote!(<#itself as __Command>::ARGS),
            None => quote!(<#itself as __Args>::ARGS),
        }
    }

    /// Returns the facts about the program of the command.
    fn program(&self) -> TokenStream {
        let itself = &self.itself;
        quote!(__facts::program_of::<#itself>())
    }

    /// Returns the assertions about the flattened sets of the struct.
    fn sets(&self) -> Vec<Assertion> {
        let fields = &self.container.fields;
        let sets: Vec<&Type> = fields.iter().filter_map(set).collect();
        let mut assertions = Vec::new();
        for (place, ty) in sets.iter().enumerate() {
            assertions.extend(fields.iter().flat_map(|field| self.names(field, ty)));
            assertions.extend(sets.iter().take(place).map(|earlier| self.shared(earlier, ty)));
            assertions.extend(self.subcommands(ty));
        }
        if !sets.is_empty() {
            let (ident, own) = (&self.container.head.ident, self.own());
            assertions.push(Assertion {
                span: place(ident),
                condition: quote!(!__facts::has_operand_after_list(#own)),
                message: format!(
                    "an operand of `{ident}` follows a list of operands: only the last operand may be a list"
                ),
            });
            let is_inherited = self.container.command.as_ref().is_some_and(|command| command.inherit_stdin);
            let permitted = usize::from(!is_inherited);
            assertions.push(Assertion {
                span: place(ident),
                condition: quote!(__facts::inputs(#own) <= #permitted),
                message: match is_inherited {
                    true => {
                        format!("the standard input of `{ident}` is inherited, and an argument gives it, too")
                    }
                    false => format!("`{ident}` is given its standard input by more than one argument"),
                },
            });
        }
        assertions
    }

    fn args(&self, ty: &Type) -> TokenStream {
        let generics = &self.container.head.generics;
        let ty = if is_open(generics) { quote!(#ty) } else { closed(generics, ty) };
        quote!(__SetOf::<#ty>::ARGS)
    }

    /// No name of a field is also one of a set.
    fn names(&self, field: &Field, ty: &Type) -> Vec<Assertion> {
        let args = self.args(ty);
        let longs = field.long.iter().chain(&field.negation).map(|name| {
            let long = &name.text;
            (quote!(!__facts::has_long(#args, #long)), format!("--{long}"))
        });
        let shorts = field.short.iter().map(|name| {
            let short = name.text;
            (quote!(!__facts::has_short(#args, #short)), format!("-{short}"))
        });
        let assertion = |(condition, name)| Assertion {
            span: place(&field.ident),
            condition,
            message: format!(
                "`{name}` of field `{}` is also an option of the flattened `{}`",
                field.name,
                text(ty)
            ),
        };
        longs.chain(shorts).map(assertion).collect()
    }

    /// Two sets have no name in common.
    fn shared(&self, earlier: &Type, ty: &Type) -> Assertion {
        let (left, right) = (self.args(earlier), self.args(ty));
        Assertion {
            span: place(ty),
            condition: quote!(!__facts::share_a_name(#left, #right)),
            message: format!(
                "the flattened `{}` and `{}` have an option of the same name",
                text(earlier),
                text(ty)
            ),
        }
    }

    /// A set holds no subcommand, and no operand beside a subcommand.
    fn subcommands(&self, ty: &Type) -> Vec<Assertion> {
        let (args, name, span) = (self.args(ty), text(ty), place(ty));
        let mut assertions = vec![Assertion {
            span,
            condition: quote!(!__facts::has_subcommand(#args)),
            message: format!("the flattened `{name}` holds a subcommand: make it a field of the command"),
        }];
        if self.container.fields.iter().any(|field| matches!(field.form, Form::Subcommand(_))) {
            assertions.push(Assertion {
                span,
                condition: quote!(!__facts::has_operand(#args) && !__facts::has_last(#args)),
                message: format!(
                    "operands of the flattened `{name}` and a subcommand in one command: \
                     the tool would read the operand as the subcommand"
                ),
            });
        }
        assertions
    }

    /// What sets and subcommands hold stays under the program's ceiling.
    fn nested_dangers(&self, command: &Command) -> Option<Assertion> {
        let nested = |field: &&Field| matches!(field.form, Form::Group(_) | Form::Subcommand(_));
        let field = self.container.fields.iter().find(nested)?;
        let (own, facts, program) = (self.own(), self.program(), command.program.as_ref()?);
        Some(Assertion {
            span: place(&field.form.ty()),
            condition: quote!(!__facts::is_above(#own, #facts.tier())),
            message: format!(
                "an argument that `{}` takes in can do more than `{}` allows",
                self.container.head.ident,
                text(program)
            ),
        })
    }

    /// Where a long name has one dash, its only letter is not that of a short option.
    fn one_dash(&self) -> Option<Assertion> {
        let itself = &self.itself;
        let fields = &self.container.fields;
        let letter = |field: &&Field| field.long.as_ref().is_some_and(|long| long.text.chars().count() == 1);
        let field = fields.iter().find(letter).or_else(|| fields.iter().find(|field| is_group(field)))?;
        let name = match &field.long {
            Some(long) => format!("`-{}` of field `{}` is also a short option", long.text, field.name),
            None => "an option of one letter is also a short option".to_owned(),
        };
        Some(Assertion {
            span: field
                .long
                .as_ref()
                .map_or(place(&field.ident), |long| Span::call_site().located_at(long.span)),
            condition: quote!(!__facts::is_ambiguous_with_one_dash(<#itself as __Command>::SPEC)),
            message: format!("{name}: long options begin with one dash here"),
        })
    }

    /// A list behind one name has no end but the next option, and a separator is one.
    fn open_lists(&self, command: &Command) -> Option<Assertion> {
        let may = |what: fn(&Field) -> bool| {
            self.container.fields.iter().any(|field| what(field) || is_group(field))
        };
        if !may(|field| matches!(field.list, List::Values))
            || !may(|field| matches!(field.form, Form::Operand(_)))
        {
            return None;
        }
        let separator = match &command.separator {
            Separator::Own(_) => return None,
            Separator::Nothing => quote!(false),
            Separator::OfProgram => {
                let program = self.program();
                quote!(#program.separator().is_some())
            }
        };
        let (ident, own) = (&self.container.head.ident, self.own());
        Some(Assertion {
            span: place(ident),
            condition: quote! {
                #separator || !__facts::has_open_list(#own) || !__facts::has_operand(#own)
            },
            message: format!(
                "`{ident}` has a list of `values` and operands, but no separator: \
                 the operands would be read as values"
            ),
        })
    }
}

/// Returns the type of a field that is a flattened set.
fn set(field: &Field) -> Option<&Type> {
    match &field.form {
        Form::Group(many) => Some(many.ty()),
        _ => None,
    }
}

/// The tier of the command, and what a dangerous argument raises it to, stays under the program's ceiling.
fn about_program(container: &Container) -> TokenStream {
    let Some(command) = container.command.as_ref().filter(|_| container.head.errors.is_empty()) else {
        return TokenStream::new();
    };
    let own = Span::call_site().located_at(command.tier_span);
    let head = &container.head;
    // The constant that everything stands in asks it, so that no other one is needed.
    let mut assertions = under_ceiling(&format!("`{}`", head.ident), command.tier, head, command, own);
    if !assertions.is_empty() {
        assertions.extend(quote!(;));
    }
    for field in &container.fields {
        let tier = match field.danger {
            None => continue,
            Some(Danger::Exec | Danger::Loss) => Tier::Destructive,
            Some(Danger::Write | Danger::Net) => Tier::Write,
        };
        let what = format!("the argument `{}`", field.name);
        let span = place(&field.ident);
        let assertion = under_ceiling(&what, tier, head, command, span);
        if !assertion.is_empty() {
            assertions.extend(quote_spanned!(span=> const _: () = #assertion;));
        }
    }
    assertions
}

/// Returns the assertion that `what`, which is of a tier, is not above the ceiling of the program.
fn under_ceiling(what: &str, tier: Tier, head: &Head, command: &Command, span: Span) -> TokenStream {
    let Some(program) = &command.program else { return TokenStream::new() };
    let name = text(program);
    let message =
        |own: &str, ceiling: &str| format!("{what} is `{own}`, but `{name}` allows at most `{ceiling}`");
    if tier == Tier::Read {
        return TokenStream::new();
    }
    // By the command where it can be named: a program that is none is then reported once.
    let itself = (!is_open(&head.generics)).then(|| {
        let (ident, (_, ty_generics, _)) = (&head.ident, head.generics.split_for_impl());
        closed(&head.generics, &quote!(#ident #ty_generics))
    });
    let spec = || quote_spanned!(span=> __ProgramOf::<#program>::SPEC);
    if tier == Tier::Write {
        let message = message("write", "read");
        return match itself {
            Some(itself) => quote_spanned!(span=> __facts::assert_writes::<#itself>(#message);),
            None => {
                let spec = spec();
                quote_spanned!(span=> __facts::assert_program_writes(#spec, #message);)
            }
        };
    }
    let [read, write] = ["read", "write"].map(|ceiling| message("destructive", ceiling));
    match itself {
        Some(itself) => quote_spanned!(span=> __facts::assert_destroys::<#itself>(#read, #write);),
        None => {
            let spec = spec();
            quote_spanned!(span=> __facts::assert_program_destroys(#spec, #read, #write);)
        }
    }
}
