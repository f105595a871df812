//! Waits until a job has its places in all bulkheads.

use std::convert::Infallible;

use tokio::sync::OwnedSemaphorePermit;

use super::deadline::before_start;
use super::job::Job;
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind};
use crate::spec::{Bulkhead, NoPlace};

/// The places of a job, which are free again when this is dropped.
#[derive(Debug, Default)]
pub(super) struct Places {
    _held: Vec<OwnedSemaphorePermit>,
}

impl Places {
    /// Waits for the places, as long as the job's limits let it.
    pub(super) async fn of(job: &Job, rules: &Rules) -> Result<Self, Error> {
        let mut bulkheads: Vec<&Bulkhead> = job.limits.bulkheads.iter().collect();
        if bulkheads.is_empty() && !is_paced(job) {
            return Ok(Self::default());
        }
        // One order everywhere, and one place in each.
        bulkheads.sort_by_key(|bulkhead| bulkhead.id());
        bulkheads.dedup_by_key(|bulkhead| bulkhead.id());
        let places = async {
            let mut places = Vec::with_capacity(bulkheads.len());
            for bulkhead in &bulkheads {
                places.push(bulkhead.enter().await.map_err(|why| refused(job, bulkhead, why))?);
            }
            // Last, since a place that comes late would make the start late, too.
            #[cfg(feature = "rate-limit")]
            pace(job, rules).await?;
            Ok(places)
        };
        // Asked for the first time when there is no place at once.
        let queued = async {
            job.telling().queued();
            std::future::pending::<Infallible>().await
        };
        let entered = async {
            tokio::select! {
                biased;
                places = places => places,
                never = queued => match never {},
            }
        };
        let late = || format!("no place became free in time: {}", names(job).join(", "));
        Ok(Self { _held: before_start(job, &*rules.backend, entered, late).await?? })
    }
}

/// Returns what the job waits for.
fn names(job: &Job) -> Vec<&str> {
    let bulkheads = job.limits.bulkheads.iter().map(Bulkhead::name);
    #[cfg(feature = "rate-limit")]
    let bulkheads = bulkheads.chain(job.limits.rates.iter().map(crate::spec::RateLimit::name));
    bulkheads.collect()
}

#[cfg(not(feature = "rate-limit"))]
fn is_paced(_: &Job) -> bool {
    false
}

#[cfg(feature = "rate-limit")]
fn is_paced(job: &Job) -> bool {
    !job.limits.rates.is_empty()
}

/// Waits until every rate lets the job start.
#[cfg(feature = "rate-limit")]
async fn pace(job: &Job, rules: &Rules) -> Result<(), Error> {
    let mut rates: Vec<&crate::spec::RateLimit> = job.limits.rates.iter().collect();
    rates.sort_by_key(|rate| rate.id());
    rates.dedup_by_key(|rate| rate.id());
    for rate in rates {
        let passed = rate.pass(|| rules.backend.now(), |pause| rules.backend.sleep(pause)).await;
        passed.ok_or_else(|| {
            let why = format!("the rate limit `{}` lets nothing start", rate.name());
            job.whole(ErrorKind::InvalidLimit, Cause::Text(why))
        })?;
    }
    Ok(())
}

fn refused(job: &Job, bulkhead: &Bulkhead, why: NoPlace) -> Error {
    let (kind, why) = match why {
        NoPlace::Full(waiting) => {
            (ErrorKind::Busy, format!("{waiting} for a place in the bulkhead `{}`", bulkhead.name()))
        }
        NoPlace::Never => {
            (ErrorKind::InvalidLimit, format!("the bulkhead `{}` has no place", bulkhead.name()))
        }
    };
    job.whole(kind, Cause::Text(why))
}
