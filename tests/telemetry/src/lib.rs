//! What observers tell the telemetry libraries that people use; the tests are in `tests/`.
