//! What a builder of a command has been given, as types.

use super::IntoArg;

/// A required field that has no value yet.
#[derive(Debug)]
pub struct Missing;

/// The state of the field `F`, a type of its name, when it has its value: that of the field.
#[diagnostic::on_unimplemented(
    message = "a required argument was not given: Missing<{F}>",
    label = "call its setter before `build`"
)]
pub trait Given<F, V>: IntoArg<V> {}

/// The state of the field `F`, a type of its name, when it has no value yet.
#[diagnostic::on_unimplemented(message = "this argument was already given: Set<{F}>", label = "given twice")]
pub trait Open<F> {}

impl<F, V> Given<F, V> for V {}

impl<F> Open<F> for Missing {}
