//! The pipes of the scripted machine (pipe(7)).

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::task::{Context, Poll, Waker};

use super::Kernel;

/// How much a pipe holds (pipe(7)).
const CAPACITY: usize = 64 << 10;

/// A pipe between the host, which is the code under test, and scripted processes.
#[derive(Debug, Default)]
pub(in crate::lab) struct Pipe {
    bytes: VecDeque<u8>,
    readers: u32,
    writers: u32,
    /// Which process the host opened it for.
    pub(in crate::lab) owner: u32,
    /// How many ends the host holds.
    pub(in crate::lab) held: u32,
    /// It stands for this file, which takes everything.
    file: Option<PathBuf>,
    /// It takes everything, also when nobody reads any more.
    swallows: bool,
    waker: Option<Waker>,
    /// The processes that wait for room or for bytes.
    blocked: Vec<u32>,
}

impl Kernel {
    /// Opens a pipe between the host and one process, or for two of them, where nobody owns it and the host
    /// holds both ends at first.
    pub(in crate::lab) fn open_pipe(&mut self, owner: Option<u32>) -> u64 {
        let id = self.new_id();
        let (owner, held) = owner.map_or((0, 2), |owner| (owner, 1));
        self.pipes.insert(id, Pipe { readers: 1, writers: 1, owner, held, ..Pipe::default() });
        id
    }

    /// Opens a file for a process that reads it; `None` if there is none.
    pub(in crate::lab) fn read_file(&mut self, path: &Path) -> Option<u64> {
        let bytes = self.files.get(path)?.iter().copied().collect();
        let id = self.new_id();
        self.pipes.insert(id, Pipe { bytes, readers: 1, ..Pipe::default() });
        Some(id)
    }

    /// Opens a file for a process that writes it, at its end or emptied.
    pub(in crate::lab) fn write_file(&mut self, path: &Path, append: bool) -> u64 {
        let file = self.files.entry(path.to_owned()).or_default();
        if !append {
            file.clear();
        }
        let id = self.new_id();
        let pipe = Pipe { readers: 1, writers: 1, file: Some(path.to_owned()), ..Pipe::default() };
        self.pipes.insert(id, pipe);
        id
    }

    /// Puts a file into the place of another one. Who writes to it goes on with it.
    pub(in crate::lab) fn rename_file(&mut self, from: &Path, to: &Path) {
        let Some(bytes) = self.files.remove(from) else { return };
        self.files.insert(to.to_owned(), bytes);
        for pipe in self.pipes.values_mut().filter(|pipe| pipe.file.as_deref() == Some(from)) {
            pipe.file = Some(to.to_owned());
        }
    }

    /// Removes a file. Who writes to it writes to nothing.
    pub(in crate::lab) fn remove_file(&mut self, path: &Path) {
        self.files.remove(path);
        for pipe in self.pipes.values_mut().filter(|pipe| pipe.file.as_deref() == Some(path)) {
            pipe.swallows = true;
        }
    }

    pub(in crate::lab) fn add_reader(&mut self, id: u64) {
        self.pipes.entry(id).and_modify(|pipe| pipe.readers += 1);
    }

    pub(in crate::lab) fn add_writer(&mut self, id: u64) {
        self.pipes.entry(id).and_modify(|pipe| pipe.writers += 1);
    }

    pub(in crate::lab) fn close_reader(&mut self, id: u64) {
        self.close(id, |pipe| pipe.readers = pipe.readers.saturating_sub(1));
    }

    pub(in crate::lab) fn close_writer(&mut self, id: u64) {
        self.close(id, |pipe| pipe.writers = pipe.writers.saturating_sub(1));
    }

    fn close(&mut self, id: u64, change: impl FnOnce(&mut Pipe)) {
        let Some(pipe) = self.pipes.get_mut(&id) else { return };
        change(pipe);
        let unused = (pipe.readers == 0 || pipe.file.is_some()) && pipe.writers == 0;
        self.changed(id);
        if unused {
            self.pipes.remove(&id);
        }
    }

    /// Closes the host's end for reading, or for writing.
    pub(in crate::lab) fn host_closes(&mut self, id: u64, reading: bool) {
        if let Some(pipe) = self.pipes.get_mut(&id) {
            pipe.held = pipe.held.saturating_sub(1);
            let waker = pipe.waker.take();
            self.woken.extend(waker);
        }
        if reading { self.close_reader(id) } else { self.close_writer(id) }
    }

    /// Wakes whoever waits for this pipe.
    fn changed(&mut self, id: u64) {
        let Some(pipe) = self.pipes.get_mut(&id) else { return };
        let (waker, blocked) = (pipe.waker.take(), std::mem::take(&mut pipe.blocked));
        self.woken.extend(waker);
        blocked.into_iter().for_each(|pid| self.schedule_step(pid));
    }

    pub(super) fn block_on_pipe(&mut self, id: u64, pid: u32) {
        if let Some(pipe) = self.pipes.get_mut(&id) {
            pipe.blocked.push(pid);
        }
    }

