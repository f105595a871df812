//! Records what real commands do.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use super::edge::{TeeEdge, Writer};
use super::format::{Line, Run, Text, VERSION};
use super::mask::Mask;
use super::tee::{Log, TeeProcess, TeeReader};
use super::{CassetteError, Moment};
use crate::backend::{
    Backend, Detached, Digest, FileKind, Installed, Joint, Launch, Observed, Os, Passing, ReadPipe,
    StartError, StartErrorKind, Started,
};
use crate::outcome::ExitStatus;

/// A backend that lets another one run the commands, and writes down what they do.
///
/// A run is written when it has ended, as a whole, so the file is readable at any time. What is written are
/// the words, the directory, the changes to the environment, what was captured with its times, and how it
/// ended. Of the input there is only its length. Secrets are `***`: the values of [`Secret`] fields and
/// variables, wherever they show, in the output, too, and [what else is to be hidden](Self::hide).
///
/// [`Secret`]: crate::spec::Secret
#[derive(Clone, Debug)]
pub struct Recorder<B = Os> {
    backend: Arc<B>,
    file: Arc<TapeFile>,
    hidden: Vec<Vec<u8>>,
}

/// The end of a pipe between two stages, by which they are known when they start.
#[derive(Clone)]
struct Taped {
    joint: Joint,
    writer: Writer,
    /// When the first stage of the pipeline was started: the times of all are counted from there.
    begun: Arc<OnceLock<Duration>>,
    /// What is hidden of the stage that writes: the one that reads may print it.
    mask: Arc<OnceLock<Mask>>,
}

/// The file that is written, and the first error of that.
#[derive(Debug)]
pub(super) struct TapeFile {
    path: PathBuf,
    state: Mutex<(File, Option<io::Error>)>,
}

impl Recorder<Os> {
    /// Records real commands into a new file; one that is there is replaced.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written.
    pub fn new(path: impl AsRef<Path>) -> Result<Self, CassetteError> {
        Self::of(Os::new(), path)
    }
}

impl<B: Backend> Recorder<B> {
    /// Records the commands of `backend` into a new file; one that is there is replaced.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written.
    pub fn of(backend: B, path: impl AsRef<Path>) -> Result<Self, CassetteError> {
        let path = path.as_ref().to_owned();
        let file = File::create(&path).map_err(|error| CassetteError::io(&path, error))?;
        let file = Arc::new(TapeFile { path, state: Mutex::new((file, None)) });
        let by = Some(concat!("cuprum ", env!("CARGO_PKG_VERSION")).to_owned());
        file.write(&[Line { cassette: Some(VERSION), by, ..Line::default() }]);
        Ok(Self { backend: Arc::new(backend), file, hidden: Vec::new() })
    }

    /// Writes `***` in place of this text in what commands print, in directories and variables.
    ///
    /// In their words it stays: a replay could not find them again. A word that is to be hidden is a
    /// [`Secret`](crate::spec::Secret).
    #[must_use]
    pub fn hide(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.hidden.push(text.into());
        self
    }

    /// Returns what went wrong with the file, if anything did.
    ///
    /// # Errors
    ///
    /// The first failure to write.
    pub fn finish(&self) -> Result<(), CassetteError> {
        let error = self.file.state().1.take();
        error.map_or(Ok(()), |error| Err(CassetteError::io(&self.file.path, error)))
    }

    fn begin(&self, launch: &Launch, mask: Mask) -> Log {
        Log::new(Arc::clone(&self.file), self.head(launch), mask)
    }

    fn head(&self, launch: &Launch) -> Run {
        let words = Mask::new(launch, &[]);
        let mask = Mask::new(launch, &self.hidden);
        let variable = |(name, value): (&OsStr, Option<&OsStr>)| {
            (name.to_string_lossy().into_owned(), value.map(|value| Text::of(&mask.text(value))))
        };
        Run {
            argv: words.argv(launch).iter().map(|word| Text::of(word)).collect(),
            dir: launch.dir.as_ref().map(|dir| Text::of(&mask.text(dir.as_os_str()))),
            env: launch.shown_changes().map(variable).collect(),
            stdin: launch.stdin.bytes().and_then(|bytes| u64::try_from(bytes.len()).ok()),
            version: launch.command.is_none(),
        }
    }
}

impl TapeFile {
    fn state(&self) -> MutexGuard<'_, (File, Option<io::Error>)> {
        // A line is written as a whole or not at all, whoever panicked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self, lines: &[Line]) {
        let mut text = Vec::new();
        let written = lines.iter().try_for_each(|line| {
            serde_json::to_writer(&mut text, line)?;
            text.push(b'\n');
            Ok(())
        });
        let mut state = self.state();
        let (file, error) = &mut *state;
        if let Err(failed) = written.and_then(|()| file.write_all(&text)) {
            error.get_or_insert(failed);
        }
    }
}

