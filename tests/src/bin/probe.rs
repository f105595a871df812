//! A small program for tests: it does what its words say, in order.
//!
//! Words: `out TEXT`, `err TEXT`, `spam out|err BYTES`, `yes LINES` (each is a `y`), `cat` (standard input to
//! standard output), `take BYTES` (so much of it, and no more), `env NAME`, `pwd`, `exe` (its own file), `exit CODE`, `abort` (by
//! a signal), `fds` (the numbers of its open descriptors), `link FD` (what that descriptor is), `touch FILE`
//! (makes it), `stop` (until it is continued), `stay` (for
//! ever), `say FIFO` (opens it for writing and says "up"), `hold FIFO` (the same, and stays), `until FIFO`
//! (opens it for reading and waits for its end), `block-term` and `wait-term` (waits for the signal that
//! is blocked), `session` (leaves the process group), `fork WORDS…` (starts itself with the remaining
//! words, shares its streams, and stays), `leave WORDS…` (the same, and exits).

#![expect(clippy::disallowed_methods, reason = "a grandchild that Cuprum did not start is what tests need")]

use std::io::{Read as _, Write as _};

use nix::sys::signal::{SigSet, Signal};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args_os().skip(1);
    while let Some(word) = words.next() {
        let mut next = || words.next().ok_or("a word is missing");
        match word.to_str().ok_or("a word is not UTF-8")? {
            "out" => std::io::stdout().write_all(next()?.as_encoded_bytes())?,
            "err" => std::io::stderr().write_all(next()?.as_encoded_bytes())?,
            "spam" => {
                let to_out = next()? == "out";
                let bytes: u64 = next()?.to_str().ok_or("a size is digits")?.parse()?;
                let mut filler = std::io::repeat(b'x').take(bytes);
                if to_out {
                    std::io::copy(&mut filler, &mut std::io::stdout().lock())?;
                } else {
                    std::io::copy(&mut filler, &mut std::io::stderr().lock())?;
                }
            }
            "yes" => {
                let mut left: usize = next()?.to_str().ok_or("a count is digits")?.parse()?;
                let many = "y\n".repeat(left.min(1 << 15));
                while left > 0 {
                    let now = left.min(1 << 15);
                    std::io::stdout().write_all(many.split_at(2 * now).0.as_bytes())?;
                    left -= now;
                }
            }
            "cat" => {
                std::io::copy(&mut std::io::stdin().lock(), &mut std::io::stdout().lock())?;
            }
            "take" => {
                let bytes: u64 = next()?.to_str().ok_or("a size is digits")?.parse()?;
                std::io::copy(&mut std::io::stdin().lock().take(bytes), &mut std::io::stdout().lock())?;
            }
            "env" => match std::env::var_os(next()?) {
                Some(value) => std::io::stdout().write_all(value.as_encoded_bytes())?,
                None => print!("<unset>"),
            },
            "exe" => print!("{}", std::env::current_exe()?.display()),
            "pwd" => print!("{}", std::env::current_dir()?.display()),
            "fds" => {
                // The descriptor of the listing itself is closed when the names are there.
                let list = std::fs::read_dir("/proc/self/fd")?;
                let names: Vec<_> =
                    list.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<_>>()?;
                let open = names.iter().map(|name| name.to_string_lossy());
                let mut open: Vec<_> =
                    open.filter(|name| std::fs::read_link(format!("/proc/self/fd/{name}")).is_ok()).collect();
                open.sort();
                print!("{}", open.join(" "));
            }
            "link" => {
                let number = next()?;
                let link = std::fs::read_link(std::path::Path::new("/proc/self/fd").join(number))?;
                std::io::stdout().write_all(link.as_os_str().as_encoded_bytes())?;
            }
            "touch" => drop(std::fs::File::create(next()?)?),
            "exit" => {
                std::process::exit(next()?.to_str().ok_or("a code is digits")?.parse()?);
            }
            "abort" => std::process::abort(),
            "stop" => nix::sys::signal::raise(Signal::SIGSTOP)?,
            "stay" => stay(),
            "say" => std::fs::OpenOptions::new().write(true).open(next()?)?.write_all(b"up")?,
            "until" => {
                std::fs::File::open(next()?)?.read_to_end(&mut Vec::new())?;
            }
            "block-term" => SigSet::from(Signal::SIGTERM).thread_block()?,
            "wait-term" => drop(SigSet::from(Signal::SIGTERM).wait()?),
            "session" => drop(nix::unistd::setsid()?),
            "hold" => {
                let mut fifo = std::fs::OpenOptions::new().write(true).open(next()?)?;
                fifo.write_all(b"up")?;
                stay();
            }
            "fork" => {
                std::process::Command::new(std::env::current_exe()?).args(words).spawn()?;
                stay();
            }
            "leave" => {
                std::process::Command::new(std::env::current_exe()?).args(words).spawn()?;
                return Ok(());
            }
            other => return Err(format!("unknown word {other:?}").into()),
        }
        std::io::stdout().flush()?;
    }
    Ok(())
}

fn stay() -> ! {
    loop {
        std::thread::park();
    }
}
