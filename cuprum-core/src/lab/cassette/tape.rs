//! Recording once and playing back from then on, or letting real programs answer what was not recorded.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use super::{Cassette, CassetteError, Recorder};
use crate::backend::{
    Backend, Detached, Digest, FileKind, Installed, Joint, Launch, Observed, Os, Passing, StartError, Started,
};
use crate::context::Cx;
use crate::lab::Lab;

/// A backend that plays a cassette and, in one way or the other, lets real programs run.
#[derive(Clone, Debug)]
pub struct Tape(Mode);

#[derive(Clone, Debug)]
enum Mode {
    Recording(Recorder),
    Playing(Lab, Option<PathBuf>),
    /// What was recorded is played; the rest is real, and so is the clock.
    Passing(Lab, Os),
}

impl Tape {
    /// Records real commands if the file is not there, and plays it if it is.
    ///
    /// So the first run of a test makes the cassette, and later ones need no program. To make it anew,
    /// delete the file.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read or written, or is wrong.
    pub fn once(path: impl AsRef<Path>) -> Result<Self, CassetteError> {
        let path = path.as_ref();
        match path.try_exists() {
            Ok(false) => Ok(Self(Mode::Recording(Recorder::new(path)?))),
            Ok(true) => Ok(Self(Mode::Playing(Lab::replay(&Cassette::open(path)?), Some(path.to_owned())))),
            Err(error) => Err(CassetteError::io(path, error)),
        }
    }

    /// Plays what was recorded, and runs every other command for real, without recording it.
    ///
    /// The clock is the real one, and what is played takes no time on it. Stages of a pipeline are always
    /// real: a played one would not read what a real one prints.
    pub fn passthrough(cassette: &Cassette) -> Self {
        Self(Mode::Passing(Lab::replay(cassette), Os::new()))
    }

    /// Returns whether real commands are recorded.
    pub fn is_recording(&self) -> bool {
        matches!(self.0, Mode::Recording(_))
    }

    /// Returns a context that runs commands on this tape.
    pub fn cx(&self) -> Cx {
        Cx::new().with_backend(self.clone())
    }

    /// Looks for what went wrong: a failure to write; a recorded run that was not asked for; what is left of
    /// the played ones.
    ///
    /// # Errors
    ///
    /// The first thing that went wrong.
    pub fn finish(&self) -> Result<(), CassetteError> {
        let (lab, path) = match &self.0 {
            Mode::Recording(recorder) => return recorder.finish(),
            Mode::Playing(lab, path) => (lab, path),
            // Some of the commands may have been real ones.
            Mode::Passing(..) => return Ok(()),
        };
        match lab.breaches().first() {
            Some(breach) => Err(CassetteError::unplayed(path.clone(), breach.to_string())),
            None => Ok(()),
        }
    }

    /// Returns the backend of everything but starts.
    fn backend(&self) -> &dyn Backend {
        match &self.0 {
            Mode::Recording(recorder) => recorder,
            Mode::Playing(lab, _) => lab,
            Mode::Passing(_, os) => os,
        }
    }
}

impl Backend for Tape {
    fn var(&self, name: &OsStr) -> Option<OsString> {
        self.backend().var(name)
    }

    fn vars(&self) -> Vec<(OsString, OsString)> {
        self.backend().vars()
    }

    fn current_dir(&self) -> io::Result<PathBuf> {
        self.backend().current_dir()
    }

    fn probe(&self, path: &Path) -> FileKind {
        match &self.0 {
            // A program that was recorded need not be there.
            Mode::Passing(lab, os) => match os.probe(path) {
                FileKind::Absent if path.file_name().is_some_and(|name| lab.is_recorded(name)) => {
                    FileKind::Executable
                }
                kind => kind,
            },
            _ => self.backend().probe(path),
        }
    }

    fn probe_dir(&self, path: &Path) -> FileKind {
        self.backend().probe_dir(path)
    }

    fn names(&self, dir: &Path) -> Vec<OsString> {
        self.backend().names(dir)
    }

    fn installed(&self, program: &Path) -> Installed {
        match &self.0 {
            Mode::Passing(lab, _) if program.file_name().is_some_and(|name| lab.is_recorded(name)) => {
                Installed::Any
            }
            _ => self.backend().installed(program),
        }
    }

    fn real_path(&self, path: &Path) -> PathBuf {
        self.backend().real_path(path)
    }

    fn digest(&self, file: &Path) -> io::Result<Digest> {
        self.backend().digest(file)
    }

    fn start(&self, launch: &Launch) -> Result<Started, StartError> {
        match &self.0 {
            Mode::Passing(lab, os) => {
                let is_stage = launch.input.is_some() || launch.output.is_some();
                if !is_stage && lab.answers(launch) { lab.start(launch) } else { os.start(launch) }
            }
            _ => self.backend().start(launch),
        }
    }

    fn open_files(&self, launch: &Launch) -> Result<(), StartError> {
        self.backend().open_files(launch)
    }

    fn pipe(&self) -> io::Result<(Joint, Joint)> {
        self.backend().pipe()
    }

    fn edge(&self, passing: Passing) -> io::Result<Observed> {
        self.backend().edge(passing)
    }

    fn observes_all(&self) -> bool {
        self.backend().observes_all()
    }

    fn pump(&self) -> Option<OsString> {
        self.backend().pump()
    }

    fn now(&self) -> Duration {
        self.backend().now()
    }

    fn wall_clock(&self) -> SystemTime {
        self.backend().wall_clock()
    }

    fn new_id(&self) -> u128 {
        self.backend().new_id()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.backend().sleep(duration)
    }

    fn is_home(&self) -> bool {
        self.backend().is_home()
    }

    fn detach(&self, work: Detached) -> Option<Detached> {
        self.backend().detach(work)
    }
}
