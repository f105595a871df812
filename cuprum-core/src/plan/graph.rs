//! What the steps of a graph would do.

use std::convert::Infallible;
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
        match self.0.clone().map(&mut |plan| Ok::<_, Infallible>(Commented(plan))) {
            Ok(node) => node.fmt(f),
        }
    }
}

/// A step in whose line something may follow: what no word of a shell says stands in a line above it.
struct Commented(PipelinePlan);

impl fmt::Display for Commented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(plan) = self;
        plan.comment().iter().try_for_each(|comment| writeln!(f, "# {comment}"))?;
        plan.show(f)
    }
}
