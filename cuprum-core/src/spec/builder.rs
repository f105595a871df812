//! What a builder of a command has been given, as types.

use super::IntoArg;

/// A required field that has no value yet.
#[derive(Debug)]
pub struct Missing;

/// A required field that has its value.
#[derive(Debug)]
pub struct Set<V>(V);

/// The state of the field `F`, a type of its name, when it has its value.
#[diagnostic::on_unimplemented(
    message = "a required argument was not given: Missing<{F}>",
    label = "call its setter before `build`"
)]
pub trait Given<F, V>: IntoArg<V> {}

/// The state of the field `F`, a type of its name, when it has no value yet.
#[diagnostic::on_unimplemented(message = "this argument was already given: Set<{F}>", label = "given twice")]
pub trait Open<F> {}

/// Returns the state that holds what `value` becomes.
#[doc(hidden)]
pub fn given<V>(value: impl IntoArg<V>) -> Set<V> {
    Set(value.into_arg())
}

impl<V> Set<V> {
    /// Creates the state that holds `value`.
    pub const fn new(value: V) -> Self {
        Self(value)
    }
}

impl<V> IntoArg<V> for Set<V> {
    fn into_arg(self) -> V {
        self.0
    }
}

impl<F, V> Given<F, V> for Set<V> {}

impl<F> Open<F> for Missing {}
