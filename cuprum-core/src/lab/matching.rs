//! Which script answers a command, and which one was near when none does.

use std::ffi::OsStr;
use std::fmt;
use std::panic::Location;
use std::sync::Arc;

use super::script::Script;
use crate::backend::Launch;
use crate::spec::{Command, CommandSpec, Program, ProgramSpec};

/// A script and the commands that it answers.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) about: About,
    pub(super) answer: Answer,
    pub(super) place: &'static Location<'static>,
}

/// The commands that an entry answers.
pub(super) enum About {
    Type {
        spec: &'static CommandSpec,
        program: &'static str,
        name: &'static str,
    },
    Program(&'static ProgramSpec),
    Words(Vec<String>),
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
    /// Returns the script for a launch, if this entry has one; `answered` is how often it has answered.
    pub(super) fn script(&self, launch: &Launch, answered: usize) -> Option<Script> {
        if !self.about.matches(launch) {
            return None;
        }
        match &self.answer {
            Answer::Always(script) => Some(script.clone()),
            Answer::Each(scripts) => scripts.get(answered).cloned(),
            Answer::By(answer) => answer(launch),
        }
    }
}

impl About {
    pub(super) fn of<C: Command>() -> Self {
        let program = <C::Program as Program>::SPEC.name();
        Self::Type { spec: C::SPEC, program, name: std::any::type_name::<C>() }
    }

    fn matches(&self, launch: &Launch) -> bool {
        match self {
            Self::Type { spec, .. } => launch.command == Some(*spec),
            Self::Program(program) => {
                launch.program.file_name() == Some(OsStr::new(program.name()))
                    || launch.program.to_str() == program.path()
            }
            Self::Words(words) => words.iter().map(OsStr::new).eq(argv(launch)),
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
    let Entry { about, place, answer } = &**nearest;
    let (file, line) = (place.file(), place.line());
    let why = match (answer, about) {
        (Answer::Each(scripts), about) if about.matches(launch) => {
            format!(", whose {} answers are used up", scripts.len())
        }
        (_, About::Words(words)) => {
            match words.iter().map(OsStr::new).zip(argv(launch)).position(|(a, b)| a != b) {
                Some(at) => format!(", different from word {at} on"),
                None => format!(", which has {} words", words.len()),
            }
        }
        _ => String::new(),
    };
    format!("the nearest of {} scripts is for {about} ({file}:{line}){why}", entries.len())
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
            Self::Words(words) => {
                let same = words.iter().map(OsStr::new).zip(argv(launch)).take_while(|(a, b)| a == b).count();
                let length = words.len().max(launch.args.len() + 1);
                length - same + words.first().map_or(OTHER_PROGRAM, |first| other(first))
            }
            Self::When(_) | Self::Any => OTHER_PROGRAM / 2,
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { name, .. } => write!(f, "the type `{name}`"),
            Self::Program(program) => write!(f, "the program `{}`", program.name()),
            Self::Words(words) => {
                let words: Vec<String> = words.iter().map(|word| quote(OsStr::new(word))).collect();
                write!(f, "`{}`", words.join(" "))
            }
            Self::When(_) => f.write_str("what a closure accepts"),
            Self::Any => f.write_str("what a closure answers"),
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
