//! Finds which modules at the root of the crate a source file names.
//!
//! Every path that begins with `crate`, `super`, `self` or the crate's own name is followed, in `use` and
//! elsewhere, also within groups. Code for tests is left out: `#[cfg(test)] mod` and `#[cfg(test)] use`.

use super::tokens::{Token, tokens};

/// A path that reaches the root of the crate: the name it takes from there, and where that stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Import {
    pub(super) name: String,
    pub(super) line: usize,
}

/// What a source file says about modules.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) imports: Vec<Import>,
    /// Modules of tests that lie in files of their own.
    pub(super) test_files: Vec<String>,
}

/// Reads a source file that is the module `home` of the crate `own`.
pub(super) fn imports(source: &str, own: &str, home: &[&str]) -> Found {
    let home = home.iter().map(|&name| name.to_owned()).collect();
    let tokens = tokens(source);
    let mut reader =
        Reader { tokens: &tokens, own, home, inline: Vec::new(), depth: 0, found: Found::default() };
    reader.read();
    reader.found
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    own: &'a str,
    /// The module that the current place is in.
    home: Vec<String>,
    /// The depth of braces at which each inline module began.
    inline: Vec<usize>,
    depth: usize,
    found: Found,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            at = match token.text {
                "#" => self.attribute(at),
                "mod" if self.text(at + 2) == "{" => self.enter(at),
                "{" => self.open(at),
                "}" => self.close(at),
                "crate" if self.text(at + 1) == "as" => self.keep("crate", at),
                "crate" | "super" | "self" if self.text(at + 1) == "::" => self.tree(at, &self.home.clone()),
                name if name == self.own && self.text(at + 1) == "::" && self.begins_a_path(at) => {
                    self.tree(at + 2, &[])
                }
                _ => at + 1,
            };
        }
    }

    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    fn begins_a_path(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.text(at));
        // `::cuprum` begins a path, `other::cuprum` does not.
        before(1) != "::" || !before(2).chars().all(|c| c.is_alphanumeric() || c == '_') || before(2) == "use"
    }

    fn open(&mut self, at: usize) -> usize {
        self.depth += 1;
        at + 1
    }

    fn close(&mut self, at: usize) -> usize {
        self.depth = self.depth.saturating_sub(1);
        if self.inline.last() == Some(&self.depth) {
            self.inline.pop();
            self.home.pop();
        }
        at + 1
    }

    /// Enters `mod name {`.
    fn enter(&mut self, at: usize) -> usize {
        self.home.push(self.text(at + 1).to_owned());
        self.inline.push(self.depth);
        self.depth += 1;
        at + 3
    }

    /// Goes past an attribute; past `#[cfg(test)]`, goes past the module or the import behind it, too.
    fn attribute(&mut self, at: usize) -> usize {
        let words = ["#", "[", "cfg", "(", "test", ")", "]"];
        if !words.iter().enumerate().all(|(i, &word)| self.text(at + i) == word) {
            return at + 1;
        }
        let mut item = at + words.len();
        while self.text(item) == "#" {
            item = self.after_brackets(item + 1);
        }
        if self.text(item) == "pub" {
            item += 1;
            if self.text(item) == "(" {
                item = self.after_brackets(item);
            }
        }
        match (self.text(item), self.text(item + 2)) {
            ("mod", ";") => {
                let name = self.text(item + 1).to_owned();
                self.found.test_files.push(name);
                item + 3
            }
            ("mod", "{") => self.after_brackets(item + 2),
            ("use", _) => (item..self.tokens.len()).find(|&at| self.text(at) == ";").unwrap_or(item),
            _ => item,
        }
    }

    /// Returns the place behind the bracket that closes the one at `at`.
    fn after_brackets(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for (i, token) in self.tokens.iter().enumerate().skip(at) {
            match token.text {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return i + 1;
            }
        }
        self.tokens.len()
    }

    /// Follows a path or a group of paths from the module `base`; returns the place behind it.
    fn tree(&mut self, at: usize, base: &[String]) -> usize {
        match self.text(at) {
            "crate" => self.tree(at + 2, &[]),
            "self" if self.text(at + 1) == "::" => self.tree(at + 2, base),
            "super" if self.text(at + 1) == "::" => {
                let parent = base.split_last().map_or(&[][..], |(_, parent)| parent);
                self.tree(at + 2, parent)
            }
            "{" => self.group(at + 1, base),
            name if base.is_empty() => {
                let name = name.to_owned();
                self.keep(&name, at)
            }
            _ => at + 1,
        }
    }

    /// Follows each path of a group whose brace is open already.
    fn group(&mut self, mut at: usize, base: &[String]) -> usize {
        while !matches!(self.text(at), "}" | "") {
            at = self.tree(at, base);
            while !matches!(self.text(at), "," | "}" | "") {
                at = if self.text(at) == "{" { self.after_brackets(at) } else { at + 1 };
            }
            if self.text(at) == "," {
                at += 1;
            }
        }
        at + 1
    }

    /// Notes a name at the root, unless it is a macro, whose place at the root says nothing.
    fn keep(&mut self, name: &str, at: usize) -> usize {
        let line = self.tokens.get(at).map_or(0, |token| token.line);
        if self.text(at + 1) != "!" {
            self.found.imports.push(Import { name: name.to_owned(), line });
        }
        at + 1
    }
}

