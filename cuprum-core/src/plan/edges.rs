//! Which streams between stages pass through the parent, and how.

use std::str::FromStr as _;

use crate::backend::Passing;
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind};
use crate::spec::{Line, Pump};

/// How each stage of a pipeline is joined to the next one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edges {
    pump: Pump,
    passing: Vec<Option<Passing>>,
}

impl Edges {
    /// Works out which of the stages are observed. The variable is read only if one is, and nobody has chosen.
    pub(super) fn new(lines: &[Line], pump: Option<Pump>, rules: &Rules) -> Result<Self, Error> {
        let Some((_, lines)) = lines.split_last() else { return Ok(Self::default()) };
        let Some(first) = lines.iter().find(|line| line.stdout.is_observed()) else {
            return Ok(Self { pump: Pump::Auto, passing: vec![None; lines.len()] });
        };
        let pump = match pump.or(rules.pump) {
            Some(pump) => pump,
            None => chosen(rules).map_err(|fault| {
                Error::new(
                    ErrorKind::InvalidStream,
                    first.program.name(),
                    first.to_string(),
                    Cause::Text(fault),
                )
            })?,
        };
        let limit = rules.capture;
        let passing = lines.iter().map(|line| {
            let looks = line.stdout.capture.looks(limit.head, limit.tail);
            line.stdout.is_observed().then(|| how(pump, looks))
        });
        Ok(Self { pump, passing: passing.collect() })
    }

    pub(crate) fn passing(&self) -> &[Option<Passing>] {
        &self.passing
    }

    /// Returns whether what a stage prints to the next one is observed.
    pub(crate) fn is_observed(&self, index: usize) -> bool {
        self.passing.get(index).is_some_and(Option::is_some)
    }

    /// Returns how a stage's bytes pass through the parent, if it looks at them or only counts them.
    pub(crate) fn how(&self, looks: bool) -> Passing {
        how(self.pump, looks)
    }
}

fn how(pump: Pump, looks: bool) -> Passing {
    match pump {
        Pump::Splice if looks => Passing::Tee,
        Pump::Auto if looks => Passing::Copy,
        Pump::Auto | Pump::Splice => Passing::Splice,
        Pump::Copy => Passing::Copy,
    }
}

/// Returns what the environment of this process says.
fn chosen(rules: &Rules) -> Result<Pump, String> {
    let Some(text) = rules.backend.pump() else { return Ok(Pump::Auto) };
    Pump::from_str(&text.to_string_lossy()).map_err(|fault| fault.to_string())
}
