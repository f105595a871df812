//! What a builder of a command has been given, as types.

use std::marker::PhantomData;

/// A required field, as a type that is named after it.
pub trait Required {
    /// The type of the field.
    type Value;
}

/// A required field that has no value yet.
#[derive(Debug)]
pub struct Missing<F>(PhantomData<F>);

/// A required field that has its value.
#[derive(Debug)]
pub struct Set<F: Required>(F::Value);

/// The state of a field that has its value.
#[diagnostic::on_unimplemented(
    message = "a required argument was not given: Missing<{F}>",
    label = "call its setter before `build`"
)]
pub trait Given<F: Required> {
    /// Returns the value.
    fn take(self) -> F::Value;
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

impl<F: Required> Set<F> {
    /// Creates the state that holds `value`.
    pub const fn new(value: F::Value) -> Self {
        Self(value)
    }
}

impl<F: Required> Given<F> for Set<F> {
    fn take(self) -> F::Value {
        self.0
    }
}

impl<F> Open<F> for Missing<F> {}
