//! Which script answers a command, and which one was near when none does.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::sync::Arc;

#[cfg(feature = "cassette")]
use super::cassette::Mask;
use super::script::Script;
use crate::backend::Launch;
use crate::spec::{Command, CommandSpec, Program, ProgramSpec};

/// A script and the commands that it answers.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) about: About,
    pub(super) answer: Answer,
    /// Where it was added or recorded.
    pub(super) place: String,
    /// How many of its answers must be asked for.
    pub(super) must: usize,
}

/// The commands that an entry answers.
pub(super) enum About {
    Type {
        spec: &'static CommandSpec,
        program: &'static str,
        name: &'static str,
    },
    Program(&'static ProgramSpec),
    Words(Vec<OsString>),
    /// The same, as a cassette has them, with secrets as `***`.
    #[cfg(feature = "cassette")]
    Recorded(Vec<OsString>),
    When(Box<dyn Fn(&Launch) -> bool + Send + Sync>),
    /// Whatever the answer knows an answer to.
    Any,
}

/// Finds the script for a command, if there is one.
type By = dyn Fn(&Launch) -> Option<Script> + Send + Sync;

#[derive(Clone)]
pub(super) enum Answer {
    Always(Script),
    /// One for each command, in order; then none.
    Each(Vec<Script>),
    By(Arc<By>),
}

impl Entry {
    /// Returns the script for a launch, if this entry has one, and how many starts it has refused or
    /// answered before; `answered` is how often the entry has answered.
    pub(super) fn script(&self, launch: &Launch, answered: usize) -> Option<(Script, usize)> {
        if !self.about.matches(launch) {
            return None;
        }
        match &self.answer {
            Answer::Always(script) => Some((script.clone(), answered)),
            // Each of them is for one start.
            Answer::Each(scripts) => Some((scripts.get(answered)?.clone(), 0)),
            Answer::By(answer) => Some((answer(launch)?, answered)),
        }
    }
}

impl About {
    pub(super) fn of<C: Command>() -> Self {
        let program = <C::Program as Program>::SPEC.name();
        Self::Type { spec: C::SPEC, program, name: std::any::type_name::<C>() }
    }

    pub(super) fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Words(words.into_iter().map(OsString::from).collect())
    }

    fn matches(&self, launch: &Launch) -> bool {
        match self {
            Self::Type { spec, .. } => launch.command == Some(*spec),
            Self::Program(program) => {
                launch.program.file_name() == Some(OsStr::new(program.name()))
                    || launch.program.to_str() == program.path()
            }
            Self::Words(words) => words.iter().eq(argv(launch)),
            #[cfg(feature = "cassette")]
            Self::Recorded(words) => *words == Mask::new(launch, &[]).argv(launch),
            Self::When(matches) => matches(launch),
            Self::Any => true,
        }
    }
}

/// Returns the name of a launch's file and its words.
pub(super) fn argv(launch: &Launch) -> impl Iterator<Item = &OsStr> {
    let name = launch.program.file_name().unwrap_or(launch.program.as_os_str());
    std::iter::once(name).chain(launch.args.iter().map(|word| word.as_os_str()))
}

/// Returns the command line of a launch as text in which secrets do not show.
pub(super) fn shown(launch: &Launch) -> String {
    let name = launch.program.file_name().unwrap_or(launch.program.as_os_str());
    launch.shown_args().fold(quote(name), |line, word| line + " " + &quote(&word))
}

pub(super) use crate::spec::quote;

/// Says which of the scripts comes nearest to a launch, and what is different.
pub(super) fn nearest(entries: &[Arc<Entry>], launch: &Launch) -> String {
    let Some(nearest) = entries.iter().min_by_key(|entry| entry.about.distance(launch)) else {
        return "the lab has no scripts".to_owned();
    };
    let Entry { about, place, answer, .. } = &**nearest;
    let why = match (answer, about.words()) {
        (Answer::Each(scripts), _) if about.matches(launch) => {
            format!(", whose {} answers are used up", scripts.len())
        }
        (_, Some(words)) => difference(words, launch),
        _ => String::new(),
    };
    let which = match entries.len() {
        1 => "the only script".to_owned(),
        count => format!("the nearest of {count} scripts"),
    };
    format!("{which} is for {about} ({place}){why}")
}

/// Says at which word a command differs from these words. A secret of the command does not show.
fn difference(words: &[OsString], launch: &Launch) -> String {
    let at = same_words(words, launch);
    let shown = |word: Option<&OsStr>| word.map_or("nothing".to_owned(), |word| format!("`{}`", quote(word)));
    let there = shown(words.get(at).map(OsString::as_os_str));
    let here = match at.checked_sub(1) {
        None => shown(argv(launch).next()),
        Some(at) => shown(launch.shown_args().nth(at).as_deref()),
    };
    format!(", and differs at word {at}: it has {there}, the command has {here}")
}

/// Returns how many words are the same from the first one on, as they are or as they are shown.
fn same_words(words: &[OsString], launch: &Launch) -> usize {
    let name = launch.program.file_name().unwrap_or(launch.program.as_os_str());
    let shown = std::iter::once(Cow::Borrowed(name)).chain(launch.shown_args());
    let asked = argv(launch).zip(shown);
    words.iter().zip(asked).take_while(|(word, (plain, shown))| word == plain || **word == **shown).count()
}

impl About {
    /// Returns how far a launch is from what is answered; far more where the program is another one.
    fn distance(&self, launch: &Launch) -> usize {
        const OTHER_PROGRAM: usize = 1000;
        let name = argv(launch).next().unwrap_or_default();
        let other = |program: &str| if name == program { 0 } else { OTHER_PROGRAM };
        match self {
            Self::Type { program, .. } => 2 + other(program),
            Self::Program(program) => 5 + other(program.name()),
            Self::When(_) | Self::Any => OTHER_PROGRAM / 2,
            about => {
                let words = about.words().unwrap_or_default();
                let length = words.len().max(launch.args.len() + 1);
                let first = words.first().and_then(|first| first.to_str());
                length - same_words(words, launch) + first.map_or(OTHER_PROGRAM, other)
            }
        }
    }

    /// Returns the words of the one command that is answered, if it is one.
    pub(super) fn words(&self) -> Option<&[OsString]> {
        match self {
            Self::Words(words) => Some(words),
            #[cfg(feature = "cassette")]
            Self::Recorded(words) => Some(words),
            _ => None,
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { name, .. } => write!(f, "the type `{name}`"),
            Self::Program(program) => write!(f, "the program `{}`", program.name()),
            Self::When(_) => f.write_str("what a closure accepts"),
            Self::Any => f.write_str("what a closure answers"),
            about => {
                let words = about.words().unwrap_or_default();
                let words: Vec<String> = words.iter().map(|word| quote(word)).collect();
                write!(f, "`{}`", words.join(" "))
            }
        }
    }
}

impl fmt::Debug for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always(script) => script.fmt(f),
            Self::Each(scripts) => scripts.fmt(f),
            Self::By(_) => f.write_str("a closure"),
        }
    }
}
