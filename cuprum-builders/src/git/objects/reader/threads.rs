//! The twins of the methods of [`Objects`] for threads without a runtime.

use std::io;

use cuprum::IntoSafe;

use super::wire::Want;
use super::{Objects, ObjectsError, Protocol, WaitContents, Work};
use crate::args::ObjectName;
use crate::git::{FoundObject, Git, Repo};

/// How much is read of contents at once.
const PART: usize = 64 << 10;

impl Objects {
    /// Starts the process from a thread. See [`start`](Self::start).
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn start_sync<C>(command: C) -> Result<Self, ObjectsError>
    where
        C: IntoSafe<Program = Git> + Send + 'static,
        C::Output: Protocol,
    {
        cuprum::run::block_on(Self::start(command))?
    }

    /// Returns an object with its contents. See [`get`](Self::get).
    ///
    /// # Errors
    ///
    /// As [`info`](Self::info).
    pub fn get_sync(&mut self, name: impl Into<ObjectName>) -> Result<FoundObject, ObjectsError> {
        let name = name.into();
        self.on_thread(|own| Box::pin(own.get(name)))
    }

    /// Returns the id, type and size of an object. See [`info`](Self::info).
    ///
    /// # Errors
    ///
    /// As [`info`](Self::info).
    pub fn info_sync(&mut self, name: impl Into<ObjectName>) -> Result<FoundObject, ObjectsError> {
        let name = name.into();
        self.on_thread(|own| Box::pin(own.info(name)))
    }

    /// Returns an object whose contents are read in parts, by [`std::io::Read`]. See
    /// [`stream`](Self::stream).
    ///
    /// # Errors
    ///
    /// As [`info`](Self::info).
    pub fn stream_sync(
        &mut self,
        name: impl Into<ObjectName>,
    ) -> Result<Result<WaitContents<'_>, FoundObject>, ObjectsError> {
        let name = name.into();
        let found =
            self.on_thread(move |own| Box::pin(async move { own.ask(Want::Contents, &name).await }))?;
        Ok(self.streamed(found).map(WaitContents))
    }

    /// Ends the process from a thread. See [`close`](Self::close).
    ///
    /// # Errors
    ///
    /// As [`close`](Self::close).
    pub fn close_sync(self) -> Result<(), ObjectsError> {
        cuprum::run::block_on(self.close())?
    }

    /// Does work that needs the reader for itself, on the background runtime, and waits for it.
    fn on_thread<T: Send + 'static>(
        &mut self,
        work: impl for<'a> FnOnce(&'a mut Self) -> Work<'a, Result<T, ObjectsError>> + Send + 'static,
    ) -> Result<T, ObjectsError> {
        let mut own = Self { open: self.open.take(), max_size: self.max_size };
        let (own, result) = cuprum::run::block_on(async move {
            let result = work(&mut own).await;
            (own, result)
        })?;
        *self = own;
        result
    }
}

impl io::Read for WaitContents<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = buffer.len().min(PART);
        let part = self.0.objects.on_thread(move |own| Box::pin(own.part(room)));
        let part: Vec<u8> = part.map_err(io::Error::other)?;
        buffer.iter_mut().zip(&part).for_each(|(to, from)| *to = *from);
        Ok(part.len())
    }
}

impl Repo {
    /// Starts it from a thread. See [`objects`](Self::objects).
    ///
    /// # Errors
    ///
    /// As [`Objects::start`].
    pub fn objects_sync(&self) -> Result<Objects, ObjectsError> {
        let repo = self.clone();
        cuprum::run::block_on(async move { repo.objects().await })?
    }
}
