//! The layers of the core: which folder may import which.

use super::Breach;
use super::imports::imports;
use super::tree::Tree;

/// A folder of the core, or `error`, and the modules that it may import.
struct Layer {
    name: &'static str,
    level: &'static str,
    may: &'static [&'static str],
}

/// The layers, from the ground up; the leaves last.
const LAYERS: &[Layer] = &[
    Layer { name: "outcome", level: "0", may: &[] },
    Layer { name: "spec", level: "1", may: &["outcome"] },
    Layer { name: "stream", level: "1", may: &["outcome"] },
    Layer { name: "event", level: "2", may: &["spec", "stream", "outcome"] },
    Layer { name: "error", level: "2", may: &["spec", "outcome"] },
    Layer { name: "backend", level: "3", may: &["spec", "outcome", "error"] },
    Layer { name: "policy", level: "3", may: &["spec", "event", "error"] },
    Layer { name: "context", level: "4", may: &["spec", "outcome", "event", "error", "backend", "policy"] },
    Layer { name: "plan", level: "5", may: &["spec", "error", "backend", "policy", "context"] },
    Layer {
        name: "run",
        level: "6",
        may: &["outcome", "spec", "stream", "event", "error", "backend", "policy", "context", "plan"],
    },
    Layer { name: "observe", level: "leaf", may: &["spec", "stream", "outcome", "event"] },
    Layer { name: "interpret", level: "leaf", may: &["spec", "outcome", "event"] },
    Layer { name: "syntax", level: "leaf", may: &["spec", "error"] },
    Layer { name: "lab", level: "leaf", may: &["spec", "outcome", "event", "error", "backend", "context"] },
];

const CORE: &str = "cuprum-core/src/";

/// Files that may lie beside the folders. The first and the last stand above all layers.
const ROOT_FILES: &[&str] = &["lib.rs", "error.rs", "prelude.rs"];

/// Finds imports that do not point down.
pub(super) fn upward_imports(tree: &Tree) -> Vec<Breach> {
    let found: Vec<_> = sources(tree)
        .map(|(path, inside, text)| (path, inside, imports(text, "cuprum", &module(inside))))
        .collect();
    let tests: Vec<String> = found
        .iter()
        .flat_map(|(_, inside, found)| {
            let home = module(inside).join("/");
            let slash = if home.is_empty() { "" } else { "/" };
            found.test_files.iter().map(move |name| format!("{home}{slash}{name}"))
        })
        .collect();
    let mut breaches = Vec::new();
    for (path, inside, found) in found {
        let Some(layer) = layer_of(inside).filter(|_| !in_tests(inside, &tests)) else { continue };
        for import in found.imports {
            if import.name != layer.name && !layer.may.contains(&import.name.as_str()) {
                breaches.push(Breach::at(path, import.line, layer.refuse(&import.name)));
            }
        }
    }
    breaches
}

/// Finds folders and files of the core that the table does not know.
pub(super) fn folders(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (path, inside, _) in sources(tree) {
        let why = match inside.split_once('/') {
            Some((folder, _)) if layer(folder).is_none() => {
                format!(
                    "`{folder}` is in no layer: the code belongs to a folder of the table, or the table changes"
                )
            }
            None if !ROOT_FILES.contains(&inside) => {
                format!("only {} lie beside the folders", ROOT_FILES.join(", "))
            }
            _ => continue,
        };
        breaches.push(Breach::new(path, why));
    }
    breaches
}

/// Returns the core's source files: path, path inside `src`, text.
fn sources(tree: &Tree) -> impl Iterator<Item = (&str, &str, &str)> {
    tree.texts()
        .filter(|(path, _)| path.ends_with(".rs"))
        .filter_map(|(path, text)| Some((path, path.strip_prefix(CORE)?, text)))
}

fn layer(name: &str) -> Option<&'static Layer> {
    LAYERS.iter().find(|layer| layer.name == name)
}

/// Returns the layer of a file; the files above all layers have none, unknown folders neither.
fn layer_of(inside: &str) -> Option<&'static Layer> {
    layer(inside.split('/').next().map_or(inside, |first| first.strip_suffix(".rs").unwrap_or(first)))
}

/// Returns the module that a file is: `spec/argv.rs` is `spec::argv`, `spec/mod.rs` is `spec`.
fn module(inside: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = inside.strip_suffix(".rs").unwrap_or(inside).split('/').collect();
    if matches!(parts.last(), Some(&("mod" | "lib"))) {
        parts.pop();
    }
    parts
}

