//! Opens what copies of an output go to, before the command is started.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::job::Job;
use crate::backend::{Backend as _, FileAccess, Os, open_file};
use crate::error::{Cause, Error, ErrorKind};
use crate::outcome::Mask;
use crate::spec::{self, SinkTo, SpillTo};
use crate::stream::{Cutter, Haste, LineRef, Queue, Sink, Source, Spilling};

/// How long a sink may take nothing, when the command has ended.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long it is waited for in all.
const LONGEST_PATIENCE: Duration = Duration::from_secs(30);

/// How long a line may be before its event is cut into pieces.
const LONGEST_EVENT: usize = 64 << 10;

/// Opens the sinks of one output.
pub(super) fn open(
    how: &spec::Capture,
    source: Source,
    job: &Job,
    index: usize,
    haste: &Haste,
) -> Result<Vec<Sink>, Error> {
    how.sinks.iter().map(|sink| open_one(sink, source, (job, index), haste)).collect()
}

/// Opens the file that the whole of an output is written to.
pub(super) fn spill(how: &spec::Capture, job: &Job, index: usize) -> Result<Option<Spilling>, Error> {
    Ok(match &how.spill {
        None => None,
        Some(SpillTo::Temporary) => Some(Spilling::Temporary),
        Some(SpillTo::File(path)) => {
            Some(Spilling::to_file(file(path, FileAccess::Write, (job, index))?, path.clone()))
        }
    })
}

/// Returns what ends the patience with a sink, from now on and each time anew.
///
/// A sink is a part of the real world, even where the command is not: so this is the real clock.
pub(super) fn patience() -> impl Fn() -> Pin<Box<dyn Future<Output = ()> + Send>> {
    let (os, begin) = (Os::new(), Os::new().now());
    move || {
        let left = LONGEST_PATIENCE.saturating_sub(os.now().saturating_sub(begin));
        os.sleep(PATIENCE.min(left))
    }
}

fn open_one(sink: &spec::Sink, source: Source, of: (&Job, usize), haste: &Haste) -> Result<Sink, Error> {
    let (name, lossless) = (sink.to_string(), sink.lossless.then(|| haste.clone()));
    let opened = match &sink.to {
        SinkTo::Stdout => threaded(name, lossless, |bytes, last| print(io::stdout().lock(), bytes, last)),
        SinkTo::Stderr => threaded(name, lossless, |bytes, last| print(io::stderr().lock(), bytes, last)),
        SinkTo::File(path) => of_file(name, file(path, FileAccess::Write, of)?, lossless),
        SinkTo::Append(path) => of_file(name, file(path, FileAccess::Append, of)?, lossless),
        SinkTo::Open(open) => {
            let file = open.as_fd().try_clone_to_owned().map(File::from);
            of_file(name, file.map_err(|error| of.0.io_error(error))?, lossless)
        }
        SinkTo::Writer(writer) => {
            let writer = Arc::clone(writer);
            threaded(name, lossless, move |bytes, last| {
                // A writer that has panicked while another run had it may still do.
                print(&mut *writer.lock().unwrap_or_else(PoisonError::into_inner), bytes, last)
            })
        }
        SinkTo::AsyncWriter(writer) if is_alone() => Sink::direct(name, Arc::clone(writer)),
        SinkTo::AsyncWriter(writer) => Sink::queued(name, Queue::task(Arc::clone(writer)), lossless),
        SinkTo::Tracing(level) => {
            let program = of.0.stages.get(of.1).map_or("", |plan| plan.program.name());
            events(name, *level, source, program, of.0.mask())
        }
        SinkTo::Call(call) => {
            let call = Arc::clone(call);
            Sink::inline(name, move |chunk| {
                if let Some(chunk) = chunk {
                    let mut call = call.lock().map_err(|_| io::Error::other("it has panicked before"))?;
                    call(chunk);
                }
                Ok(())
            })
        }
    };
    Ok(opened.with_required(sink.required))
}

/// Returns whether there is no runtime: the processes are a lab's, and nothing else takes place beside them.
fn is_alone() -> bool {
    tokio::runtime::Handle::try_current().is_err()
}

/// Calls `write` on a thread with what was read, and with `true` where nothing more waits; in a lab at once,
/// so that what happens is the same each time.
fn threaded(
    name: String,
    lossless: Option<Haste>,
    mut write: impl FnMut(&[u8], bool) -> io::Result<()> + Send + 'static,
) -> Sink {
    if is_alone() {
        return Sink::inline(name, move |chunk| chunk.map_or(Ok(()), |chunk| write(chunk, true)));
    }
    Sink::queued(name, Queue::thread(write), lossless)
}

fn print(mut writer: impl io::Write, bytes: &[u8], last: bool) -> io::Result<()> {
    writer.write_all(bytes)?;
    if last { writer.flush() } else { Ok(()) }
}

fn file(path: &Path, access: FileAccess, (job, index): (&Job, usize)) -> Result<File, Error> {
    let fault = |error| job.error(index, ErrorKind::FileNotOpened, Cause::Io(error));
    open_file(path, access).map_err(|error| fault(error).with_path(Some(path.to_owned())))
}

/// Writes a regular file while the stream is read, and anything that may make a writer wait by a thread.
fn of_file(name: String, mut file: File, lossless: Option<Haste>) -> Sink {
    /// The kernel's devices in memory, `/dev/null` and `/dev/full` among them (admin-guide/devices.txt).
    const MEMORY_DEVICES: u32 = 1;
    let waits = file.metadata().map_or(true, |metadata| {
        let kind = metadata.file_type();
        let in_memory = kind.is_char_device() && rustix::fs::major(metadata.rdev()) == MEMORY_DEVICES;
        !kind.is_file() && !in_memory
    });
    if waits {
        return threaded(name, lossless, move |bytes, _| file.write_all(bytes));
    }
    Sink::inline(name, move |chunk| chunk.map_or(Ok(()), |chunk| file.write_all(chunk)))
}

/// Gives each line to the `tracing` subscriber, without the secrets.
fn events(name: String, level: tracing::Level, source: Source, program: &'static str, mask: Mask) -> Sink {
    let mut cutter = Cutter::new(source, LONGEST_EVENT);
    let mut each = move |line: LineRef<'_>| {
        let shown = mask.piece(line.bytes, 0..line.bytes.len());
        event(level, program, source, &String::from_utf8_lossy(&shown));
    };
    Sink::inline(name, move |chunk| {
        match chunk {
            Some(chunk) => cutter.push(chunk, &mut each),
            None => cutter.finish(&mut each),
        }
        Ok(())
    })
}

/// A subscriber knows an event's level and target before the program runs, so each level is an event.
fn event(level: tracing::Level, program: &str, source: Source, line: &str) {
    let stream = match source {
        Source::Stdout => "stdout",
        Source::Stderr => "stderr",
        Source::Merged => "merged",
    };
    macro_rules! emit {
        ($level:ident) => {
            tracing::event!(target: "cuprum::output", tracing::Level::$level, program, stream, "{line}")
        };
    }
    match level {
        tracing::Level::ERROR => emit!(ERROR),
        tracing::Level::WARN => emit!(WARN),
        tracing::Level::INFO => emit!(INFO),
        tracing::Level::DEBUG => emit!(DEBUG),
        tracing::Level::TRACE => emit!(TRACE),
    }
}
