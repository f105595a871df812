//! Commands and pipelines joined by what became of the ones before: `&&`, `||`, `;`, `if`.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::{Both, Budget, CancelToken, Limits, Mixed, Stage, Stages};

/// Commands and pipelines that run one after the other, each if those before it ended so or so.
///
/// Made by [`graph`]. Its rules are those of a POSIX shell for the same line: `and`, `or` and `then` bind
/// equally and from left to right, a graph that is given to one of them is a group, and a step that is skipped
/// changes no status and touches none of its files.
///
/// # Statuses
///
/// The status of a step is the exit code of its last stage, or of the stage that failed it where the
/// pipeline says another [`Mode`](super::Mode) than [`Mode::Last`](super::Mode::Last), which is the default
/// here. A signal counts as 128 and its number. A program that is not found gives 127, one that cannot be
/// executed 126, and a directory or a file for a stream that is not there 2, as `dash` has it; the stages
/// beside such a one run, and read or write to nobody. A step has succeeded if its command
/// [accepts](crate::IntoSafe::accept) the code, which for most is 0.
///
/// What is no status ends the whole graph: a refusal, an argument that cannot be written, a limit that was
/// reached, a token that was cancelled.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Make;
/// # #[derive(Command)]
/// # #[command(program = Make)]
/// # struct Target { #[arg(positional, allow_hyphen)] name: String }
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
///
/// let lab = Lab::new()
///     .when(|launch| launch.args == ["test"], Script::exit(2))
///     .on::<Target>(Script::exit(0));
/// let steps = cuprum::graph(Target::new("build")).and(Target::new("test")).or(Target::new("report"));
/// assert_eq!(steps.to_string(), "make build && make test || make report");
/// lab.cx().run(steps).wait()?;
/// assert_eq!(lab.ran().len(), 3);
/// # Ok::<(), cuprum::Error>(())
/// ```
#[must_use = "a graph does nothing until it is run"]
pub struct Graph<P> {
    pub(crate) node: Node<Stages>,
    pub(crate) limits: Limits,
    programs: PhantomData<fn() -> P>,
}

/// A step, or several that depend on each other.
#[derive(Clone, Debug)]
pub(crate) enum Node<T> {
    Step(T),
    /// From left to right; there is at least one link.
    Chain(Box<Node<T>>, Vec<(Link, Node<T>)>),
    If {
        condition: Box<Node<T>>,
        then: Box<Node<T>>,
        otherwise: Option<Box<Node<T>>>,
    },
}

/// When the next part of a chain is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// If the status is a success.
    And,
    /// If it is none.
    Or,
    /// Always.
    Then,
}

/// What can be a part of a graph: every command, every pipeline, and every graph, which is a group then.
pub trait Step {
    /// The programs of its commands.
    type Programs;

    /// Returns the graph of it.
    fn into_graph(self) -> Graph<Self::Programs>;
}

impl<S: Stage> Step for S {
    type Programs = S::Programs;

    fn into_graph(self) -> Graph<S::Programs> {
        Graph::new(Node::Step(self.into_pipeline().stages), Limits::default())
    }
}

impl<P> Step for Graph<P> {
    type Programs = P;

    fn into_graph(self) -> Self {
        self
    }
}

/// Begins a graph, whose steps run one after the other, each as those before it ended: with this one step.
pub fn graph<S: Step>(first: S) -> Graph<S::Programs> {
    first.into_graph()
}

/// What [`Graph::branch`] makes.
pub type Branched<P, T, E> = Graph<Both<Both<P, <T as Step>::Programs>, <E as Step>::Programs>>;

impl<P> Graph<P> {
    fn new(node: Node<Stages>, limits: Limits) -> Self {
        Self { node, limits, programs: PhantomData }
    }

    fn link<S: Step>(self, link: Link, next: S) -> Graph<Both<P, S::Programs>> {
        let next = next.into_graph();
        let node = match self.node {
            Node::Chain(first, mut rest) => {
                rest.push((link, next.node));
                Node::Chain(first, rest)
            }
            first => Node::Chain(Box::new(first), vec![(link, next.node)]),
        };
        Graph::new(node, self.limits.and(next.limits))
    }

    /// Runs `next` if this has succeeded, as `&&` does.
    pub fn and<S: Step>(self, next: S) -> Graph<Both<P, S::Programs>> {
        self.link(Link::And, next)
    }

    /// Runs `next` if this has not succeeded, as `||` does.
    pub fn or<S: Step>(self, next: S) -> Graph<Both<P, S::Programs>> {
        self.link(Link::Or, next)
    }

