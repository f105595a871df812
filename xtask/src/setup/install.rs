//! Installs packages with the system's package manager, or says what to type.

use crate::Failure;
use crate::tools::{Tool, find};

/// A package manager: its program, what to run before, and how it installs without a question.
struct Manager {
    program: &'static str,
    refresh: Option<&'static [&'static str]>,
    install: &'static [&'static str],
}

const MANAGERS: &[Manager] = &[
    Manager {
        program: "apt-get",
        refresh: Some(&["update"]),
        install: &["install", "--yes", "--no-install-recommends"],
    },
    Manager { program: "dnf", refresh: None, install: &["install", "--assumeyes"] },
    Manager { program: "apk", refresh: None, install: &["add", "--no-cache"] },
    Manager { program: "pacman", refresh: None, install: &["-Sy", "--needed", "--noconfirm"] },
    Manager { program: "zypper", refresh: None, install: &["--non-interactive", "install"] },
];

/// What this user may do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Right {
    Root,
    /// `sudo` works without a password.
    Sudo,
    None,
}

/// Installs the packages if that is allowed without a question, else fails with the lines to type.
pub(super) fn install(packages: &[&str]) -> Result<(), Failure> {
    let Some(manager) = MANAGERS.iter().find(|manager| find(manager.program).is_some()) else {
        let why =
            format!("no package manager is known here: install {} and put it on PATH", packages.join(", "));
        return Err(Failure::Failed(why));
    };
    let right = right()?;
    let commands = manager.commands(right, packages);
    if right == Right::None {
        let lines: Vec<String> = commands.iter().map(|words| format!("    {}", words.join(" "))).collect();
        return Err(Failure::Failed(format!("installing needs rights; type:\n\n{}\n", lines.join("\n"))));
    }
    for words in commands {
        println!("\n==> {}", words.join(" "));
        let Some((program, args)) = words.split_first() else { continue };
        if !Tool::new(program).args(args).env("DEBIAN_FRONTEND", "noninteractive").run()? {
            return Err(Failure::Failed(format!("`{}` failed", words.join(" "))));
        }
    }
    Ok(())
}

fn right() -> Result<Right, Failure> {
    if Tool::new("id").args(["-u"]).stdout()?.output.trim() == "0" {
        return Ok(Right::Root);
    }
    let sudo = find("sudo").map(|sudo| Tool::new(sudo).args(["-n", "true"]).captured());
    match sudo {
        Some(Ok(said)) if said.success => Ok(Right::Sudo),
        _ => Ok(Right::None),
    }
}

impl Manager {
    /// Returns the command lines, as they are run or typed.
    fn commands<'a>(&self, right: Right, packages: &[&'a str]) -> Vec<Vec<&'a str>> {
        let prefix: &[&str] = match right {
            Right::Root => &[],
            Right::Sudo => &["sudo", "-n"],
            Right::None => &["sudo"],
        };
        let line = |words: &[&'static str]| [prefix, &[self.program], words].concat();
        let mut install: Vec<&'a str> = line(self.install);
        install.extend(packages);
        self.refresh.map(line).into_iter().chain([install]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{MANAGERS, Right};

    #[track_caller]
    fn check(program: &str, right: Right, expected: &[&str]) {
        let manager = MANAGERS.iter().find(|manager| manager.program == program).unwrap();
        let lines: Vec<String> =
            manager.commands(right, &["git", "rsync"]).iter().map(|words| words.join(" ")).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn root_installs_directly() {
        check(
            "apt-get",
            Right::Root,
            &["apt-get update", "apt-get install --yes --no-install-recommends git rsync"],
        );
        check("apk", Right::Root, &["apk add --no-cache git rsync"]);
    }

    #[test]
    fn a_user_with_sudo_is_never_asked() {
        check("dnf", Right::Sudo, &["sudo -n dnf install --assumeyes git rsync"]);
    }

    #[test]
    fn a_user_without_rights_gets_lines_to_type() {
        check("pacman", Right::None, &["sudo pacman -Sy --needed --noconfirm git rsync"]);
        check("zypper", Right::None, &["sudo zypper --non-interactive install git rsync"]);
    }
}
