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

/// Returns the state of a field that has no value yet; a function, since the compiler finds it sooner than a method.
#[doc(hidden)]
pub fn missing<F>() -> Missing<F> {
    Missing(PhantomData)
}

/// Returns the state that holds what `value` becomes.
#[doc(hidden)]
pub fn given<F, V>(value: impl IntoArg<V>) -> Set<F, V> {
    Set(value.into_arg(), PhantomData)
}

impl<F, V> Set<F, V> {
    /// Creates the state that holds `value`.
    pub const fn new(value: V) -> Self {
        Self(value, PhantomData)
    }
}

impl<F, V> Given<V> for Set<F, V> {
    fn take(self) -> V {
        self.0
    }
}

impl<F> Open<F> for Missing<F> {}
