//! Many runs of one scenario: other orders, faults and cancellations, by seed or everywhere.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::Lab;
use super::check::Breach;
use super::executor::{Cut, Ended};
use super::faults::Call;
use super::run::Report;
use super::world::World;
use crate::backend::{Backend as _, Os};
use crate::outcome::panic_text;
use crate::spec::CancelToken;

/// The variable that asks for one seed only.
const SEED: &str = "CUPRUM_LAB_SEED";

/// How a scenario is run for each of many seeds. Made by [`Lab::explore`].
#[derive(Clone, Debug)]
#[must_use = "nothing runs before `run` is called"]
pub struct Explore {
    lab: Lab,
    seeds: Range<u64>,
    faults: u32,
    cancels: u32,
}

impl Lab {
    /// Prepares to run a scenario once for each of these seeds, each time in a new world with this lab's
    /// scripts.
    ///
    /// A seed decides what a machine leaves open: whose turn it is, how much a pipe takes or gives at once,
    /// what of several things at the same time is first. The same seed gives the same run, moment for
    /// moment. Where the variable `CUPRUM_LAB_SEED` is set, only that seed is run.
    ///
    /// # Examples
    ///
    /// ```
    /// # use cuprum::{Command, Program};
    /// # #[derive(Program)]
    /// # struct Build;
    /// # #[derive(Command)]
    /// # #[command(program = Build)]
    /// # struct Nightly {}
    /// use std::time::Duration;
    ///
    /// use cuprum::lab::{Lab, Script};
    /// use cuprum::prelude::*;
    ///
    /// let lab = Lab::new().on::<Nightly>(Script::stdout("a\n").wait(Duration::from_secs(9)).print("b\n"));
    /// lab.explore(0..100).cancels(20).faults(50).run(|_| async {
    ///     let _ = Nightly::new().timeout(Duration::from_secs(5)).run().await;
    /// });
    /// ```
    pub fn explore(&self, seeds: Range<u64>) -> Explore {
        Explore { lab: self.clone(), seeds, faults: 0, cancels: 0 }
    }

    /// Runs a scenario again and again, and drops it where it waits for the first time, then for the second
    /// time, and so on; returns how many places there were.
    ///
    /// Where the scenario has asked for the [`token`](Self::token), that is cancelled at each of these places,
    /// too, and the scenario runs on.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run), and says at which place.
    #[track_caller]
    pub fn cancel_everywhere<F: Future<Output = ()>>(&self, scenario: impl Fn(Self) -> F) -> usize {
        match self.try_cancel_everywhere(scenario) {
            Ok(result) => result,
            Err(report) => fail(&report),
        }
    }

    /// As [`cancel_everywhere`](Self::cancel_everywhere), and returns what went wrong.
    ///
    /// # Errors
    ///
    /// What went wrong first.
    pub fn try_cancel_everywhere<F: Future<Output = ()>>(
        &self,
        scenario: impl Fn(Self) -> F,
    ) -> Result<usize, Box<Report>> {
        let seed = self.world().setup.seed;
        let first = self.anew(seed);
        let places = once(&first, &scenario, Cut::Never)?;
        let has_token = first.world().token.is_some();
        for place in 0..places {
            for (what, cut) in [("a drop", Cut::At(place)), ("a cancelled token", Cut::TokenAt(place))] {
                if matches!(cut, Cut::TokenAt(_)) && !has_token {
                    continue;
                }
                once(&self.anew(seed), &scenario, cut).map_err(|mut report| {
                    report.injected =
                        Some(format!("{what} where the future waits for the {}. time", place + 1));
                    report
                })?;
            }
        }
        Ok(places)
    }

    /// Returns the token that the lab cancels where it cancels a scenario; the same for every call.
    pub fn token(&self) -> CancelToken {
        self.world().token.get_or_insert_default().clone()
    }

    /// Runs a scenario again and again, with a fault in its first call of the world, then in the second, and
    /// so on, with each error that the call can give; returns how many there were.
    ///
    /// The scenario must take errors as they come.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run), and says which call failed.
    #[track_caller]
    pub fn fail_everywhere<F: Future<Output = ()>>(&self, scenario: impl Fn(Self) -> F) -> usize {
        match self.try_fail_everywhere(scenario) {
            Ok(result) => result,
            Err(report) => fail(&report),
        }
    }

