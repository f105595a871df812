//! Many threads that start processes at the same time, both ways, while other threads disturb them.

use cuprum_tests::stress::stress;

/// `CUPRUM_STRESS_THREADS` and `CUPRUM_STRESS_RUNS` (of each thread) choose another length.
#[test]
fn threads_that_start_processes_at_once_do_not_mix_them_up() {
    let chosen = |name, default| std::env::var(name).map_or(default, |text| text.parse().unwrap());
    let (threads, runs) = (chosen("CUPRUM_STRESS_THREADS", 16), chosen("CUPRUM_STRESS_RUNS", 24));
    assert_eq!(stress(env!("CARGO_BIN_EXE_probe"), threads, runs), [""; 0]);
}
