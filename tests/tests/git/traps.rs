//! Traps that an environment or a repository sets, from `tests/cases/traps.jsonl`: plain git falls into them.
//!
//! A row has variables (`env`), files, attributes and configuration, and the words by which plain git leaves
//! the canary, to show that the trap works. Commands of the builders run in the environments of many rows at
//! once, by a program of their own. `audit` marks what only an audit protects from: the owner of a repository
//! can configure it. `{evil}` is the file or directory `evil` of a row.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use cuprum_builders::git::Repo;
use cuprum_builders::prelude::*;

use crate::attacks::Trap;

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    #[serde(default)]
    env: BTreeMap<String, String>,
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    config: Vec<(String, String)>,
    #[serde(default)]
    attributes: String,
    #[serde(default)]
    plain: Vec<String>,
    #[serde(default)]
    canary: String,
    #[serde(default)]
    audit: bool,
    #[serde(default = "yes")]
    commit: bool,
}

fn yes() -> bool {
    true
}

impl Row {
    /// What only one row at a time can set.
    fn places(&self) -> BTreeSet<String> {
        let files = self.files.keys().filter(|name| !name.starts_with("evil")).map(|name| format!("/{name}"));
        let keys = self.config.iter().map(|(key, _)| key.to_lowercase());
        let attributes = self.attributes.lines().map(str::to_owned);
        files.chain(keys).chain(attributes).chain(self.env.keys().cloned()).collect()
    }
}

/// Some rows, set up.
struct Scene {
    trap: Trap,
    canaries: Vec<(String, PathBuf)>,
    env: Vec<(String, String)>,
}

impl Scene {
    fn new(rows: &[&Row]) -> Self {
        let trap = Trap::new();
        let dir = trap.scratch.dir.path().to_owned();
        let path = std::env::var("PATH").unwrap();
        let (mut canaries, mut env, mut attributes) = (Vec::new(), Vec::new(), String::new());
        for (number, row) in rows.iter().enumerate() {
            let place = |name: &str| match name.strip_prefix("evil") {
                Some(rest) => dir.join(format!("evil-{number}{rest}")),
                None => dir.join(name),
            };
            let canary = match row.canary.as_str() {
                "" => dir.join(format!("canary-{number}")),
                name => place(name),
            };
            let fill = |text: &str| {
                text.replace("{canary}", canary.to_str().unwrap())
                    .replace("{evil}", place("evil").to_str().unwrap())
                    .replace("{dir}", dir.to_str().unwrap())
                    .replace("{path}", &path)
            };
            attributes += &row.attributes;
            row.files.iter().for_each(|(name, content)| write(&place(name), &fill(content)));
            row.config.iter().for_each(|(key, value)| trap.set(&fill(key), &fill(value)));
            env.extend(row.env.iter().map(|(name, value)| (name.clone(), fill(value))));
            canaries.push((row.name.clone(), canary));
        }
        if !attributes.is_empty() {
            trap.scratch.write(".gitattributes", &attributes);
        }
        Self { trap, canaries, env }
    }

    /// Returns the rows whose canary is there.
    fn sprung(&self) -> Vec<String> {
        self.canaries.iter().filter(|(_, canary)| canary.exists()).map(|(name, _)| name.clone()).collect()
    }

    #[expect(clippy::disallowed_methods, reason = "the attacked program is started as any other is")]
    fn start(&self, program: &str, words: &[&str]) -> ExitStatus {
        let mut command = Command::new(program);
        command.args(words).current_dir(self.trap.scratch.path("."));
        command.env("HOME", self.trap.scratch.dir.path());
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "A").env(format!("GIT_{who}_EMAIL"), "a@example.org");
        }
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command.stdin(std::process::Stdio::null()).output().unwrap().status
    }
}

fn write(path: &Path, content: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
    if content.starts_with("#!") {
        std::fs::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
    }
}

#[test]
fn plain_git_falls_into_the_traps_and_the_audit_sees_those_of_a_repository() {
    let mut wrong = Vec::new();
    let git = cuprum::unchecked::command("git").plan().unwrap().launch().program.clone();
    for row in rows() {
        let scene = Scene::new(&[&row]);
        let repo = Repo::untrusted(scene.trap.scratch.path(""));
        if repo.is_err() != (row.audit || !row.config.is_empty()) {
            wrong.push(format!("{}: {repo:?}", row.name));
        }
        let words: Vec<&str> = row.plain.iter().map(String::as_str).collect();
        if !words.is_empty() {
            scene.start(git.to_str().unwrap(), &words);
            if scene.sprung().is_empty() {
                wrong.push(format!("{}: git does not fall into the trap", row.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_builders_fall_into_none() {
    const ATTACKED: &str = env!("CARGO_BIN_EXE_attacked");
    let rows = rows();
    let run = |rows: &[&Row], words: &[&str]| {
        let scene = Scene::new(rows);
        assert!(scene.start(ATTACKED, words).success(), "a command did not run: {:?}", scene.canaries);
        assert_eq!(scene.sprung(), [""; 0]);
    };
    for group in apart(rows.iter().filter(|row| !row.audit && row.commit)) {
        run(&group, &["git", "commit"]);
    }
    // Hooks run on a commit.
    for group in apart(rows.iter().filter(|row| !row.audit && !row.commit)) {
        run(&group, &["git"]);
    }
    for group in apart(rows.iter().filter(|row| !row.audit && row.config.is_empty())) {
        run(&group, &["untrusted", "commit"]);
    }
}

fn rows() -> Vec<Row> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/traps.jsonl");
    let text = std::fs::read_to_string(file).unwrap();
    let rows: Vec<Row> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(rows.len() > 60, "only {} rows", rows.len());
    rows
}

/// Puts rows together that do not set the same.
fn apart<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<Vec<&'a Row>> {
    let mut groups: Vec<(BTreeSet<String>, Vec<&Row>)> = Vec::new();
    for row in rows {
        let places = row.places();
        match groups.iter_mut().find(|(taken, _)| taken.is_disjoint(&places)) {
            Some((taken, group)) => {
                taken.extend(places);
                group.push(row);
            }
            None => groups.push((places, vec![row])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
