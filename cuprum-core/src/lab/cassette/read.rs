//! Reads a cassette, and says where it is wrong.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::format::{Line, Run, Text, VERSION};
use super::{Cassette, Moment, Recorded};
use crate::outcome::ExitStatus;

/// Says why a cassette cannot be read or written, and where it is wrong.
#[derive(Debug)]
pub struct CassetteError {
    path: Option<PathBuf>,
    line: Option<usize>,
    why: Why,
}

#[derive(Debug)]
enum Why {
    Io(io::Error),
    Wrong(String),
}

impl CassetteError {
    pub(super) fn io(path: &Path, error: io::Error) -> Self {
        Self { path: Some(path.to_owned()), line: None, why: Why::Io(error) }
    }

    pub(super) fn wrong(line: usize, why: impl Into<String>) -> Self {
        Self { path: None, line: Some(line), why: Why::Wrong(why.into()) }
    }

    pub(super) fn unplayed(path: Option<PathBuf>, why: String) -> Self {
        Self { path, line: None, why: Why::Wrong(why) }
    }

    /// Returns the file, if it was one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns the number of the line that is wrong, counted from 1.
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}

impl fmt::Display for CassetteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}", path.display())?,
            None => f.write_str("the cassette")?,
        }
        self.line.iter().try_for_each(|line| write!(f, ", line {line}"))?;
        match &self.why {
            Why::Io(error) => write!(f, ": {error}"),
            Why::Wrong(why) => write!(f, ": {why}"),
        }
    }
}

impl std::error::Error for CassetteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.why {
            Why::Io(error) => Some(error),
            Why::Wrong(_) => None,
        }
    }
}

impl Cassette {
    /// Reads a cassette from its file.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, is of a newer version, ends in the middle of a run, or is wrong
    /// elsewhere; the error names the line.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, CassetteError> {
        let path = path.as_ref();
        let text = fs::read_to_string(path).map_err(|error| CassetteError::io(path, error))?;
        let cassette =
            Self::parse(&text).map_err(|error| CassetteError { path: Some(path.to_owned()), ..error })?;
        Ok(Self { path: Some(path.to_owned()), ..cassette })
    }

    /// Reads a cassette from its text.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn parse(text: &str) -> Result<Self, CassetteError> {
        let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
        let (at, first) = lines.next().ok_or_else(|| CassetteError::wrong(1, "it is empty"))?;
        version(first).map_err(|why| CassetteError::wrong(at, why))?;
        let mut reader = Reader::default();
        for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let parsed = serde_json::from_str(line).map_err(|error| misread(&error));
            let read = parsed.and_then(|line| reader.line(at, line));
            read.map_err(|why| CassetteError::wrong(at, why))?;
        }
        match reader.open {
            None => Ok(Self { path: None, runs: reader.runs }),
            Some(run) => Err(CassetteError::wrong(
                run.line,
                "the run that begins here has no end: the file was cut off, or its last line is missing",
            )),
        }
    }
}

/// Checks the first line.
fn version(line: &str) -> Result<(), String> {
    // Of a newer version, nothing more than this number can be known.
    let value = serde_json::from_str::<serde_json::Value>(line).unwrap_or_default();
    match value.get("cassette").and_then(serde_json::Value::as_u64) {
        Some(VERSION) => serde_json::from_str::<Line>(line).map(drop).map_err(|error| misread(&error)),
        Some(version) if version > VERSION => {
            Err(format!("version {version} is newer than {VERSION}, the newest that this library reads"))
        }
        _ => Err("it is no cassette: the first line must be `{\"cassette\":1}`".to_owned()),
    }
}

/// Returns what is wrong with a line of JSON, which is the only line that the reader of JSON knows.
fn misread(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.strip_suffix(&format!(" at line {} column {}", error.line(), error.column())) {
        Some(text) => format!("{text} (column {})", error.column()),
        None => text,
    }
}

#[derive(Default)]
struct Reader {
    runs: Vec<Recorded>,
    open: Option<Recorded>,
}

impl Reader {
    fn line(&mut self, at: usize, line: Line) -> Result<(), String> {
        let Line { cassette, by, run, at: time, out, err, asked_to_end, exit, signal, refused } = line;
        if cassette.is_some() || by.is_some() {
            return Err("only the first line says what the file is".to_owned());
        }
        if let Some(run) = run {
            if time.is_some() {
                return Err("a run begins without a time".to_owned());
            }
            return self.begin(at, run);
        }
        let bytes = |text: Option<Text>| text.map(Text::into_bytes).transpose();
        let facts = [
            bytes(out)?.map(Moment::Stdout),
            bytes(err)?.map(Moment::Stderr),
            asked_to_end.filter(|asked| *asked).map(|_| Moment::Asked),
            exit.map(|code| Moment::Ended(ExitStatus::Code(code))),
            signal.map(|signal| Moment::Ended(ExitStatus::Signal(signal))),
            refused.map(Moment::Refused),
        ];
        let mut facts = facts.into_iter().flatten();
        let (Some(fact), None) = (facts.next(), facts.next()) else {
            return Err(
                "a line says one of `run`, `out`, `err`, `asked_to_end`, `exit`, `signal`, `refused`"
                    .to_owned(),
            );
        };
        let open = self.open.as_mut().ok_or("there is no run that this could belong to")?;
        let time = time.ok_or("the time is missing: `at`, in microseconds")?;
        if let Some((last, _)) = open.moments.last().filter(|(last, _)| *last > time) {
            return Err(format!("`at` goes back, from {last} to {time}"));
        }
        if matches!(fact, Moment::Refused(_)) && !open.moments.is_empty() {
            return Err("what was not started can do nothing before".to_owned());
        }
        let ends = matches!(fact, Moment::Ended(_) | Moment::Refused(_));
        open.moments.push((time, fact));
        if ends {
            self.runs.extend(self.open.take());
        }
        Ok(())
    }

    fn begin(&mut self, at: usize, run: Run) -> Result<(), String> {
        if let Some(open) = &self.open {
            return Err(format!("the run of line {} has no end", open.line));
        }
        let Run { argv, dir, env, stdin: _, version } = run;
        if argv.is_empty() {
            return Err("`argv` is empty; its first word is the program's name".to_owned());
        }
        let environment =
            env.into_iter().map(|(name, value)| Ok((name.into(), value.map(Text::into_os).transpose()?)));
        self.open = Some(Recorded {
            argv: argv.into_iter().map(Text::into_os).collect::<Result<_, String>>()?,
            dir: dir.map(Text::into_os).transpose()?.map(PathBuf::from),
            environment: environment.collect::<Result<_, String>>()?,
            asked: version,
            line: at,
            moments: Vec::new(),
        });
        Ok(())
    }
}
