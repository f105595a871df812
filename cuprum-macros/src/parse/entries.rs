//! The entries of an attribute, as they are asked for by key.

use proc_macro2::Span;
use syn::parse::ParseStream;
use syn::{Expr, Ident, LitBool, LitChar, LitInt, LitStr, Path, Type};

/// The entries of all attributes of one item.
#[derive(Default)]
pub(crate) struct Entries {
    pub(super) list: Vec<Entry>,
    /// Whether something in them could not be read, which is reported: what is missing may be that.
    pub(crate) is_broken: bool,
}

/// One entry of an attribute.
pub(crate) struct Entry {
    pub(crate) key: Ident,
    /// The text of the key; an identifier becomes one by asking the compiler.
    pub(crate) name: String,
    pub(crate) value: Value,
    /// Whether the key is one that was probably meant; that is reported.
    pub(super) is_misspelt: bool,
}

/// The value of an entry.
pub(crate) enum Value {
    Alone,
    Text(LitStr),
    Char(LitChar),
    Number(LitInt),
    Bool(LitBool),
    Name(Ident),
    Texts(Vec<LitStr>),
    Words(Vec<Word>),
    Numbers(Vec<Number>),
    Pairs(Vec<(LitStr, LitStr)>),
    Path(Path),
    Type(Box<Type>),
    Expr(Box<Expr>),
    Nested(Entries),
    /// Not what the key takes; that is reported.
    Broken,
}

/// A word that is written out, or a constant list of words.
#[derive(Clone)]
pub(crate) enum Word {
    Literal(LitStr),
    Constant(Path),
}

/// A number that may be negative, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Number {
    pub(crate) number: i32,
    pub(crate) span: Span,
}

impl syn::parse::Parse for Number {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let minus: Option<syn::Token![-]> = input.parse()?;
        let literal: LitInt = input.parse()?;
        let number: i32 = literal.base10_parse()?;
        Ok(Self { number: if minus.is_some() { -number } else { number }, span: literal.span() })
    }
}

impl syn::parse::Parse for Word {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            input.parse().map(Self::Literal)
        } else {
            input.call(Path::parse_mod_style).map(Self::Constant)
        }
    }
}

impl Entries {
    /// Returns the entry called `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        self.list.iter().find(|entry| entry.name == key)
    }

    /// Takes away the entry called `key`, which is of no use.
    pub(crate) fn forget(&mut self, key: &str) {
        self.list.retain(|entry| entry.name != key);
    }

    /// Returns the entries in the order in which they are written.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.list.iter()
    }

    /// Returns whether there is an entry called `key`.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Returns where the entry called `key` is.
    pub(crate) fn span(&self, key: &str) -> Option<Span> {
        self.get(key).map(|entry| entry.key.span())
    }

    pub(crate) fn text(&self, key: &str) -> Option<&LitStr> {
        match &self.get(key)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn character(&self, key: &str) -> Option<&LitChar> {
        match &self.get(key)?.value {
            Value::Char(character) => Some(character),
            _ => None,
        }
    }

    pub(crate) fn number(&self, key: &str) -> Option<&LitInt> {
        match &self.get(key)?.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(crate) fn name(&self, key: &str) -> Option<&Ident> {
        match &self.get(key)?.value {
            Value::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(crate) fn path(&self, key: &str) -> Option<&Path> {
        match &self.get(key)?.value {
            Value::Path(path) => Some(path),
            _ => None,
        }
    }

    /// Returns the texts of an entry, none if there is no such entry.
    pub(crate) fn texts(&self, key: &str) -> Vec<LitStr> {
        match self.get(key).map(|entry| &entry.value) {
            Some(Value::Texts(texts)) => texts.clone(),
            Some(Value::Text(text)) => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    pub(crate) fn words(&self, key: &str) -> Vec<Word> {
        match self.get(key).map(|entry| &entry.value) {
            Some(Value::Words(words)) => words.clone(),
            _ => Vec::new(),
        }
    }

    pub(crate) fn numbers(&self, key: &str) -> Option<&[Number]> {
        match &self.get(key)?.value {
            Value::Numbers(numbers) => Some(numbers),
            _ => None,
        }
    }

    pub(crate) fn pairs(&self, key: &str) -> Vec<(LitStr, LitStr)> {
        match self.get(key).map(|entry| &entry.value) {
            Some(Value::Pairs(pairs)) => pairs.clone(),
            _ => Vec::new(),
        }
    }
}
