//! Runs graphs: one step after the other, each as the status of those before it says.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::contained::Shown;
use super::engine;
use super::graph_outcome::{GraphOutcome, StepOutcome};
use super::group::Together;
use super::job::Job;
use super::printed::text;
use super::running::{Look, Running};
use super::telling::permitted;
use super::verbs::Run;
use crate::context::{Cx, Rules};
use crate::error::{Cause, Error, ErrorKind, Result};
use crate::event::Group;
use crate::outcome::PipelineOutcome;
use crate::plan::GraphPlan;
use crate::spec::{Graph, Limits, Link, Mode, Node, Stages};

/// The output of a graph is that of its steps, in the order in which they ran, and its exit code is its status,
/// from 0 to 255. The verbs that fail do so with the error of the last step that ran.
impl<P> Run for Graph<P> {
    type Programs = P;
    type Output = ();
    type Outcome = GraphOutcome;
    type Plan = GraphPlan;

    fn run(self) -> Running<()> {
        walked(self).then(|walk| walk.succeeded().map(drop))
    }

    fn output(self) -> Running<GraphOutcome> {
        walked(self).then(|walk| Ok(walk.outcome()))
    }

    fn read(self) -> Running<String> {
        walked(self).then(|walk| {
            let walk = walk.succeeded()?;
            text(walk.bytes()?).map_err(|(_, fault)| walk.error(ErrorKind::Output, Cause::Output(fault)))
        })
    }

    fn bytes(self) -> Running<Vec<u8>> {
        walked(self).then(|walk| walk.succeeded()?.bytes())
    }

    fn code(self) -> Running<i32> {
        walked(self).then(|walk| Ok(walk.status))
    }

    fn plan(self) -> Result<GraphPlan> {
        GraphPlan::new(self.node, &Cx::current().rules())
    }
}

fn walked<P>(graph: Graph<P>) -> Running<Walk> {
    let shown = Shown::all(graph.to_string(), graph.node.steps());
    Running::new(shown, move |rules, look| {
        Box::pin(async move {
            for stages in graph.node.steps() {
                permitted(stages, &rules)?;
            }
            let limits = graph.limits;
            if let Some(limit) = limits.zero() {
                let cause = Cause::Text(format!("the {limit} is zero"));
                return Err(Error::new(ErrorKind::InvalidLimit, "", graph.node.to_string(), cause));
            }
            let begin = rules.backend.now();
            let (together, rules) = Together::open(Group::Graph, Some(graph.node.steps().len()), rules);
            let steps = Vec::new();
            let mut walk =
                Walk { rules, look, limits, begin, steps, status: 0, success: true, last: None, together };
            let walked = walk.node(&graph.node).await;
            walk.together.close(walked.is_ok() && walk.success);
            walked.map(|()| walk)
        })
    })
}

/// A graph while it runs, and what has become of its steps so far.
struct Walk {
    rules: Arc<Rules>,
    look: Look,
    limits: Limits,
    begin: Duration,
    steps: Vec<Done>,
    status: i32,
    success: bool,
    /// The place of the last step that ran.
    last: Option<usize>,
    together: Together,
}

enum Done {
    Ran(Box<(Job, PipelineOutcome)>),
    Skipped,
}

impl Walk {
    fn node<'a>(
        &'a mut self,
        node: &'a Node<Stages>,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async move {
            match node {
                Node::Step(stages) => self.step(stages.clone()).await,
                Node::Chain(first, rest) => {
                    self.node(first).await?;
                    for (link, next) in rest {
                        match link {
                            Link::And if !self.success => self.skip(next),
                            Link::Or if self.success => self.skip(next),
                            Link::And | Link::Or | Link::Then => self.node(next).await?,
                        }
                    }
                    Ok(())
                }
                Node::If { condition, then, otherwise } => {
                    self.node(condition).await?;
                    let success = self.success;
                    if success {
                        self.node(then).await?;
                    } else {
                        self.skip(then);
                    }
                    match otherwise {
                        Some(otherwise) if success => self.skip(otherwise),
                        Some(otherwise) => self.node(otherwise).await?,
                        None if success => {}
                        None => (self.status, self.success) = (0, true),
                    }
                    Ok(())
                }
            }
        })
    }

    fn skip(&mut self, node: &Node<Stages>) {
        self.steps.extend(node.steps().iter().map(|_| Done::Skipped));
    }

    async fn step(&mut self, mut stages: Stages) -> Result<()> {
        let mut limits = self.limits.clone();
        if let Some(time) = limits.time() {
            let left = time.saturating_sub(self.rules.backend.now().saturating_sub(self.begin));
            if left.is_zero() {
                let why = format!("all steps together had {time:?}, and this one was not started");
                let program = stages.lines.first().map_or("", |line| line.program.name());
                return Err(Error::new(ErrorKind::Timeout, program, stages.to_string(), Cause::Text(why)));
            }
            (limits.timeout, limits.budget.time) = (Some(left), None);
        }
        stages.limits = stages.limits.and(limits);
        stages.mode.get_or_insert(Mode::Last);
        let job = Job::like_a_shell(stages, &self.rules).await?;
        let outcome = engine::execute(&job, &self.rules, Vec::new()).await?;
        if let Some(look) = &mut self.look {
            outcome.stages().for_each(look);
        }
        self.status = outcome.status().shell_code();
        self.success = outcome.success();
        self.last = Some(self.steps.len());
        self.together.ended(self.steps.len(), !self.success);
        self.steps.push(Done::Ran(Box::new((job, outcome))));
        Ok(())
    }

    /// Returns the walk if its last step has succeeded, and that step's error otherwise.
    fn succeeded(mut self) -> Result<Self> {
        if self.success {
            return Ok(self);
        }
        match self.last.map(|last| self.steps.swap_remove(last)) {
            Some(Done::Ran(ran)) => Err(ran.0.fault_or_failure(ran.1)),
            _ => Err(engine::lost("no step of the graph has run")),
        }
    }

    fn error(&self, kind: ErrorKind, cause: Cause) -> Error {
        match self.last.and_then(|last| self.steps.get(last)) {
            Some(Done::Ran(ran)) => ran.0.whole(kind, cause),
            _ => engine::lost("no step of the graph has run"),
        }
    }

    /// Returns what the steps printed, which must have been kept whole.
    fn bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for step in &self.steps {
            if let Done::Ran(ran) = step {
                let (job, outcome) = &**ran;
                let whole = outcome.final_stage().complete_stdout();
                bytes.extend(whole.map_err(|cut| job.whole(ErrorKind::Output, Cause::Output(cut.into())))?);
            }
        }
        Ok(bytes)
    }

    fn outcome(self) -> GraphOutcome {
        let steps = self.steps.into_iter().map(|step| match step {
            Done::Ran(ran) => StepOutcome::Ran { faults: ran.0.into_faults(), outcome: Box::new(ran.1) },
            Done::Skipped => StepOutcome::Skipped,
        });
        GraphOutcome::new(steps.collect(), self.status, self.success)
    }
}
