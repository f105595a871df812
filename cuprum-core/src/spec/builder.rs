//! What a builder of a command has been given, as types.

use std::marker::PhantomData;

use super::IntoArg;

/// A required field that has no value yet; `F` is named after it.
#[derive(Debug)]
pub struct Missing<F>(PhantomData<F>);

/// A required field that has its value.
#[derive(Debug)]
pub struct Set<F, V>(V, PhantomData<F>);

/// The state of a field that has its value.
#[diagnostic::on_unimplemented(
    message = "a required argument was not given: {Self}",
    label = "call its setter before `build`"
)]
pub trait Given<V> {
    /// Returns the value.
    fn take(self) -> V;
}

/// The state of a field that has no value yet.
#[diagnostic::on_unimplemented(message = "this argument was already given: Set<{F}>", label = "given twice")]
pub trait Open<F> {}

impl<F> Missing<F> {
    /// Creates the state.
    #[expect(clippy::new_without_default, reason = "only the derives create one")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F, V> Set<F, V> {
    /// Creates the state that holds `value`.
    pub const fn new(value: V) -> Self {
        Self(value, PhantomData)
    }

    /// Creates the state that holds what `value` becomes.
    pub fn of(value: impl IntoArg<V>) -> Self {
        Self(value.into_arg(), PhantomData)
    }
}

impl<F, V> Given<V> for Set<F, V> {
    fn take(self) -> V {
        self.0
    }
}

impl<F> Open<F> for Missing<F> {}
