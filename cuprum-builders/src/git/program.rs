//! The program, and what every command of it is given and refused.

use cuprum::Program;

/// The `git` command.
///
/// Its commands never ask, page, edit, sign, fetch what a partial clone lacks, or start a process in the
/// background: no prompt, no pager, no editor, no automatic maintenance, no file system monitor.
/// Messages are in the C locale, so that they can be recognised. Only the transports `file`, `http`,
/// `https` and `ssh` are open, also after git has rewritten an address by its configuration, and
/// templates are empty, so that no hook is planted. Signatures are checked and made by `gpg`, `gpgsm` or
/// `ssh-keygen`, whatever program is configured; another one is named by
/// [`env`](cuprum::IntoSafe::env), as the value of `GIT_CONFIG_VALUE_17`, `_19` or `_18`.
///
/// The variables by which an environment could change where git looks, or make it, its loader or an
/// interpreter run something else, are not inherited (git(1), "Environment Variables"; ld.so(8)); a command
/// can still be given one by [`env`](cuprum::IntoSafe::env). Names and addresses of authors
/// (`GIT_AUTHOR_*`, `GIT_COMMITTER_*`) are, and so are the files that git is configured by.
///
/// # Repositories of others
///
/// Hooks run on a [`commit`](super::GitCommit) only. A repository's own configuration can name more programs
/// that git runs: filters and merge drivers of its attributes, on `status`, `add`, `checkout` and
/// `merge`; helpers for passwords, on `fetch` and `push`; commands of a rebase that it is in the middle of.
/// Run these commands as they are only in repositories whose owner you trust, and by
/// [`Repo::untrusted`](super::Repo::untrusted) in any other.
#[derive(Clone, Copy, Debug, Program)]
#[program(
    name = "git",
    separator = "--end-of-options",
    tier = destructive,
    project = "core-ops",
    docs("https://git-scm.com/docs"),
    explain = super::failure::explain,
    env(
        set(
            "LC_ALL" = "C",
            "GIT_ADVICE" = "0",
            "GIT_ALLOW_PROTOCOL" = "file:http:https:ssh",
            "GIT_EDITOR" = "false",
            "GIT_LITERAL_PATHSPECS" = "1",
            "GIT_NO_LAZY_FETCH" = "1",
            "GIT_NO_REPLACE_OBJECTS" = "1",
            "GIT_PAGER" = "cat",
            "GIT_SSH_COMMAND" = "ssh -oBatchMode=yes",
            "GIT_TEMPLATE_DIR" = "",
            "GIT_TERMINAL_PROMPT" = "0",
            // Configuration that wins over every file, given by the environment since git 2.31.
            "GIT_CONFIG_COUNT" = "23",
            "GIT_CONFIG_KEY_0" = "core.fsmonitor",
            "GIT_CONFIG_VALUE_0" = "false",
            "GIT_CONFIG_KEY_1" = "gc.auto",
            "GIT_CONFIG_VALUE_1" = "0",
            "GIT_CONFIG_KEY_2" = "maintenance.auto",
            "GIT_CONFIG_VALUE_2" = "false",
            "GIT_CONFIG_KEY_3" = "color.ui",
            "GIT_CONFIG_VALUE_3" = "false",
            "GIT_CONFIG_KEY_4" = "log.showSignature",
            "GIT_CONFIG_VALUE_4" = "false",
            "GIT_CONFIG_KEY_5" = "submodule.recurse",
            "GIT_CONFIG_VALUE_5" = "false",
            "GIT_CONFIG_KEY_6" = "fetch.recurseSubmodules",
            "GIT_CONFIG_VALUE_6" = "false",
            "GIT_CONFIG_KEY_7" = "push.recurseSubmodules",
            "GIT_CONFIG_VALUE_7" = "no",
            "GIT_CONFIG_KEY_8" = "commit.gpgSign",
            "GIT_CONFIG_VALUE_8" = "false",
            "GIT_CONFIG_KEY_9" = "tag.gpgSign",
            "GIT_CONFIG_VALUE_9" = "false",
            "GIT_CONFIG_KEY_10" = "push.gpgSign",
            "GIT_CONFIG_VALUE_10" = "false",
            "GIT_CONFIG_KEY_11" = "core.alternateRefsCommand",
            "GIT_CONFIG_VALUE_11" = "exit 0 #",
            "GIT_CONFIG_KEY_12" = "core.gitProxy",
            "GIT_CONFIG_VALUE_12" = "",
            "GIT_CONFIG_KEY_13" = "transfer.bundleURI",
            "GIT_CONFIG_VALUE_13" = "false",
            "GIT_CONFIG_KEY_14" = "core.protectHFS",
            "GIT_CONFIG_VALUE_14" = "true",
            "GIT_CONFIG_KEY_15" = "core.protectNTFS",
            "GIT_CONFIG_VALUE_15" = "true",
            "GIT_CONFIG_KEY_16" = "sequence.editor",
            "GIT_CONFIG_VALUE_16" = "false",
            // A format of a log or of refs, also a configured one, can ask for signatures to be checked.
            "GIT_CONFIG_KEY_17" = "gpg.program",
            "GIT_CONFIG_VALUE_17" = "gpg",
            "GIT_CONFIG_KEY_18" = "gpg.ssh.program",
            "GIT_CONFIG_VALUE_18" = "ssh-keygen",
            "GIT_CONFIG_KEY_19" = "gpg.x509.program",
            "GIT_CONFIG_VALUE_19" = "gpgsm",
            "GIT_CONFIG_KEY_20" = "core.askPass",
            "GIT_CONFIG_VALUE_20" = "",
            // Contents of a submodule are compared by a git of its own, which runs what is configured there.
            "GIT_CONFIG_KEY_21" = "diff.submodule",
            "GIT_CONFIG_VALUE_21" = "short",
            // The last one, so that a command that is to run hooks leaves it out by counting one less.
            "GIT_CONFIG_KEY_22" = "core.hooksPath",
            "GIT_CONFIG_VALUE_22" = "/dev/null"
        ),
        deny(
            // By these the loader, the C library, or an interpreter that a hook or a driver is written in,
            // runs something first.
            "AWKLIBPATH",
            "AWKPATH",
            "BASHOPTS",
            "BASH_ENV",
            "BASH_FUNC_*",
            "CDPATH",
            "DYLD_*",
            "ENV",
            "GCONV_PATH",
            "GLIBC_TUNABLES",
            "IFS",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "LD_*",
            "LOCPATH",
            "LUA_INIT*",
            "MALLOC_*",
            "NLSPATH",
            "NODE_OPTIONS",
            "NODE_PATH",
            "PERL5DB",
            "PERL5LIB",
            "PERL5OPT",
            "PERLLIB",
            "PS4",
            "PYTHONHOME",
            "PYTHONPATH",
            "PYTHONSTARTUP",
            "RUBYLIB",
            "RUBYOPT",
            "SHELLOPTS",
            "ZDOTDIR",
            "_JAVA_OPTIONS",
            // By these libraries of git take other files and hosts, or write keys to a file.
            "CURL_HOME",
            "HOSTALIASES",
            "KRB5_CONFIG",
            "OPENSSL_*",
            "RES_OPTIONS",
            "SSLKEYLOGFILE",
            "TERMCAP",
            "TERMINFO*",
            // By these git, and what it starts, asks, pages and shows.
            "BROWSER",
            "EDITOR",
            "LESS*",
            "LV",
            "MANPAGER",
            "PAGER",
            "VISUAL",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_ASKPASS",
            "GIT_ATTR_SOURCE",
            "GIT_CEILING_DIRECTORIES",
            "GIT_COMMON_DIR",
            "GIT_CONFIG",
            "GIT_CONFIG_COUNT",
            "GIT_CONFIG_KEY_*",
            "GIT_CONFIG_PARAMETERS",
            "GIT_CONFIG_VALUE_*",
            "GIT_DEFAULT_HASH",
            "GIT_DIFF_OPTS",
            "GIT_DIR",
            "GIT_EXEC_PATH",
            "GIT_EXTERNAL_DIFF",
            "GIT_GLOB_PATHSPECS",
            "GIT_ICASE_PATHSPECS",
            "GIT_INDEX_FILE",
            "GIT_NAMESPACE",
            "GIT_NOGLOB_PATHSPECS",
            "GIT_OBJECT_DIRECTORY",
            "GIT_PREFIX",
            "GIT_PROXY_COMMAND",
            "GIT_QUARANTINE_PATH",
            "GIT_REPLACE_REF_BASE",
            "GIT_SEQUENCE_EDITOR",
            "GIT_SHALLOW_FILE",
            "GIT_SSH",
            "GIT_SSH_VARIANT",
            "GIT_SSL_NO_VERIFY",
            "GIT_TEST_*",
            "GIT_TRACE*",
            "GIT_WORK_TREE",
            "POSIXLY_CORRECT",
            "SSH_ASKPASS*"
        )
    )
)]
pub struct Git;
