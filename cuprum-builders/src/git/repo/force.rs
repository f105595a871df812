//! The configuration that wins over that of an untrusted repository.

use cuprum::Program as _;

use crate::git::Git;

/// Returns the id of the tree without files, where git looks for attributes; since git 2.41.
pub(super) fn empty_tree(sha256: bool) -> &'static str {
    match sha256 {
        true => "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
        false => "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    }
}

/// What is set besides what every command of git is given.
const MORE: &[(&str, &str)] = &[
    ("core.askPass", ""),
    ("core.attributesFile", "/dev/null"),
    ("core.editor", "false"),
    ("core.excludesFile", "/dev/null"),
    ("core.pager", "cat"),
    ("core.sshCommand", "ssh -oBatchMode=yes"),
    ("credential.helper", ""),
    ("diff.external", ""),
    ("gpg.program", "false"),
    ("gpg.ssh.program", "false"),
    ("gpg.x509.program", "false"),
    ("http.followRedirects", "false"),
    ("interactive.diffFilter", ""),
    ("safe.bareRepository", "explicit"),
    ("uploadpack.packObjectsHook", ""),
];

/// Returns the variables by which git is told all of it, in place of those of the program.
///
/// They are counted anew, so that a command that leaves one out, to run hooks, does not here.
pub(super) fn configuration() -> Vec<(String, String)> {
    let given = Git::SPEC.set_env();
    let value_of = |name: String| given.iter().find(|(own, _)| **own == name).map(|(_, value)| *value);
    let own = (0..).map_while(|n| {
        value_of(format!("GIT_CONFIG_KEY_{n}")).zip(value_of(format!("GIT_CONFIG_VALUE_{n}")))
    });
    let all: Vec<(&str, &str)> = own.chain(MORE.iter().copied()).collect();
    let mut variables = vec![("GIT_CONFIG_COUNT".to_owned(), all.len().to_string())];
    for (n, (key, value)) in all.into_iter().enumerate() {
        variables.push((format!("GIT_CONFIG_KEY_{n}"), key.to_owned()));
        variables.push((format!("GIT_CONFIG_VALUE_{n}"), value.to_owned()));
    }
    variables
}

#[cfg(test)]
mod tests {
    use super::{MORE, configuration};

    #[test]
    fn what_every_command_is_given_is_among_it() {
        let variables = configuration();
        let count: usize = variables[0].1.parse().unwrap();
        assert_eq!(variables.len(), 1 + 2 * count);
        assert!(count > MORE.len() + 8);
        assert!(variables.iter().any(|(_, value)| value == "core.hooksPath"));
    }
}
