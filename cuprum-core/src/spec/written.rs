//! What a command wrote: its words, its variables, its standard input.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::os::unix::ffi::OsStrExt as _;

use super::safe::Line;
use super::word::Word;
use super::{ArgvError, CommandSpec, Environment, OutputError, Program, SafeCmd, Stages, Stdin, Tier};
use crate::outcome::Outcome;

/// What a command wrote: its words, its variables, its standard input.
#[derive(Default)]
pub(crate) struct Written {
    pub(super) words: Vec<OsString>,
    pub(super) secrets: Secrets,
    pub(super) environment: Environment,
    pub(super) stdin: Option<Stdin>,
    pub(super) tier: Tier,
    pub(super) needs: Vec<Need>,
}

/// An argument that was written and that not every version of the program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) field: &'static str,
    pub(crate) since: &'static str,
}

/// Which parts of a command line are never shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Secrets {
    /// The places of the words, each with the byte at which the secret begins.
    words: Vec<(usize, usize)>,
}

impl Secrets {
    pub(super) fn hide_word(&mut self, place: usize, from: usize) {
        self.words.push((place, from));
    }

    /// Returns the words as they may be shown: a secret is `***`.
    pub(crate) fn shown<'a>(&'a self, words: &'a [OsString]) -> impl Iterator<Item = Cow<'a, OsStr>> {
        words.iter().enumerate().map(|(place, word)| {
            match self.words.iter().find(|(hidden, _)| *hidden == place) {
                Some((_, from)) => {
                    let kept = word.as_bytes().get(..*from).unwrap_or_default();
                    let mut shown = OsStr::from_bytes(kept).to_owned();
                    shown.push("***");
                    Cow::Owned(shown)
                }
                None => Cow::Borrowed(word.as_os_str()),
            }
        })
    }

    /// Returns the hidden parts of the words.
    pub(crate) fn of<'a>(&'a self, words: &'a [OsString]) -> impl Iterator<Item = &'a OsStr> {
        self.words.iter().filter_map(|(place, from)| {
            let word = words.get(*place)?.as_bytes();
            Some(OsStr::from_bytes(word.get(*from..).unwrap_or_default()))
        })
    }
}

impl Written {
    /// Adds a word.
    pub(super) fn push(&mut self, word: Word) {
        if let Some(from) = word.secret_from {
            self.secrets.hide_word(self.words.len(), from);
        }
        self.words.push(word.text);
    }

    pub(super) fn into_words(self) -> Vec<OsString> {
        self.words
    }
}

impl<O, P: Program> SafeCmd<O, P> {
    /// Prepares a command from its facts, what it wrote, and the reader of its output.
    pub(crate) fn from_written(
        spec: &'static CommandSpec,
        written: Result<Written, ArgvError>,
        read: fn(&Outcome) -> Result<O, OutputError>,
    ) -> Self {
        let (words, rest) = match written {
            Ok(mut written) => (Ok(std::mem::take(&mut written.words)), written),
            Err(error) => (Err(error), Written { tier: Tier::Read, ..Written::default() }),
        };
        let mut command = Self::new(spec, words, read);
        let line = &mut command.line;
        line.environment = rest.environment;
        line.secrets = rest.secrets;
        line.needs = rest.needs;
        line.tier = line.tier.max(rest.tier);
        line.stdin = match rest.stdin {
            Some(stdin) => stdin,
            None if spec.inherits_stdin() => Stdin::Inherit,
            None => Stdin::Null,
        };
        command
    }
}

impl Line {
    /// Returns the secrets that it holds itself.
    pub(crate) fn secret_bytes(&self) -> impl Iterator<Item = &[u8]> {
        let words = self.secrets.of(self.args.as_deref().unwrap_or_default());
        let words = words.map(OsStr::as_encoded_bytes);
        words.chain(self.environment.secret_bytes()).chain(self.stdin.secret())
    }
}

impl Stages {
    /// Returns the secrets that the commands hold themselves.
    pub(crate) fn secret_bytes(&self) -> impl Iterator<Item = &[u8]> {
        self.lines.iter().flat_map(Line::secret_bytes)
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let args = self.args.as_deref().map(|words| self.secrets.shown(words).collect::<Vec<_>>());
        f.debug_struct("Line")
            .field("program", &self.program.name())
            .field("args", &args)
            .field("environment", &self.environment)
            .field("dir", &self.dir)
            .field("tier", &self.tier)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "derive")]
#[cfg(test)]
mod tests {
    use crate::spec::{Secret, Stdin, Tier};
    use cuprum::{Command, Program};
    use std::ffi::OsStr;

    #[derive(Program)]
    struct Deploy;

    #[derive(Command)]
    #[command(program = Deploy, subcommand = "push", tier = read, env("LC_ALL" = "C"))]
    struct Push {
        #[arg(secret)]
        token: Secret<String>,
        #[arg(short = 'p', secret)]
        password: Option<Secret<String>>,
        #[arg(env = "DEPLOY_KEY", secret)]
        key: Option<Secret<String>>,
        #[arg(env = "DEPLOY_SITE")]
        site: Option<String>,
        #[arg(stdin)]
        manifest: Vec<u8>,
        #[arg(danger = "net")]
        remote: bool,
        #[arg(danger = "loss")]
        prune: bool,
    }

    #[test]
    fn a_secret_is_given_and_never_shown() {
        let command = Push::new("hunter2").password("hunter2").key("hunter2").prepare();
        let shown = format!("{command:?}");
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("--token=***"), "{shown}");
        let words = command.line.args.unwrap();
        assert_eq!(words, ["push", "--token=hunter2", "-p", "hunter2"]);
    }

    #[test]
    fn variables_and_standard_input_leave_the_words() {
        let line = Push::new("t").site("a b").manifest("m").prepare().line;
        assert_eq!(line.args.unwrap(), ["push", "--token=t"]);
        assert_eq!(line.environment.change_of(OsStr::new("DEPLOY_SITE")), Some(Some(OsStr::new("a b"))));
        assert_eq!(line.environment.change_of(OsStr::new("LC_ALL")), Some(Some(OsStr::new("C"))));
        assert_eq!(line.environment.change_of(OsStr::new("DEPLOY_KEY")), None);
        assert_eq!(line.stdin, Stdin::Bytes(b"m".to_vec()));
    }

    #[test]
    fn a_dangerous_argument_raises_the_tier_only_when_it_is_set() {
        assert_eq!(Push::new("t").prepare().line.tier, Tier::Read);
        assert_eq!(Push::new("t").remote().prepare().line.tier, Tier::Write);
        assert_eq!(Push::new("t").prune().remote().prepare().line.tier, Tier::Destructive);
    }
}
