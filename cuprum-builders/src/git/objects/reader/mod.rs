//! Objects one by one, from a `git cat-file` that stays.
//!
//! In reading order: [`Objects`], `wire` (the pipes, and what is on its way in them), `answers` (many at
//! once), `contents` (one in parts), `threads` (for those without a
//! runtime), `process` (its end), `command`.

mod answers;
mod command;
mod contents;
mod process;
mod threads;
mod wire;

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use cuprum::spec::{OutputError, Stdin, Stdio};
use cuprum::{ErrorKind, Follow as _, IntoSafe};

pub use self::answers::Answers;
use self::command::Sealed;
pub use self::command::{
    Batch, BatchCommand, GitObjects, GitObjectsByBatch, Protocol, Requests, objects, objects_by_batch,
};
pub use self::contents::{ObjectContents, WaitContents};
use self::process::Open;
use self::wire::{Want, Wire};
use crate::args::ObjectName;
use crate::git::{FoundObject, Git, Repo};

/// Work of a type that need not be known.
type Work<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// How large an object may be that is returned as a whole, unless something else is said.
const MAX_SIZE: u64 = 64 << 20;

/// The objects of a repository, one by one or many at once, from one process that stays.
///
/// It is many times faster than a process for each object. Made by [`Repo::objects`], or by
/// [`start`](Self::start) for a command with its own directory and limits.
///
/// Each method has a twin that ends with `_sync`, for threads without a runtime. Names are
/// [`ObjectName`]s, which hold no line end, so a name can be no second request. A name that holds one, or
/// bytes that are not UTF-8, is found by [`ls_tree`](crate::git::ls_tree()), which tells its id.
///
/// Commits that are made meanwhile are found, too. Every limit of the command and of the context in force
/// holds for the process as a whole: with a timeout, it ends then.
///
/// # Cancel safety
///
/// A future of any method may be dropped. What git still answers to it is read past by the next request,
/// which then gets its own answer.
///
/// # Dropping
///
/// The process is ended at once. [`close`](Self::close) ends it without a signal, and waits.
///
/// # Examples
///
/// ```
/// use cuprum::lab::{Lab, Script};
/// use cuprum_builders::args::ObjectName;
/// use cuprum_builders::git::{self, FoundObject, Objects};
/// use cuprum_builders::prelude::*;
///
/// // In the lab, a script answers one request.
/// let answer = "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1 blob 3\nabc\n";
/// let lab = Lab::new().on::<git::GitObjects>(Script::new().read_line().print(answer).read_all());
/// lab.run(async {
///     let mut objects = Objects::start(git::objects().in_dir("/srv/site")).await?;
///     match objects.get(lit!(ObjectName, "HEAD:README.md")).await? {
///         FoundObject::Object { contents, .. } => assert_eq!(contents, b"abc"),
///         other => panic!("{other:?}"),
///     }
///     objects.close().await
/// })?;
/// # Ok::<(), cuprum_builders::git::ObjectsError>(())
/// ```
#[derive(Debug)]
pub struct Objects {
    /// None while a thread waits for it, and for good where that failed.
    open: Option<Open>,
    max_size: u64,
}

