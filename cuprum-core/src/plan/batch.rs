//! What the commands of a batch would do.

use std::fmt;

use super::PipelinePlan;

/// What the commands of a batch would do, in the order in which they were given. Printed, it is one a line.
#[derive(Clone, Debug)]
pub struct BatchPlan(Vec<PipelinePlan>);

impl BatchPlan {
    pub(crate) fn new(plans: Vec<PipelinePlan>) -> Self {
        Self(plans)
    }

    /// Returns what each command would do.
    pub fn plans(&self) -> &[PipelinePlan] {
        &self.0
    }
}

impl fmt::Display for BatchPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(index, plan)| match index {
            0 => write!(f, "{plan}"),
            _ => write!(f, "\n{plan}"),
        })
    }
}
