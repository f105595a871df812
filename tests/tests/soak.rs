//! What many runs with random cancel points leave behind: nothing.

use cuprum_tests::soak::{Left, soak};

/// The one test of its program, so that no other child is running.
///
/// `CUPRUM_SOAK_RUNS` and `CUPRUM_SOAK_SEED` choose another length and another course.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn runs_with_random_cancel_points_leave_nothing_behind() {
    let chosen = |name, default| std::env::var(name).map_or(default, |text| text.parse().unwrap());
    let (runs, seed) = (chosen("CUPRUM_SOAK_RUNS", 400), chosen("CUPRUM_SOAK_SEED", 1));
    let left = soak(env!("CARGO_BIN_EXE_probe"), runs, seed).await;
    assert_eq!(left, Left::NOTHING, "after {runs} runs of seed {seed}");
}
