//! What a checked type means: the input of code generation, free of mistakes or marked as faulty.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Expr, Generics, Ident, LitStr, Path, Type, Visibility};

use crate::errors::Errors;
use crate::parse::Word;

/// What every derived type has.
pub(crate) struct Head {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) generics: Generics,
    /// The documentation.
    pub(crate) docs: Vec<Attribute>,
    /// The path of the `cuprum` library.
    pub(crate) krate: TokenStream,
    pub(crate) errors: Errors,
}

/// A program.
pub(crate) struct Program {
    pub(crate) head: Head,
    pub(crate) name: String,
    pub(crate) path: Option<LitStr>,
    pub(crate) search: Option<Search>,
    pub(crate) version: Option<LitStr>,
    pub(crate) version_args: Option<Vec<LitStr>>,
    pub(crate) separator: Option<LitStr>,
    pub(crate) style: Option<Style>,
    pub(crate) single_dash: bool,
    pub(crate) tier: Option<Tier>,
    pub(crate) project: Option<LitStr>,
    pub(crate) docs: Vec<LitStr>,
    pub(crate) noise: Vec<LitStr>,
    pub(crate) inherit: Option<Inherit>,
    pub(crate) set_env: Vec<(LitStr, LitStr)>,
    pub(crate) deny_env: Vec<LitStr>,
    pub(crate) ok: Option<Vec<i32>>,
    pub(crate) explain: Option<Path>,
}

pub(crate) enum Search {
    Path,
    Trusted,
    Directories(Vec<LitStr>),
}

pub(crate) enum Inherit {
    All,
    Nothing,
    Only(Vec<LitStr>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tier {
    Read,
    Write,
    Destructive,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Equals,
    Space,
    Attached,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Danger {
    Exec,
    Write,
    Net,
    Loss,
}

/// A struct whose fields are arguments: a command, or a set that commands flatten.
pub(crate) struct Container {
    pub(crate) head: Head,
    /// What makes it a command; a set of arguments has none.
    pub(crate) command: Option<Command>,
    pub(crate) fields: Vec<Field>,
    /// Whether there is a typestate builder for what is required.
    pub(crate) builder: bool,
    pub(crate) function: Option<Ident>,
    pub(crate) alias: Option<LitStr>,
}

/// What makes a struct a command.
pub(crate) struct Command {
    /// Missing only where that is a mistake.
    pub(crate) program: Option<Path>,
    pub(crate) subcommand: Vec<LitStr>,
    /// The words that are always written, behind the subcommand.
    pub(crate) fixed: Vec<Word>,
    pub(crate) output: Option<Type>,
    pub(crate) parse: Option<Path>,
    pub(crate) tier: Tier,
    /// Where the tier is written, else the struct's name.
    pub(crate) tier_span: Span,
    pub(crate) separator: Separator,
    pub(crate) style: Option<Style>,
    pub(crate) single_dash: bool,
    pub(crate) ok: Option<Vec<i32>>,
    pub(crate) env: Vec<(LitStr, LitStr)>,
    pub(crate) inherit_stdin: bool,
}

pub(crate) enum Separator {
    OfProgram,
    Nothing,
    Own(LitStr),
}

/// An argument.
pub(crate) struct Field {
    /// Whether it could not be told what the field is, which is reported.
    pub(crate) is_unread: bool,
    pub(crate) ident: Ident,
    /// The name without `r#`, as messages and the specification say it.
    pub(crate) name: String,
    pub(crate) vis: Visibility,
    pub(crate) ty: Type,
    /// Documentation and deprecation, which its setter carries, too.
    pub(crate) kept: Vec<Attribute>,
    pub(crate) form: Form,
    pub(crate) long: Option<Name<String>>,
    pub(crate) short: Option<Name<char>>,
    pub(crate) negation: Option<Name<String>>,
    pub(crate) style: Option<Style>,
    pub(crate) global: bool,
    /// Whether `new` takes it.
    pub(crate) required: bool,
    pub(crate) list: List,
    pub(crate) min: usize,
    pub(crate) max: Option<usize>,
    pub(crate) default: Option<Option<Expr>>,
    pub(crate) with: Option<Path>,
    pub(crate) conflicts: Vec<LitStr>,
    pub(crate) requires: Vec<LitStr>,
    pub(crate) allow_hyphen: bool,
    pub(crate) always: bool,
    pub(crate) secret: bool,
    pub(crate) danger: Option<Danger>,
    pub(crate) since: Option<LitStr>,
}

/// A name of an option, and where the user wrote it.
pub(crate) struct Name<T> {
    pub(crate) text: T,
    pub(crate) span: Span,
}

/// How several values are written.
pub(crate) enum List {
    Repeat,
    Joined(LitStr),
    Values,
}

/// What a field is.
pub(crate) enum Form {
    Flag,
    Switch,
    Count,
    Value(Many),
    /// An option whose value of this type may be left out.
    OptionalValue(Type),
    Operand(Many),
    Last(Many),
    Variable(LitStr, Many),
    Stdin(Many),
    Group(Many),
    Subcommand(Many),
    Skip,
}

impl Form {
    /// Returns the type of the values of a field, if it has any.
    pub(crate) fn ty(&self) -> Option<&Type> {
        match self {
            Self::Value(many)
            | Self::Operand(many)
            | Self::Last(many)
            | Self::Variable(_, many)
            | Self::Stdin(many)
            | Self::Group(many)
            | Self::Subcommand(many) => Some(many.ty()),
            Self::OptionalValue(ty) => Some(ty),
            Self::Flag | Self::Switch | Self::Count | Self::Skip => None,
        }
    }
}

/// How many values of a type a field holds.
pub(crate) enum Many {
    One(Type),
    Optional(Type),
    List(Type),
}

impl Many {
    /// Returns the type of one value.
    pub(crate) fn ty(&self) -> &Type {
        match self {
            Self::One(ty) | Self::Optional(ty) | Self::List(ty) => ty,
        }
    }
}

/// An enum of options, of which one is given.
pub(crate) struct Choice {
    pub(crate) head: Head,
    pub(crate) variants: Vec<OptionVariant>,
}

pub(crate) struct OptionVariant {
    pub(crate) ident: Ident,
    pub(crate) value: Option<Type>,
    pub(crate) long: Option<String>,
    pub(crate) short: Option<char>,
    pub(crate) style: Option<Style>,
    pub(crate) danger: Option<Danger>,
    pub(crate) since: Option<LitStr>,
}

/// A choice of subcommands.
pub(crate) struct Subcommand {
    pub(crate) head: Head,
    pub(crate) variants: Vec<SubcommandVariant>,
}

pub(crate) struct SubcommandVariant {
    pub(crate) ident: Ident,
    pub(crate) name: String,
    pub(crate) args: Option<Type>,
}

/// An enum of words.
pub(crate) struct Words {
    pub(crate) head: Head,
    pub(crate) variants: Vec<(Ident, String)>,
}

/// A one-field struct that is a value.
pub(crate) struct Newtype {
    pub(crate) head: Head,
    pub(crate) inner: Option<Type>,
    pub(crate) check: Option<Path>,
    pub(crate) leading_hyphen: LeadingHyphen,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeadingHyphen {
    Deny,
    Allow,
    DotSlash,
}
