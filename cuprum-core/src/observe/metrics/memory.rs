//! Keeps metrics in memory for a test to look at.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use metrics::{
    Counter, CounterFn, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};

/// Keeps metrics in memory, for a test to look at: by name, the labels aside. Clones share them.
///
/// It is a recorder of the crate `metrics`, so it keeps whatever else is counted for it, gauges excepted.
#[derive(Clone, Debug, Default)]
pub struct MemoryMetrics(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    counters: BTreeMap<String, u64>,
    histograms: BTreeMap<String, Vec<f64>>,
}

impl MemoryMetrics {
    /// Creates an empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the sum of a counter; 0 if nothing was counted.
    pub fn counter(&self, name: &str) -> u64 {
        self.kept().counters.get(name).copied().unwrap_or(0)
    }

    /// Returns all counters that something was counted for, by name.
    pub fn counters(&self) -> BTreeMap<String, u64> {
        self.kept().counters.clone()
    }

    /// Returns the values of a histogram, in the order in which they came.
    pub fn histogram(&self, name: &str) -> Vec<f64> {
        self.kept().histograms.get(name).cloned().unwrap_or_default()
    }

    /// Forgets all of it at once; nothing that is counted meanwhile is half forgotten.
    pub fn reset(&self) {
        *self.kept() = Kept::default();
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One counter or histogram of it.
struct One {
    memory: MemoryMetrics,
    name: String,
}

impl CounterFn for One {
    fn increment(&self, value: u64) {
        let mut kept = self.memory.kept();
        let sum = kept.counters.entry(self.name.clone()).or_default();
        *sum = sum.saturating_add(value);
    }

    fn absolute(&self, value: u64) {
        let mut kept = self.memory.kept();
        let sum = kept.counters.entry(self.name.clone()).or_default();
        *sum = (*sum).max(value);
    }
}

impl HistogramFn for One {
    fn record(&self, value: f64) {
        self.memory.kept().histograms.entry(self.name.clone()).or_default().push(value);
    }
}

impl MemoryMetrics {
    fn one(&self, key: &Key) -> Arc<One> {
        Arc::new(One { memory: self.clone(), name: key.name().to_owned() })
    }
}

impl Recorder for MemoryMetrics {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.one(key))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.one(key))
    }
}
