//! `cargo xtask verify`: compares the builders with what the installed git, tar and rsync say of themselves.

use crate::Failure;
use crate::tools::Tool;

pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    if let Some(arg) = args.iter().find(|arg| *arg != "--reasons") {
        return Err(Failure::Usage(format!("`verify` takes `--reasons` only, but got `{arg}`")));
    }
    if tool().args(args).run()? {
        return Ok(());
    }
    Err(Failure::Failed("the builders and the installed tools differ".to_owned()))
}

/// Returns the program that compares; it needs the library, which xtask does not.
pub(crate) fn tool() -> Tool {
    Tool::cargo().args(["run", "--quiet", "--package", "cuprum-verify", "--"])
}

#[cfg(test)]
mod tests {
    use super::{Failure, run};

    #[test]
    fn only_one_argument_is_known() {
        let Err(Failure::Usage(why)) = run(&["--all".to_owned()]) else { panic!("it ran") };
        assert_eq!(why, "`verify` takes `--reasons` only, but got `--all`");
    }
}
