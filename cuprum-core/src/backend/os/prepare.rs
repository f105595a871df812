//! Lays out what `execve` reads, before there is a child: words, variables, directory, as C strings.

use std::ffi::{OsStr, c_char};
use std::io;
use std::path::Path;

use crate::backend::Launch;
use crate::spec::Environment;

/// The C strings of one launch in one block: the words, the variables, and the directory if there is one.
pub(super) struct Image {
    block: Vec<u8>,
    /// Where each string begins. The first word is the end of the program's path, or all of it.
    starts: Vec<usize>,
    /// How many of them are words.
    words: usize,
    /// How many are words or variables.
    all: usize,
}

impl Image {
    /// Lays out a launch.
    ///
    /// The parent's variables are copied, and not handed over as the C library's `environ`: another thread
    /// may be changing it right now, and only std's own functions take the lock that guards it.
    pub(super) fn new(launch: &Launch) -> io::Result<Self> {
        let mut block = Block::new();
        block.word(&[launch.program.as_os_str()])?;
        let arg0 = block.bytes.len() - launch.arg0().len() - 1;
        block.starts.iter_mut().for_each(|start| *start = arg0);
        launch.args.iter().try_for_each(|arg| block.word(&[arg]))?;
        let words = block.starts.len();
        variables(&launch.environment, |name, value| block.word(&[name, OsStr::new("="), value]))?;
        let all = block.starts.len();
        launch.dir.as_deref().map(Path::as_os_str).map(|dir| block.word(&[dir])).transpose()?;
        let Block { bytes: block, starts } = block;
        Ok(Self { block, starts, words, all })
    }

    /// Returns the rows of pointers into the block, as `execve` reads them.
    pub(super) fn rows(&self) -> Rows<'_> {
        // Inside the block, so the pointer may be used for the whole of it.
        let at = |start: &usize| self.block.as_ptr().wrapping_add(*start).cast::<c_char>();
        let mut rows = Vec::with_capacity(self.starts.len() + 2);
        rows.extend(self.starts.iter().take(self.words).map(at));
        rows.push(std::ptr::null());
        rows.extend(self.starts.iter().take(self.all).skip(self.words).map(at));
        rows.push(std::ptr::null());
        Rows { image: self, rows, dir: self.starts.get(self.all).map(at) }
    }
}

/// The words, a null pointer, the variables, a null pointer: each points into the block of an image.
pub(super) struct Rows<'a> {
    image: &'a Image,
    rows: Vec<*const c_char>,
    dir: Option<*const c_char>,
}

impl Rows<'_> {
    /// Returns the file to execute.
    pub(super) fn program(&self) -> *const c_char {
        self.image.block.as_ptr().cast()
    }

    /// Returns the words, with the program as the first, up to a null pointer.
    pub(super) fn argv(&self) -> *const *const c_char {
        self.rows.as_ptr()
    }

    /// Returns the variables up to a null pointer.
    pub(super) fn envp(&self) -> *const *const c_char {
        self.rows.as_ptr().wrapping_add(self.image.words + 1)
    }

    /// Returns the directory to enter.
    pub(super) fn dir(&self) -> Option<*const c_char> {
        self.dir
    }
}

/// C strings, one after the other, and where each one begins.
struct Block {
    bytes: Vec<u8>,
    starts: Vec<usize>,
}

impl Block {
    fn new() -> Self {
        // Most launches fit, so most are laid out in one go.
        Self { bytes: Vec::with_capacity(4096), starts: Vec::with_capacity(64) }
    }

    fn word(&mut self, parts: &[&OsStr]) -> io::Result<()> {
        self.starts.push(self.bytes.len());
        for part in parts {
            let part = part.as_encoded_bytes();
            if memchr::memchr(0, part).is_some() {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidInput,
                    "a word or variable holds a NUL byte",
                ));
            }
            self.bytes.extend_from_slice(part);
        }
        self.bytes.push(0);
        Ok(())
    }
}

/// Calls `add` with each variable of the child.
fn variables(
    environment: &Environment,
    mut add: impl FnMut(&OsStr, &OsStr) -> io::Result<()>,
) -> io::Result<()> {
    if environment.inherits() {
        for (name, value) in std::env::vars_os() {
            if environment.change_of(&name).is_none() {
                add(&name, &value)?;
            }
        }
    }
    let set = environment.changes().filter_map(|(name, value)| Some((name, value?)));
    for (name, value) in set {
        add(name, value)?;
    }
    Ok(())
}
