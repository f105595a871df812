//! A process that runs commands in a state that a test process cannot be in.
//!
//! `host PATH STATE PROBE FILE`: PATH is `std` or `clone`; what came of it goes to FILE. The states: `closed`
//! (no standard streams), `many` (500 runs; then its open descriptors and its children), `open` (a descriptor
//! that is not closed on exec), `ids` (may it be traced after it started a child as another user?).

use std::fmt::Write as _;
use std::path::Path;

use cuprum::backend::{Backend as _, Os, SpawnPath};
use cuprum::spec::{Attributes, Stdin, Uid};
use cuprum::{Cx, IntoSafe as _, Run as _};
use cuprum_tests::probe;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [path, state, exe, file] = &args[..] else { return Err("four words are needed".into()) };
    // What the test's own parent left open is none of our business.
    for fd in 3..1024 {
        let _ = nix::unistd::close(fd);
    }
    let path = if path == "std" { SpawnPath::Std } else { SpawnPath::Clone };
    let os = Os::new().with_spawn(path);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let text = runtime.block_on(async {
        let cx = Cx::new().with_backend(os);
        match state.as_str() {
            "closed" => closed(&cx, exe).await,
            "many" => many(&cx, exe).await,
            "open" => open(&cx, exe).await,
            "ids" => ids(os, exe),
            other => Err(format!("no state {other}").into()),
        }
    });
    std::fs::write(file, text.unwrap_or_else(|error| format!("failed: {error}")))?;
    Ok(())
}

async fn closed(cx: &Cx, exe: &str) -> Result<String> {
    for fd in 0..3 {
        nix::unistd::close(fd)?;
    }
    let mut text = String::new();
    // Each time the pipes get other numbers, the standard ones among them.
    for _ in 0..3 {
        let words = ["cat", "err", "e", "fds"];
        let outcome = cx.output(probe(exe, words).stdin(Stdin::Bytes(b"in,".to_vec()))).await?;
        let (out, err) = (outcome.stdout().text_lossy(), outcome.stderr().text_lossy());
        writeln!(text, "{out} {err} {}", outcome.status())?;
        let outcome = cx.output(probe(exe, ["out", "o", "fds"])).await?;
        writeln!(text, "{}", outcome.stdout().text_lossy())?;
    }
    Ok(text)
}

async fn many(cx: &Cx, exe: &str) -> Result<String> {
    let run = || cx.run(probe(exe, ["cat"]).stdin(Stdin::Bytes(b"x".to_vec())));
    run().await?;
    let before = std::fs::read_dir("/proc/self/fd")?.count();
    for _ in 0..500 {
        run().await?;
    }
    let after = std::fs::read_dir("/proc/self/fd")?.count();
    let children = std::fs::read_to_string("/proc/thread-self/children")?;
    Ok(format!("{} more descriptors, children: {children:?}", after - before))
}

async fn open(cx: &Cx, exe: &str) -> Result<String> {
    let file = std::fs::File::open("/dev/null")?;
    rustix::io::fcntl_setfd(&file, rustix::io::FdFlags::empty())?;
    Ok(cx.read(probe(exe, ["fds"])).await?)
}

fn ids(os: Os, exe: &str) -> Result<String> {
    let mut launch = probe(exe, ["out", "x"]).plan()?.launch().clone();
    let mut attributes = Attributes::default();
    attributes.uid = Some(Uid::from_raw(65534));
    launch.attributes = attributes;
    // Where the other user cannot get at the file, it is the last step that fails.
    launch.program = Path::new("/bin/true").to_owned();
    let started = os.start(&launch)?;
    drop(started);
    Ok(format!("{:?}", rustix::process::dumpable_behavior()?))
}
