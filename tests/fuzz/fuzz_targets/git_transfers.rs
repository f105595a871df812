//! The target `git_transfers` for cargo-fuzz.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cuprum_tests::readers::run("git_transfers", bytes));
