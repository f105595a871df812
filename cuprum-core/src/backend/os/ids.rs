//! Numbers that no other process has, and no other thread of this one.

use std::collections::hash_map::RandomState;
use std::convert::Infallible;
use std::hash::BuildHasher as _;
use std::sync::atomic::{AtomicU64, Ordering};

use super::PerProcess;

/// Returns a new number: a random half for each process, and a half that is counted.
///
/// The random half is of the keys that the standard library takes from the system for its hash tables.
pub(in crate::backend) fn new_id() -> u128 {
    static PROCESS: PerProcess<u64> = PerProcess::new();
    static COUNTED: AtomicU64 = AtomicU64::new(1);
    let random = || Ok::<_, Infallible>(RandomState::new().hash_one(std::process::id()));
    let Ok(process) = PROCESS.get_or_try_make(random);
    u128::from(*process) << 64 | u128::from(COUNTED.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::new_id;

    #[test]
    fn ids_of_one_process_share_a_half_and_differ_in_the_other() {
        let (one, other) = (new_id(), new_id());
        assert_eq!(one >> 64, other >> 64);
        assert!(one as u64 != other as u64 && one >> 64 != 0);
    }
}
