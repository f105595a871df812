//! The programs of the tests, and a subscriber that keeps what `tracing` is told.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use cuprum::Program;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record as Recorded};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, filter::LevelFilter};

#[derive(Program)]
#[program(project = "core-ops", noise("progress:*"))]
pub struct Git;

#[derive(Program)]
pub struct Make;

#[derive(Program)]
pub struct Head;

pub type Fields = BTreeMap<String, String>;

/// One record, with the spans that it is in, outermost first.
#[derive(Clone, Debug)]
pub struct Record {
    pub level: Level,
    pub target: String,
    pub message: String,
    pub fields: Fields,
    pub spans: Vec<String>,
}

impl Record {
    #[track_caller]
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).unwrap_or_else(|| panic!("{name} is not in {self:?}"))
    }
}

/// What `tracing` was told.
#[derive(Clone, Default)]
pub struct Told {
    records: Arc<Mutex<Vec<Record>>>,
    /// The name of each span that has ended, and its fields at the end.
    spans: Arc<Mutex<Vec<(String, Fields)>>>,
}

impl Told {
    /// Runs `work`, and returns what was told up to `most`.
    ///
    /// One at a time: `tracing` keeps for each place in the code whether anybody listens, and asks the subscriber
    /// of whichever thread comes there first.
    pub fn during(most: Level, work: impl FnOnce()) -> Self {
        static ONE: Mutex<()> = Mutex::new(());
        let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let told = Self::default();
        let layer = told.clone().with_filter(LevelFilter::from_level(most));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), work);
        told
    }

    /// Returns the records with a target.
    pub fn records(&self, target: &str) -> Vec<Record> {
        let records = self.records.lock().unwrap();
        records.iter().filter(|record| record.target == target).cloned().collect()
    }

    pub fn messages(&self, target: &str) -> Vec<String> {
        self.records(target).into_iter().map(|record| record.message).collect()
    }

    pub fn spans(&self) -> Vec<(String, Fields)> {
        self.spans.lock().unwrap().clone()
    }

    /// Returns all of it as text.
    pub fn text(&self) -> String {
        format!("{:?}\n{:?}", self.records.lock().unwrap(), self.spans())
    }
}

struct Visitor<'a>(&'a mut Fields);

impl Visit for Visitor<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Told {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, cx: Context<'_, S>) {
        let mut fields = Fields::new();
        attributes.record(&mut Visitor(&mut fields));
        cx.span(id).unwrap().extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &Id, values: &Recorded<'_>, cx: Context<'_, S>) {
        let span = cx.span(id).unwrap();
        values.record(&mut Visitor(span.extensions_mut().get_mut::<Fields>().unwrap()));
    }

    fn on_event(&self, event: &Event<'_>, cx: Context<'_, S>) {
        let mut fields = Fields::new();
        event.record(&mut Visitor(&mut fields));
        let spans = cx.event_scope(event).into_iter().flat_map(|scope| scope.from_root());
        self.records.lock().unwrap().push(Record {
            level: *event.metadata().level(),
            target: event.metadata().target().to_owned(),
            message: fields.remove("message").unwrap_or_default(),
            fields,
            spans: spans.map(|span| span.name().to_owned()).collect(),
        });
    }

    fn on_close(&self, id: Id, cx: Context<'_, S>) {
        let span = cx.span(&id).unwrap();
        let fields = span.extensions().get::<Fields>().cloned().unwrap_or_default();
        self.spans.lock().unwrap().push((span.name().to_owned(), fields));
    }
}
