//! How Rust names become command-line names, and which names an option can have.

use syn::Ident;
use syn::ext::IdentExt as _;

/// How the names of fields are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Case {
    #[default]
    Kebab,
    Snake,
    Camel,
    Lower,
    Verbatim,
}

impl Case {
    /// The cases, by the name that attributes give them.
    pub(crate) const ALL: [(&'static str, Self); 5] = [
        ("kebab-case", Self::Kebab),
        ("snake_case", Self::Snake),
        ("camelCase", Self::Camel),
        ("lowercase", Self::Lower),
        ("verbatim", Self::Verbatim),
    ];

    /// Returns a field's name in this case, without `r#` and one trailing `_`.
    pub(crate) fn field(self, ident: &Ident) -> String {
        let name = plain(ident);
        let name = name.strip_suffix('_').unwrap_or(&name);
        match self {
            Self::Kebab => name.replace('_', "-"),
            Self::Snake | Self::Verbatim => name.to_owned(),
            Self::Lower => name.replace('_', "").to_lowercase(),
            Self::Camel => camel(name),
        }
    }
}

/// Returns an identifier's text without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// Returns a type's or variant's name in kebab-case: `HTTPServer` is `http-server`.
pub(crate) fn kebab(ident: &Ident) -> String {
    let name = plain(ident);
    let letters: Vec<char> = name.strip_suffix('_').unwrap_or(&name).chars().collect();
    let mut kebab = String::new();
    for (place, letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(place + 1);
        let starts_word = letter.is_uppercase()
            && before.is_some_and(|before| {
                *before != '_' && (!before.is_uppercase() || after.is_some_and(|after| after.is_lowercase()))
            });
        if starts_word {
            kebab.push('-');
        }
        match letter {
            '_' => kebab.push('-'),
            _ => kebab.extend(letter.to_lowercase()),
        }
    }
    kebab
}

/// Returns a field's name as a type would have it: `new_name` is `NewName`.
pub(crate) fn pascal(name: &str) -> String {
    camel(&format!("_{name}"))
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        camel.push_str(letters.as_str());
    }
    camel
}

/// Returns what is wrong with the name of a long option, if anything is.
pub(crate) fn fault_of_long(name: &str) -> Option<String> {
    if name.is_empty() {
        Some("an option name cannot be empty".into())
    } else if name.starts_with('-') {
        Some(format!("write the name without dashes: `{}`", name.trim_start_matches('-')))
    } else if name.contains('\0') {
        Some("an option name cannot contain NUL".into())
    } else if name.contains(char::is_whitespace) {
        Some("an option name cannot contain whitespace".into())
    } else if name.contains('=') {
        Some("an option name cannot contain `=`; use `style = \"equals\"` for `--name=value`".into())
    } else {
        None
    }
}

/// Returns what is wrong with the name of a short option, if anything is.
pub(crate) fn fault_of_short(name: char) -> Option<String> {
    let refused = matches!(name, '-' | '=' | '\0') || name.is_whitespace() || name.is_control();
    refused.then(|| format!("`{}` cannot be a short option", name.escape_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::Span;

    fn ident(name: &str) -> Ident {
        match name.strip_prefix("r#") {
            Some(raw) => Ident::new_raw(raw, Span::call_site()),
            None => Ident::new(name, Span::call_site()),
        }
    }

    #[test]
    fn a_field_name_is_written_in_the_case_asked_for() {
        assert_eq!(Case::Kebab.field(&ident("dry_run")), "dry-run");
        assert_eq!(Case::Kebab.field(&ident("r#type")), "type");
        assert_eq!(Case::Kebab.field(&ident("move_")), "move");
        assert_eq!(Case::Kebab.field(&ident("größe")), "größe");
        assert_eq!(Case::Camel.field(&ident("dry_run")), "dryRun");
        assert_eq!(Case::Lower.field(&ident("dry_run")), "dryrun");
        assert_eq!(Case::Verbatim.field(&ident("dry_run")), "dry_run");
    }

    #[test]
    fn a_variant_name_is_cut_where_a_word_begins() {
        for (name, kebab_name) in [
            ("AutoDetect", "auto-detect"),
            ("HTTPServer", "http-server"),
            ("Utf8", "utf8"),
            ("SetURL", "set-url"),
            ("List", "list"),
        ] {
            assert_eq!(kebab(&ident(name)), kebab_name);
        }
    }
}