#[cfg(test)]
mod tests {
    use super::imports;

    #[track_caller]
    fn check(source: &str, expected: &[(&str, usize)]) {
        let found = imports(source, "cuprum", &["spec", "argv"]);
        let names: Vec<(&str, usize)> =
            found.imports.iter().map(|import| (import.name.as_str(), import.line)).collect();
        assert_eq!(names, expected, "{source}");
    }

    #[test]
    fn simple_paths_are_found() {
        check("use crate::plan::Plan;\n\nuse crate::run;", &[("plan", 1), ("run", 3)]);
        check("fn f() -> crate::plan::Plan { crate::run::go() }", &[("plan", 1), ("run", 1)]);
        check("impl<T: crate::plan::A> From<crate::run::B> for C<'_> {}", &[("plan", 1), ("run", 1)]);
    }

    #[test]
    fn groups_are_opened() {
        check(
            "use crate::{plan::Plan, outcome, run::{A, B as C}, lab::*};",
            &[("plan", 1), ("outcome", 1), ("run", 1), ("lab", 1)],
        );
        check("use crate::{\n    plan::{a::{b}, c},\n    run,\n};", &[("plan", 2), ("run", 3)]);
    }

    #[test]
    fn super_reaches_the_root_by_counting() {
        check("use super::value;", &[]);
        check("use super::super::plan;", &[("plan", 1)]);
        check("use super::{super::plan::Plan, value};", &[("plan", 1)]);
        check("use self::super::super::plan;", &[("plan", 1)]);
        check("mod inner { use super::super::super::plan; use super::super::value; }", &[("plan", 1)]);
        check("mod a { mod b {} } use super::super::plan;", &[("plan", 1)]);
    }

    #[test]
    fn the_whole_root_and_other_names_for_it_are_found() {
        check("use crate::*;", &[("*", 1)]);
        check("use crate as all;", &[("crate", 1)]);
        check("use crate::{self as all};", &[("self", 1)]);
        check("use cuprum::plan; use ::cuprum::run;", &[("plan", 1), ("run", 1)]);
        check("use other::cuprum::plan;", &[]);
        check("macro_rules! m { () => { $crate::plan::go() } }", &[("plan", 1)]);
    }

    #[test]
    fn what_is_no_import_is_left_out() {
        check("/// See [`crate::run`].\n// crate::plan\nconst A: &str = \"crate::lab\";", &[]);
        check("pub(crate) fn f() {} pub(in crate) fn g() {} crate::lit!(A, \"b\");", &[]);
    }

    #[test]
    fn code_for_tests_is_left_out_and_nothing_more() {
        check("#[cfg(test)]\nmod tests { use crate::lab; fn f() { {} } }\nuse crate::run;", &[("run", 3)]);
        check("#[cfg(test)] #[expect(a, reason = \"b\")] pub(crate) mod t { use crate::lab; }", &[]);
        check("#[cfg(test)] use crate::{lab, run};\nuse crate::plan;", &[("plan", 2)]);
        check("#[cfg(test)] fn f() { crate::lab::go() }", &[("lab", 1)]);
        check("#[cfg(not(test))] mod a { use crate::run; }", &[("run", 1)]);
    }

    #[test]
    fn test_modules_in_files_of_their_own_are_named() {
        assert_eq!(imports("#[cfg(test)]\nmod tests;\n", "cuprum", &[]).test_files, ["tests"]);
        assert_eq!(imports("mod tests;\n", "cuprum", &[]).test_files, [""; 0]);
    }
}