    /// Writes what there is room for; `None` where nobody can read it any more.
    pub(super) fn write(&mut self, id: u64, bytes: &[u8]) -> Option<usize> {
        let pipe = self.pipes.get_mut(&id).filter(|pipe| pipe.readers > 0 || pipe.swallows)?;
        if pipe.swallows {
            return Some(bytes.len());
        }
        if let Some(file) = &pipe.file {
            self.files.entry(file.clone()).or_default().extend_from_slice(bytes);
            return Some(bytes.len());
        }
        let room = CAPACITY.saturating_sub(pipe.bytes.len()).min(bytes.len());
        let length = self.some_of(room);
        if length > 0 {
            let (now, _) = bytes.split_at(length);
            self.pipes.entry(id).and_modify(|pipe| pipe.bytes.extend(now));
            self.changed(id);
        }
        Some(length)
    }

    /// Takes at most `limit` bytes and gives them to `take`, in at most two pieces; `None` at the end.
    pub(super) fn read(&mut self, id: u64, limit: usize, mut take: impl FnMut(&[u8])) -> Option<usize> {
        let pipe = self.pipes.get_mut(&id)?;
        if pipe.bytes.is_empty() && pipe.writers == 0 {
            return None;
        }
        let available = pipe.bytes.len().min(limit);
        let length = self.some_of(available);
        if let Some(pipe) = self.pipes.get_mut(&id).filter(|_| length > 0) {
            let (first, second) = pipe.bytes.as_slices();
            let from_first = length.min(first.len());
            take(first.split_at(from_first).0);
            if length > from_first {
                take(second.split_at(length - from_first).0);
            }
            pipe.bytes.drain(..length);
            self.changed(id);
        }
        Some(length)
    }

    /// Reads what comes before the end of a line, and the line end; returns whether the line has ended.
    pub(super) fn read_line(&mut self, id: u64, take: impl FnMut(&[u8])) -> Option<(usize, bool)> {
        let line = self.pipes.get(&id).and_then(|pipe| pipe.bytes.iter().position(|byte| *byte == b'\n'));
        let length = self.read(id, line.map_or(usize::MAX, |at| at + 1), take)?;
        Some((length, line.is_some_and(|at| length == at + 1)))
    }

    /// Reads for the host.
    pub(in crate::lab) fn host_reads(
        &mut self,
        id: u64,
        limit: usize,
        context: &Context<'_>,
        take: impl FnMut(&[u8]),
    ) -> Poll<usize> {
        match self.read(id, limit, take) {
            None => Poll::Ready(0),
            Some(0) if limit > 0 => {
                self.wait_for_pipe(id, context);
                Poll::Pending
            }
            Some(length) => Poll::Ready(length),
        }
    }

    /// Writes for the host.
    pub(in crate::lab) fn host_writes(
        &mut self,
        id: u64,
        bytes: &[u8],
        context: &Context<'_>,
    ) -> Poll<io::Result<usize>> {
        match self.write(id, bytes) {
            None => Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
            Some(0) if !bytes.is_empty() => {
                self.wait_for_pipe(id, context);
                Poll::Pending
            }
            Some(length) => Poll::Ready(Ok(length)),
        }
    }

    /// Moves what one pipe holds to another one, for the host that reads the one and writes to the other.
    pub(in crate::lab) fn host_moves(
        &mut self,
        from: u64,
        to: u64,
        context: &Context<'_>,
    ) -> Poll<io::Result<usize>> {
        let room = match self.pipes.get(&to) {
            Some(pipe) if pipe.swallows => CAPACITY,
            Some(pipe) if pipe.readers > 0 && pipe.file.is_none() => {
                CAPACITY.saturating_sub(pipe.bytes.len())
            }
            _ => return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
        };
        let mut bytes = Vec::new();
        match self.read(from, room, |piece| bytes.extend_from_slice(piece)) {
            None => Poll::Ready(Ok(0)),
            Some(0) => {
                self.wait_for_pipe(from, context);
                self.wait_for_pipe(to, context);
                Poll::Pending
            }
            Some(length) => {
                if let Some(pipe) = self.pipes.get_mut(&to).filter(|pipe| !pipe.swallows) {
                    pipe.bytes.extend(bytes);
                }
                self.changed(to);
                Poll::Ready(Ok(length))
            }
        }
    }

    /// Lets a pipe take everything.
    pub(in crate::lab) fn swallow(&mut self, id: u64) {
        self.pipes.entry(id).and_modify(|pipe| pipe.swallows = true);
    }

    /// Waits until nobody reads what the host writes.
    pub(in crate::lab) fn host_breaks(&mut self, id: u64, context: &Context<'_>) -> Poll<()> {
        if self.pipes.get(&id).is_none_or(|pipe| pipe.readers == 0 && !pipe.swallows) {
            return Poll::Ready(());
        }
        self.wait_for_pipe(id, context);
        Poll::Pending
    }

    fn wait_for_pipe(&mut self, id: u64, context: &Context<'_>) {
        if let Some(pipe) = self.pipes.get_mut(&id) {
            let old = pipe.waker.replace(context.waker().clone());
            self.trash.extend(old);
        }
    }

    pub(super) fn pipe_waits(&self) -> bool {
        self.pipes.values().any(|pipe| pipe.waker.is_some())
    }

    pub(super) fn wake_pipes(&mut self) {
        let wakers = self.pipes.values_mut().filter_map(|pipe| pipe.waker.take());
        self.woken.extend(wakers);
    }

    /// Returns a length up to `most`: all of it, or sometimes less where chance decides, as a kernel may.
    fn some_of(&mut self, most: usize) -> usize {
        match &mut self.chance {
            Some(chance) if most > 1 => {
                if chance.one_in(4) {
                    1 + chance.below(most - 1)
                } else {
                    most
                }
            }
            _ => most,
        }
    }
}