/// Why an object could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ObjectsError {
    /// Git failed, was stopped, or could not be run.
    #[error(transparent)]
    Run(#[from] cuprum::Error),
    /// Git's answer has another form; the process was ended.
    #[error("git's answer cannot be read")]
    Output(#[from] OutputError),
    /// Git ended without an answer, or had ended before.
    #[error("git has ended without an answer")]
    Ended,
    /// A pipe failed; the process was ended.
    #[error("git's answer cannot be read")]
    Io(#[from] io::Error),
}

impl Objects {
    /// Starts the process: [`objects()`], or [`objects_by_batch()`] for a git before 2.36, with whatever
    /// else is said of it.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from starting. That there is no repository is known at the first request only.
    pub async fn start<C>(command: C) -> Result<Self, ObjectsError>
    where
        C: IntoSafe<Program = Git>,
        C::Output: Protocol,
    {
        let child = command.stdin(Stdin::Piped).stdout(Stdio::Piped).spawn().await?;
        let (Some(stdin), Some(stdout)) = (child.take_stdin(), child.take_stdout()) else {
            return Err(ObjectsError::Ended);
        };
        let wire = Wire::new(stdin, stdout, <C::Output as Sealed>::HAS_VERBS);
        Ok(Self { open: Some(Open { wire, child: Box::new(child) }), max_size: MAX_SIZE })
    }

    /// Returns no object as a whole that has more than this many bytes; 64 MiB by default.
    ///
    /// [`stream`](Self::stream) returns those, too. One that is not wanted is read past all the same.
    #[must_use]
    pub fn max_size(mut self, bytes: u64) -> Self {
        self.max_size = bytes;
        self
    }

    /// Returns an object with its contents; one that is too large, without them.
    ///
    /// # Errors
    ///
    /// As [`info`](Self::info).
    pub async fn get(&mut self, name: impl Into<ObjectName>) -> Result<FoundObject, ObjectsError> {
        let mut found = self.ask(Want::Contents, &name.into()).await?;
        self.fill(&mut found).await?;
        Ok(found)
    }

    /// Returns the id, type and size of an object.
    ///
    /// A git before 2.36 sends the contents as well, which takes as long as to [`get`](Self::get) it.
    ///
    /// # Errors
    ///
    /// [`ObjectsError::Run`] with git's failure if it has one, for example that there is no repository;
    /// else another [`ObjectsError`]. After an error every request fails as
    /// [`Ended`](ObjectsError::Ended).
    pub async fn info(&mut self, name: impl Into<ObjectName>) -> Result<FoundObject, ObjectsError> {
        self.ask(Want::Facts, &name.into()).await
    }

    /// Returns an object whose contents are read in parts, however large they are; if there is none, what
    /// there is instead.
    ///
    /// If git fails in the midst of them, the parts end with an error, and the process is ended.
    ///
    /// # Errors
    ///
    /// As [`info`](Self::info).
    pub async fn stream(
        &mut self,
        name: impl Into<ObjectName>,
    ) -> Result<Result<ObjectContents<'_>, FoundObject>, ObjectsError> {
        let found = self.ask(Want::Contents, &name.into()).await?;
        Ok(self.streamed(found))
    }

    /// Asks for many objects, some at a time without waiting for each, and returns them in their order.
    pub fn get_all<I>(&mut self, names: I) -> Answers<'_, I::IntoIter>
    where
        I: IntoIterator,
        I::Item: Into<ObjectName>,
    {
        Answers::new(self, names.into_iter())
    }

    /// Ends the process by the end of its input, and waits for it.
    ///
    /// # Errors
    ///
    /// [`ObjectsError::Run`] if git fails.
    pub async fn close(mut self) -> Result<(), ObjectsError> {
        let Some(Open { wire, child }) = self.open.take() else { return Err(ObjectsError::Ended) };
        drop(wire);
        Ok(child.wait().await?)
    }

    fn streamed(&mut self, found: FoundObject) -> Result<ObjectContents<'_>, FoundObject> {
        match found {
            FoundObject::Object { id, kind, size, .. } => Ok(ObjectContents::new(self, id, kind, size)),
            other => Err(other),
        }
    }

    /// Asks for one object; whatever was asked before is given up.
    async fn ask(&mut self, want: Want, name: &ObjectName) -> Result<FoundObject, ObjectsError> {
        self.forget();
        self.wire()?.ask(want, name);
        self.answer().await
    }

    /// Gives up the answers that are still to come.
    fn forget(&mut self) {
        if let Some(open) = &mut self.open {
            open.wire.forget();
        }
    }

    async fn answer(&mut self) -> Result<FoundObject, ObjectsError> {
        match self.wire()?.answer().await {
            Ok(found) => Ok(found),
            Err(error) => Err(self.failed(error).await),
        }
    }

    /// Adds the contents that follow an answer, or makes it one that is too large. What was added stays
    /// where the future is dropped.
    async fn fill(&mut self, found: &mut FoundObject) -> Result<(), ObjectsError> {
        let FoundObject::Object { id, kind, size, contents } = found else { return Ok(()) };
        if *size > self.max_size {
            *found = FoundObject::TooLarge { id: *id, kind: *kind, size: *size };
            return Ok(());
        }
        loop {
            let wire = self.wire()?;
            let next = |context: &mut Context<'_>| {
                wire.poll_contents(context, |chunk| {
                    contents.extend_from_slice(chunk);
                    chunk.len()
                })
            };
            match std::future::poll_fn(next).await {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) => return Err(self.failed(error).await),
            }
        }
    }

    /// Shows `take` a part of the contents that follow the last answer. See [`Wire::poll_contents`].
    fn poll_contents(
        &mut self,
        context: &mut Context<'_>,
        take: impl FnOnce(&[u8]) -> usize,
    ) -> Poll<Result<usize, ObjectsError>> {
        let result = ready!(self.wire()?.poll_contents(context, take));
        if result.is_err()
            && let Some(open) = self.open.take()
        {
            open.child.stop();
        }
        Poll::Ready(result)
    }

    fn wire(&mut self) -> Result<&mut Wire, ObjectsError> {
        self.open.as_mut().map(|open| &mut open.wire).ok_or(ObjectsError::Ended)
    }

    /// Ends the process after a fault, and says why there was one: where its output has ended, git knows.
    async fn failed(&mut self, error: ObjectsError) -> ObjectsError {
        let Some(Open { wire, child }) = self.open.take() else { return error };
        drop(wire);
        if !matches!(&error, ObjectsError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof) {
            child.stop();
            return error;
        }
        child.wait().await.map_or_else(ObjectsError::Run, |()| ObjectsError::Ended)
    }
}

impl Repo {
    /// Starts a process that answers for one object after the other.
    ///
    /// # Errors
    ///
    /// As [`Objects::start`].
    pub async fn objects(&self) -> Result<Objects, ObjectsError> {
        match Objects::start(self.command(objects())).await {
            Err(ObjectsError::Run(error)) if error.kind() == ErrorKind::Version => {
                Objects::start(self.command(objects_by_batch())).await
            }
            result => result,
        }
    }
}
