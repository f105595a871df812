//! What must not compile, and the message that says why: one rule a file.

#[test]
#[cfg_attr(not(pinned_toolchain), ignore = "the texts are those of the compiler version the packages state")]
fn what_must_not_compile_says_why() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/allow/*.rs");
    cases.compile_fail("tests/ui/derive/*.rs");
    cases.compile_fail("tests/ui/pipeline/*.rs");
    cases.compile_fail("tests/ui/program/*.rs");
    cases.compile_fail("tests/ui/template/*.rs");
    cases.compile_fail("tests/ui/types/*.rs");
}