    /// Runs `next` whatever became of this, as `;` does.
    pub fn then<S: Step>(self, next: S) -> Graph<Both<P, S::Programs>> {
        self.link(Link::Then, next)
    }

    /// Runs one of two, as this has succeeded or not; the status is that of the one.
    pub fn branch<T: Step, E: Step>(self, then: T, otherwise: E) -> Branched<P, T, E> {
        let (then, otherwise) = (then.into_graph(), otherwise.into_graph());
        let limits = self.limits.and(then.limits).and(otherwise.limits);
        let node = Node::If {
            condition: Box::new(self.node),
            then: Box::new(then.node),
            otherwise: Some(Box::new(otherwise.node)),
        };
        Graph::new(node, limits)
    }

    /// Runs `then` if this has succeeded; otherwise the status is 0, as `if` without `else` has it.
    pub fn when<T: Step>(self, then: T) -> Graph<Both<P, T::Programs>> {
        let then = then.into_graph();
        let (condition, limits) = (Box::new(self.node), self.limits.and(then.limits));
        Graph::new(Node::If { condition, then: Box::new(then.node), otherwise: None }, limits)
    }

    /// Forgets which programs it runs, so that graphs of different commands have one type.
    ///
    /// What it may run is checked when it runs, as always.
    pub fn mixed(self) -> Graph<Mixed> {
        Graph::new(self.node, self.limits)
    }

    /// Stops the graph when all its steps together have run for this long.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limits.timeout = Some(limit);
        self
    }

    /// Stops each step when it has used up `budget`; its time is that of all steps together.
    pub fn budget(mut self, budget: Budget) -> Self {
        self.limits.budget = self.limits.budget.and(budget);
        self
    }

    /// Stops the graph when `token` is cancelled; several tokens can be given.
    pub fn cancelled_by(mut self, token: &CancelToken) -> Self {
        self.limits.cancel.push(token.clone());
        self
    }
}

impl<T> Node<T> {
    /// Returns the steps, from left to right.
    pub(crate) fn steps(&self) -> Vec<&T> {
        match self {
            Self::Step(step) => vec![step],
            Self::Chain(first, rest) => {
                let mut steps = first.steps();
                rest.iter().for_each(|(_, node)| steps.extend(node.steps()));
                steps
            }
            Self::If { condition, then, otherwise } => {
                let mut steps = condition.steps();
                steps.extend(then.steps());
                otherwise.iter().for_each(|node| steps.extend(node.steps()));
                steps
            }
        }
    }

    /// Returns the same graph of other steps, or the first fault.
    pub(crate) fn map<U, E>(self, change: &mut impl FnMut(T) -> Result<U, E>) -> Result<Node<U>, E> {
        Ok(match self {
            Self::Step(step) => Node::Step(change(step)?),
            Self::Chain(first, rest) => {
                let first = Box::new(first.map(change)?);
                let rest = rest.into_iter().map(|(link, node)| Ok((link, node.map(change)?)));
                Node::Chain(first, rest.collect::<Result<_, E>>()?)
            }
            Self::If { condition, then, otherwise } => Node::If {
                condition: Box::new(condition.map(change)?),
                then: Box::new(then.map(change)?),
                otherwise: match otherwise {
                    Some(node) => Some(Box::new(node.map(change)?)),
                    None => None,
                },
            },
        })
    }
}

/// A line of a POSIX shell.
impl<T: fmt::Display> fmt::Display for Node<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step(step) => step.fmt(f),
            Self::Chain(first, rest) => {
                first.fmt_part(f)?;
                rest.iter().try_for_each(|(link, node)| {
                    f.write_str(match link {
                        Link::And => " && ",
                        Link::Or => " || ",
                        Link::Then => "; ",
                    })?;
                    node.fmt_part(f)
                })
            }
            Self::If { condition, then, otherwise } => {
                write!(f, "if {condition}; then {then};")?;
                if let Some(otherwise) = otherwise {
                    write!(f, " else {otherwise};")?;
                }
                f.write_str(" fi")
            }
        }
    }
}

impl<T: fmt::Display> Node<T> {
    /// A chain within a chain is a group.
    fn fmt_part(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chain(..) => write!(f, "{{ {self}; }}"),
            _ => fmt::Display::fmt(self, f),
        }
    }
}

impl<P> Clone for Graph<P> {
    fn clone(&self) -> Self {
        Self::new(self.node.clone(), self.limits.clone())
    }
}

/// The line, as a POSIX shell reads it back.
impl<P> fmt::Display for Graph<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}

impl<P> fmt::Debug for Graph<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}
