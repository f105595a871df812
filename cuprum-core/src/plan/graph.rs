//! What the steps of a graph would do.

use std::fmt;

use super::PipelinePlan;
use crate::context::Rules;
use crate::error::Error;
use crate::spec::{Node, Stages};

/// What the steps of a graph would do, and on what they depend. Printed, it is a line of a POSIX shell.
///
/// Unlike the run itself, it is an error if a program is not there.
#[derive(Clone, Debug)]
pub struct GraphPlan(Node<PipelinePlan>);

impl GraphPlan {
    pub(crate) fn new(node: Node<Stages>, rules: &Rules) -> Result<Self, Error> {
        Ok(Self(node.map(&mut |stages| PipelinePlan::new(stages, rules))?))
    }

    /// Returns the steps, from left to right.
    pub fn steps(&self) -> Vec<&PipelinePlan> {
        self.0.steps()
    }
}

impl fmt::Display for GraphPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