/// Tells whether a file is, or lies under, one of the modules that are compiled for tests only.
fn in_tests(inside: &str, tests: &[String]) -> bool {
    let module = module(inside).join("/");
    tests
        .iter()
        .any(|test| module.strip_prefix(test).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

impl Layer {
    fn refuse(&self, name: &str) -> String {
        let Self { name: own, level, may } = self;
        let may = if may.is_empty() { "nothing".to_owned() } else { may.join(", ") };
        let law = format!("`{own}` (level {level}) may import: {may}");
        match (layer(name), name) {
            (Some(_), _) => format!("imports `{name}`, but {law}"),
            (None, "*" | "self" | "crate") => {
                format!("takes the crate's root as a whole, which hides the layer; {law}")
            }
            (None, _) => format!("imports `{name}` from the crate's root; name the module it is from; {law}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::{LAYERS, folders, upward_imports};

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        let paths: Vec<String> = files.iter().map(|(path, _)| format!("cuprum-core/src/{path}")).collect();
        let files: Vec<(&str, &str)> =
            paths.iter().zip(files).map(|(path, (_, text))| (path.as_str(), *text)).collect();
        let tree = Tree::of(&files);
        let found: Vec<String> = upward_imports(&tree)
            .into_iter()
            .chain(folders(&tree))
            .map(|breach| format!("{}: {}", breach.place.replace("cuprum-core/src/", ""), breach.why))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn imports_downwards_are_kept() {
        check(
            &[
                ("lib.rs", "use crate::lab; use crate::run;"),
                ("prelude.rs", "pub use crate::spec::Command;"),
                ("error.rs", "use crate::spec::Argv;"),
                ("outcome/mod.rs", "mod status; use self::status::ExitStatus;"),
                ("spec/argv.rs", "use super::value; use crate::outcome::Outcome; use crate::spec::Tier;"),
                ("run/mod.rs", "use crate::{plan::Plan, stream, error::Error};"),
            ],
            &[],
        );
    }

    #[test]
    fn an_import_upwards_is_a_breach() {
        check(
            &[("spec/argv.rs", "\nuse crate::plan::Plan;")],
            &["spec/argv.rs:2: imports `plan`, but `spec` (level 1) may import: outcome"],
        );
        check(
            &[("outcome/mod.rs", "use super::spec::Tier;")],
            &["outcome/mod.rs:1: imports `spec`, but `outcome` (level 0) may import: nothing"],
        );
        check(
            &[("error.rs", "use crate::run::Run;")],
            &["error.rs:1: imports `run`, but `error` (level 2) may import: spec, outcome"],
        );
    }

    #[test]
    fn an_import_sideways_is_a_breach() {
        check(
            &[("stream/mod.rs", "use crate::spec::Argv;")],
            &["stream/mod.rs:1: imports `spec`, but `stream` (level 1) may import: outcome"],
        );
        check(
            &[("observe/log.rs", "use crate::{event::Event, lab::Lab};")],
            &[
                "observe/log.rs:1: imports `lab`, but `observe` (level leaf) may import: spec, stream, outcome, event",
            ],
        );
    }

    #[test]
    fn a_name_from_the_root_is_a_breach() {
        check(
            &[("plan/mod.rs", "use crate::Error;")],
            &["plan/mod.rs:1: imports `Error` from the crate's root; name the module it is from; \
               `plan` (level 5) may import: spec, error, backend, policy, context"],
        );
        check(
            &[("syntax/mod.rs", "use crate::*;")],
            &["syntax/mod.rs:1: takes the crate's root as a whole, which hides the layer; \
               `syntax` (level leaf) may import: spec, error"],
        );
    }

    #[test]
    fn code_for_tests_may_import_anything() {
        check(
            &[
                ("spec/mod.rs", "#[cfg(test)]\nmod tests;\nmod testsuite;"),
                ("spec/tests.rs", "use crate::lab::Lab;"),
                ("spec/tests/more.rs", "use crate::lab::Lab;"),
                ("spec/testsuite.rs", "use crate::outcome::Outcome;"),
                ("spec/argv.rs", "#[cfg(test)] mod tests { use crate::lab::Lab; }"),
            ],
            &[],
        );
        check(
            &[("spec/mod.rs", "#[cfg(test)] mod t;"), ("spec/tt.rs", "use crate::lab::Lab;")],
            &["spec/tt.rs:1: imports `lab`, but `spec` (level 1) may import: outcome"],
        );
    }

    #[test]
    fn an_unknown_folder_or_file_is_a_breach() {
        check(
            &[("util/mod.rs", "")],
            &[
                "util/mod.rs: `util` is in no layer: the code belongs to a folder of the table, or the table changes",
            ],
        );
        check(&[("misc.rs", "")], &["misc.rs: only lib.rs, error.rs, prelude.rs lie beside the folders"]);
    }

    #[test]
    fn the_table_itself_points_down_only() {
        for (at, layer) in LAYERS.iter().enumerate() {
            for name in layer.may {
                let below = LAYERS.iter().position(|other| other.name == *name).unwrap();
                assert!(below < at && LAYERS[below].level < layer.level, "{} imports {name}", layer.name);
            }
        }
    }
}
