//! Sets of options that several commands take.
//!
//! In reading order: [`filter`](Filter), [`tree`](Tree), [`attributes`](Attributes),
//! [`writing`](Writing), [`wire`](Wire).

mod attributes;
mod filter;
mod tree;
mod wire;
mod writing;

pub use self::attributes::{Attributes, Chmod, Chown};
pub use self::filter::{FileList, Filter, Rule};
pub use self::tree::{Checksum, Compare, Tree};
pub use self::wire::{AddressFamily, Compressor, Info, Inform, MessagesTo, Ssh, Wire};
pub use self::writing::{DeleteWhen, Deletion, Writing};
