//! The ids that git gives to commits, trees and files.

use std::fmt;

use crate::args::{CommitHash, ObjectName};

/// The id of an object: 20 bytes (SHA-1) or 32 (SHA-256). The null id is no object, so it is none of
/// these.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectId {
    bytes: [u8; 32],
    length: u8,
}

impl ObjectId {
    /// Reads 40 or 64 hex digits that are not all zero.
    pub fn from_hex(digits: &[u8]) -> Option<Self> {
        Self::read_digits(digits).flatten()
    }

    /// Reads the digits of an id; `Some(None)` is the null id.
    pub(super) fn read_digits(digits: &[u8]) -> Option<Option<Self>> {
        if digits.len() != 40 && digits.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            for digit in pair {
                *byte = *byte << 4 | char::from(*digit).to_digit(16)? as u8;
            }
        }
        let id = Self { bytes, length: (digits.len() / 2) as u8 };
        Some((bytes != [0; 32]).then_some(id))
    }

    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length.into()).unwrap_or(&self.bytes)
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ObjectId({self})")
    }
}

/// What was read in one output can be an argument of the next command.
impl From<ObjectId> for CommitHash {
    fn from(id: ObjectId) -> Self {
        Self::trusted(id.to_string())
    }
}

/// What was read in one output can be asked for.
impl From<ObjectId> for ObjectName {
    fn from(id: ObjectId) -> Self {
        CommitHash::from(id).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept() {
        for digits in ["8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1", &"0f".repeat(32)] {
            let id = ObjectId::from_hex(digits.as_bytes()).unwrap();
            assert_eq!(id.to_string(), digits);
            assert_eq!(CommitHash::from(id).as_str(), digits);
        }
    }

    #[test]
    fn what_is_no_id_is_refused_and_the_null_id_is_none() {
        for digits in ["", "8ba2d4ff", &"g".repeat(40), &"0".repeat(40), &"+f".repeat(20)] {
            assert_eq!(ObjectId::from_hex(digits.as_bytes()), None);
        }
        assert_eq!(ObjectId::read_digits(&[b'0'; 64]), Some(None));
    }
}