    /// As [`fail_everywhere`](Self::fail_everywhere), and returns what went wrong.
    ///
    /// # Errors
    ///
    /// What went wrong first.
    pub fn try_fail_everywhere<F: Future<Output = ()>>(
        &self,
        scenario: impl Fn(Self) -> F,
    ) -> Result<usize, Box<Report>> {
        let seed = self.world().setup.seed;
        let first = self.anew(seed);
        first.world().faults.calls = Some(Vec::new());
        once(&first, &scenario, Cut::Never)?;
        let calls = first.world().faults.calls.take().unwrap_or_default();
        let mut count = 0;
        for (at, which) in calls.iter().enumerate().flat_map(|(at, call)| variants(at, *call)) {
            let lab = self.anew(seed);
            lab.world().faults.only = Some((at, which));
            once(&lab, &scenario, Cut::Never).map_err(|mut report| {
                report.injected = Some(format!("error {which} of call {at}"));
                report
            })?;
            count += 1;
        }
        Ok(count)
    }

    /// Makes a world with this one's scripts, in which nothing has happened.
    fn anew(&self, seed: Option<u64>) -> Self {
        let mut setup = self.world().setup.clone();
        setup.seed = seed;
        Self::over(World::new(setup))
    }
}

fn variants(at: usize, call: Call) -> impl Iterator<Item = (usize, usize)> {
    (0..call.errors().len()).map(move |which| (at, which))
}

impl Explore {
    /// Lets one call of the world in so many fail. 0, which is the default, is none.
    pub fn faults(self, one_in: u32) -> Self {
        Self { faults: one_in, ..self }
    }

    /// Drops the scenario at one in so many of the places where it waits, or cancels the [`token`](Lab::token)
    /// if it has asked for that. 0, which is the default, is none.
    pub fn cancels(self, one_in: u32) -> Self {
        Self { cancels: one_in, ..self }
    }

    /// Runs the scenario for each seed; returns how many there were.
    ///
    /// # Panics
    ///
    /// As [`Lab::run`], for the first seed with which it goes wrong; the text has the line that runs it again.
    #[track_caller]
    pub fn run<F: Future<Output = ()>>(&self, scenario: impl Fn(Lab) -> F) -> u64 {
        match self.try_run(scenario) {
            Ok(result) => result,
            Err(report) => fail(&report),
        }
    }

    /// Runs the scenario for each seed; returns how many there were.
    ///
    /// # Errors
    ///
    /// The report of the first seed with which it goes wrong; also where the scenario panics.
    pub fn try_run<F: Future<Output = ()>>(&self, scenario: impl Fn(Lab) -> F) -> Result<u64, Box<Report>> {
        let asked = Os::new().var(SEED.as_ref()).and_then(|seed| seed.to_str()?.parse::<u64>().ok());
        let seeds = asked.map_or(self.seeds.clone(), |seed| seed..seed.saturating_add(1));
        let count = seeds.end.saturating_sub(seeds.start);
        for seed in seeds {
            let lab = self.lab.anew(Some(seed));
            lab.world().faults.one_in = self.faults;
            let cut = if self.cancels == 0 { Cut::Never } else { Cut::OneIn(self.cancels) };
            let result = catch_unwind(AssertUnwindSafe(|| once(&lab, &scenario, cut)));
            let result = result.unwrap_or_else(|panic| {
                let Some(text) = panic_text(&*panic) else { resume_unwind(panic) };
                let mut report = lab.report(Vec::new());
                report.panic = Some(text.to_owned());
                Err(Box::new(report))
            });
            result.map_err(|mut report| {
                report.again = Some(again(seed));
                report
            })?;
        }
        Ok(count)
    }
}

/// Returns the line that runs a seed again.
fn again(seed: u64) -> String {
    // The test harness names a test's thread after the test.
    match std::thread::current().name() {
        Some("main") | None => format!("{SEED}={seed} cargo test"),
        Some(test) => format!("{SEED}={seed} cargo test {test}"),
    }
}

/// Runs a scenario in a new world; returns how often it has waited.
fn once<F: Future<Output = ()>>(
    lab: &Lab,
    scenario: &impl Fn(Lab) -> F,
    cut: Cut,
) -> Result<usize, Box<Report>> {
    let (ended, waited) = lab.execute(scenario(lab.clone()), cut);
    let mut breaches = lab.breaches();
    if matches!(ended, Ended::Stuck) {
        breaches.insert(0, Breach::Stuck);
    }
    if breaches.is_empty() { Ok(waited) } else { Err(Box::new(lab.report(breaches))) }
}

#[track_caller]
#[expect(clippy::panic, reason = "a lab is for tests, and this is how one fails")]
pub(super) fn fail(report: &Report) -> ! {
    panic!("{report}")
}
