//! The derives of Cuprum.
