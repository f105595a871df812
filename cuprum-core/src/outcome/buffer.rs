//! Bytes in memory: an ordinary vector, or a mapping of their own where they are many.

use std::fmt;
use std::ops::Deref;

use memmap2::{Advice, MmapMut, MmapOptions};

/// Bytes that were kept of a stream.
///
/// A long output costs as many page faults as it has pages, and that is most of what its capture costs. In
/// a mapping that is made of huge pages they are five hundred times fewer. A vector cannot be one.
pub(crate) enum Buffer {
    Vector(Vec<u8>),
    /// So many bytes from the start of the mapping. What is behind them is reserved and takes no memory.
    Mapped(MmapMut, usize),
}

impl Buffer {
    /// Moves what is in the buffer to a mapping with room for `capacity` bytes; leaves it as it is if there
    /// can be none.
    pub(crate) fn map(&mut self, capacity: usize) {
        // Pages that are not touched are not there, so they are not counted as used either (mmap(2)).
        let mapping = MmapOptions::new().len(capacity.max(self.len())).no_reserve_swap().map_anon();
        let Ok(mut mapping) = mapping else { return };
        // A kernel without huge pages gives ordinary ones.
        let _ = mapping.advise(Advice::HugePage);
        let length = self.len();
        if let Some(place) = mapping.get_mut(..length) {
            place.copy_from_slice(self);
            *self = Self::Mapped(mapping, length);
        }
    }

    /// Adds to the end.
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        if let Self::Mapped(mapping, length) = self {
            let end = *length + bytes.len();
            match mapping.get_mut(*length..end) {
                Some(place) => {
                    place.copy_from_slice(bytes);
                    *length = end;
                    return;
                }
                None => *self = Self::Vector(self.to_vec()),
            }
        }
        if let Self::Vector(vector) = self {
            vector.extend_from_slice(bytes);
        }
    }

    /// Returns the bytes as a vector; those of a mapping are copied.
    pub(crate) fn into_vec(self) -> Vec<u8> {
        match self {
            Self::Vector(vector) => vector,
            mapped => mapped.to_vec(),
        }
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Vector(vector) => vector,
            Self::Mapped(mapping, length) => mapping.get(..*length).unwrap_or_default(),
        }
    }
}

impl Default for Buffer {
    fn default() -> Self {
        Self::Vector(Vec::new())
    }
}

impl Clone for Buffer {
    fn clone(&self) -> Self {
        Self::Vector(self.to_vec())
    }
}

impl PartialEq for Buffer {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Buffer {}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Buffer({} bytes)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Buffer;

    #[test]
    fn a_mapping_holds_what_a_vector_held_and_becomes_one_again() {
        let mut buffer = Buffer::Vector(b"abc".to_vec());
        buffer.map(5000);
        assert!(matches!(buffer, Buffer::Mapped(..)));
        buffer.extend(b"de");
        assert_eq!(&*buffer, b"abcde");
        assert_eq!(buffer, buffer.clone());
        assert!(matches!(buffer.clone(), Buffer::Vector(_)));
        // More than was reserved.
        buffer.extend(&[b'x'; 9000]);
        assert_eq!((buffer.len(), &buffer[..6]), (9005, &b"abcdex"[..]));
        assert_eq!(buffer.into_vec().len(), 9005);
    }

    #[test]
    fn where_nothing_can_be_mapped_a_vector_stays() {
        let mut buffer = Buffer::Vector(b"abc".to_vec());
        buffer.map(usize::MAX);
        assert!(matches!(buffer, Buffer::Vector(_)));
        assert_eq!(&*buffer, b"abc");
    }
}