/// Returns the line of a moment.
pub(super) fn line(at: u64, moment: Moment) -> Line {
    let line = Line { at: Some(at), ..Line::default() };
    match moment {
        Moment::Stdout(bytes) => Line { out: Some(Text::new(&bytes)), ..line },
        Moment::Stderr(bytes) => Line { err: Some(Text::new(&bytes)), ..line },
        Moment::Asked => Line { asked_to_end: Some(true), ..line },
        Moment::Ended(ExitStatus::Code(code)) => Line { exit: Some(code), ..line },
        Moment::Ended(ExitStatus::Signal(signal)) => Line { signal: Some(signal), ..line },
        Moment::Refused(errno) => Line { refused: Some(errno), ..line },
    }
}

impl<B: Backend> Backend for Recorder<B> {
    fn var(&self, name: &OsStr) -> Option<OsString> {
        self.backend.var(name)
    }

    fn vars(&self) -> Vec<(OsString, OsString)> {
        self.backend.vars()
    }

    fn current_dir(&self) -> io::Result<PathBuf> {
        self.backend.current_dir()
    }

    fn probe(&self, path: &Path) -> FileKind {
        self.backend.probe(path)
    }

    fn probe_dir(&self, path: &Path) -> FileKind {
        self.backend.probe_dir(path)
    }

    fn names(&self, dir: &Path) -> Vec<OsString> {
        self.backend.names(dir)
    }

    fn installed(&self, program: &Path) -> Installed {
        self.backend.installed(program)
    }

    fn real_path(&self, path: &Path) -> PathBuf {
        self.backend.real_path(path)
    }

    fn digest(&self, file: &Path) -> io::Result<Digest> {
        self.backend.digest(file)
    }

    fn start(&self, launch: &Launch) -> Result<Started, StartError> {
        let taped = |joint: &Option<Joint>| joint.as_ref().and_then(Joint::get::<Taped>).cloned();
        let (input, output) = (taped(&launch.input), taped(&launch.output));
        let now = self.backend.now();
        let begun = input.as_ref().and_then(|taped| taped.begun.get().copied()).unwrap_or(now);
        let before = input.as_ref().and_then(|taped| taped.mask.get());
        let mask = Mask::new(launch, &self.hidden).and(before.unwrap_or(&Mask::default()));
        if let Some(taped) = &output {
            // A pipe is given to one stage, once it starts.
            let _ = taped.begun.set(begun);
            let _ = taped.mask.set(mask.clone());
        }
        let log = self.begin(launch, mask);
        let started = if input.is_none() && output.is_none() {
            self.backend.start(launch)
        } else {
            let plain = |taped: &Option<Taped>, joint: &Option<Joint>| {
                taped.as_ref().map_or_else(|| joint.clone(), |taped| Some(taped.joint.clone()))
            };
            let (input, output) = (plain(&input, &launch.input), plain(&output, &launch.output));
            self.backend.start(&Launch { input, output, ..launch.clone() })
        };
        match started {
            Ok(started) => {
                let backend: Arc<dyn Backend> = Arc::<B>::clone(&self.backend);
                let log = log.begun(backend, begun);
                if let Some(taped) = output {
                    taped.writer.set(log.clone());
                }
                let reader =
                    |pipe, is_stdout| Box::new(TeeReader::new(pipe, log.clone(), is_stdout)) as ReadPipe;
                Ok(Started {
                    process: Box::new(TeeProcess::new(started.process, log.clone())),
                    stdin: started.stdin,
                    stdout: started.stdout.map(|pipe| reader(pipe, true)),
                    stderr: started.stderr.map(|pipe| reader(pipe, false)),
                    replacements: started.replacements,
                })
            }
            Err(error) => {
                // What a lab does not know has not happened.
                if error.kind != StartErrorKind::Unscripted {
                    log.refused(error.source.raw_os_error().unwrap_or(0));
                }
                Err(error)
            }
        }
    }

    fn open_files(&self, launch: &Launch) -> Result<(), StartError> {
        self.backend.open_files(launch)
    }

    fn pipe(&self) -> io::Result<(Joint, Joint)> {
        self.backend.pipe()
    }

    /// What is written down must be read, however it is moved otherwise.
    fn edge(&self, _: Passing) -> io::Result<Observed> {
        let Observed { writer, reader, edge } = self.backend.edge(Passing::Copy)?;
        let (from, begun, mask) = (Writer::default(), Arc::default(), Arc::default());
        let edge = Box::new(TeeEdge::new(edge, from.clone()));
        let taped = |joint| {
            let (begun, mask) = (Arc::clone(&begun), Arc::clone(&mask));
            Joint::new(Taped { joint, writer: from.clone(), begun, mask })
        };
        Ok(Observed { writer: taped(writer), reader: taped(reader), edge })
    }

    fn observes_all(&self) -> bool {
        true
    }

    fn pump(&self) -> Option<OsString> {
        self.backend.pump()
    }

    fn now(&self) -> Duration {
        self.backend.now()
    }

    fn wall_clock(&self) -> SystemTime {
        self.backend.wall_clock()
    }

    fn new_id(&self) -> u128 {
        self.backend.new_id()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.backend.sleep(duration)
    }

    fn is_home(&self) -> bool {
        self.backend.is_home()
    }

    fn detach(&self, work: Detached) -> Option<Detached> {
        self.backend.detach(work)
    }
}
