//! A process that runs commands in a state that a test process cannot be in.
//!
//! `host PATH STATE PROBE FILE`: PATH is `std`, `clone`, `pool`, or `crowded` (`clone`, with so many descriptors open
//! that children begin without copies of them); what came of it goes to FILE. The states: `closed`
//! (no standard streams), `redirects` (none either, and files and copies), `many` (500 runs; then its open
//! descriptors and its children), `open` (a descriptor that is not closed on exec), `ids` (may it be traced after
//! it started a child as another user?), `deaf` (it is started with SIGCHLD ignored), `capped` (how
//! its memory grows while much more is printed than it keeps), `touched` (how many of its pages a spawn with
//! options has made the kernel copy or mark), `tee` (shows a command's outputs on its own), `pipes` (who has opened
//! a child's pipes).

use std::fmt::Write as _;
use std::path::Path;

use cuprum::backend::{Backend as _, Os, SpawnPath};
use cuprum::context::CaptureLimit;
use cuprum::spec::{Attributes, Capture, Sink, Stdin, Stdio, Uid};
use cuprum::{Cx, IntoSafe as _, Run as _, SafeCmd};
use cuprum_tests::{Probe, probe};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [path, state, exe, file] = &args[..] else { return Err("four words are needed".into()) };
    // What the test's own parent left open is none of our business.
    for fd in 3..1024 {
        let _ = nix::unistd::close(fd);
    }
    let crowd = crowd(if path == "crowded" { 300 } else { 0 })?;
    let path = match path.as_str() {
        "std" => SpawnPath::Std,
        "pool" => SpawnPath::Pool,
        _ => SpawnPath::Clone,
    };
    let os = Os::new().with_spawn(path);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let text = runtime.block_on(async {
        let cx = Cx::new().with_backend(os);
        match state.as_str() {
            "closed" => closed(&cx, exe).await,
            "redirects" => redirects(&cx, exe, file).await,
            "many" => many(&cx, exe).await,
            "open" => open(&cx, exe).await,
            "ids" => ids(os, exe),
            "deaf" => deaf(&cx, exe).await,
            "tee" => tee(&cx, exe).await,
            "capped" => capped(&cx, exe).await,
            "touched" => touched(&cx, exe).await,
            "pipes" => pipes(&cx).await,
            other => Err(format!("no state {other}").into()),
        }
    });
    drop(crowd);
    std::fs::write(file, text.unwrap_or_else(|error| format!("failed: {error}")))?;
    Ok(())
}

/// Opens so many descriptors.
fn crowd(most: usize) -> Result<Vec<std::fs::File>> {
    (0..most).map(|_| Ok(std::fs::File::open("/dev/null")?)).collect()
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

/// Redirects what a command reads and prints, in a process that has no standard streams.
async fn redirects(cx: &Cx, exe: &str, file: &str) -> Result<String> {
    let mut text = String::new();
    for fd in 0..3 {
        nix::unistd::close(fd)?;
    }
    for _ in 0..3 {
        // These get the numbers that are free now.
        let own = std::fs::File::options().append(true).create(true).open(file)?;
        let copy =
            std::fs::File::options().read(true).write(true).create(true).open(format!("{file}.copy"))?;
        let number = std::os::fd::AsRawFd::as_raw_fd(&copy);
        let words = ["cat", "out", "o", "err", "e"];
        let capture = Capture::new().tee(Sink::append(format!("{file}.sink")));
        let command = probe(exe, words).stdin(copy).stdout(capture).stderr(Stdio::append(file));
        let outcome = cx.output(command).await?;
        let sink = &outcome.stdout().sinks()[0];
        write!(
            text,
            "{} {} {} {:?}; ",
            number < 3,
            outcome.stdout().text_lossy(),
            sink.written(),
            sink.failure()
        )?;
        let merged = probe(exe, words).stdout(own).stderr(Stdio::Merged);
        cx.output(merged).await?;
        // There is nothing that could be shared.
        let lost = probe(exe, words).stdout(Stdio::Inherit).stderr(Stdio::Merged);
        writeln!(text, "{:?}", cx.output(lost).await.map(|_| ()).map_err(|error| error.kind()))?;
    }
    Ok(text + &std::fs::read_to_string(file)?)
}

async fn many(cx: &Cx, exe: &str) -> Result<String> {
    let run = || cx.run(probe(exe, ["cat"]).stdin(Stdin::Bytes(b"x".to_vec())));
    run().await?;
    let before = std::fs::read_dir("/proc/self/fd")?.count();
    for _ in 0..500 {
        run().await?;
    }
    let after = std::fs::read_dir("/proc/self/fd")?.count();
    // The kernel lists children by the thread that started them.
    let mut children = String::new();
    for thread in std::fs::read_dir("/proc/self/task")? {
        children += &std::fs::read_to_string(thread?.path().join("children"))?;
    }
    Ok(format!("{} more descriptors, children: {children:?}", after - before))
}

async fn open(cx: &Cx, exe: &str) -> Result<String> {
    let file = std::fs::File::open("/dev/null")?;
    rustix::io::fcntl_setfd(&file, rustix::io::FdFlags::empty())?;
    Ok(cx.read(probe(exe, ["fds"])).await?)
}

async fn capped(cx: &Cx, exe: &str) -> Result<String> {
    const PRINTED: u64 = 256 << 20;
    let cx = cx.clone().with_capture_limit(CaptureLimit { head: 32 << 10, tail: 32 << 10 });
    let run = |bytes: u64| cx.output(probe(exe, ["spam", "out", &bytes.to_string()]));
    run(1 << 20).await?;
    let before = peak_kib()?;
    let outcome = run(PRINTED).await?;
    let (kept, missed) = (outcome.stdout().bytes().len(), outcome.stdout().total() != PRINTED);
    let grown = peak_kib()?.saturating_sub(before);
    Ok(format!("{} {kept} {missed} {}", outcome.status(), if grown < 8 << 10 { "flat" } else { "grown" }))
}

/// Returns the most memory that this process has had, in KiB.
fn peak_kib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak is told")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

async fn touched(cx: &Cx, exe: &str) -> Result<String> {
    const PAGE: usize = 4096;
    const TOUCHED: usize = 64 << 20;
    // What the run itself needs is far fewer, also under a sanitizer.
    const FEW: u64 = (TOUCHED / PAGE / 4) as u64;
    let mut memory = vec![1_u8; TOUCHED];
    let path = Path::new(exe).parent().ok_or("the program lies in no folder")?;
    let commands: [Change; 4] = [
        |command, _| command,
        |command, _| command.in_dir("/"),
        |command, path| command.env("PATH", path).env("A", "b"),
        |command, path| command.env_clear().env("PATH", path),
    ];
    cx.run(probe(exe, ["exit", "0"])).await?;
    let mut faults = Vec::new();
    for change in commands {
        let before = faults_so_far()?;
        cx.run(change(probe(exe, ["exit", "0"]), path)).await?;
        // A fork marks every page, and the first writing to each of them after it is a fault.
        memory.iter_mut().step_by(PAGE).for_each(|byte| *byte = byte.wrapping_add(1));
        std::hint::black_box(&memory);
        let pages = faults_so_far()? - before;
        faults.push(if pages < FEW { "few".to_owned() } else { pages.to_string() });
    }
    Ok(faults.join(" "))
}

type Change = fn(SafeCmd<Vec<u8>, Probe>, &Path) -> SafeCmd<Vec<u8>, Probe>;

/// Returns how many pages the kernel has had to see to for this process (proc_pid_stat(5)).
fn faults_so_far() -> Result<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit(')').next().ok_or("no name")?;
    Ok(fields.split_whitespace().nth(7).ok_or("no count of faults")?.parse()?)
}

async fn tee(cx: &Cx, exe: &str) -> Result<String> {
    let outcome = cx.output(probe(exe, ["out", "to out", "err", "to err"]).tee()).await?;
    let sinks = outcome.stdout().sinks().iter().chain(outcome.stderr().sinks());
    let reports: Vec<String> = sinks.map(|sink| format!("{} {:?}", sink.written(), sink.failure())).collect();
    Ok(format!("{} {}", outcome.stdout().text_lossy(), reports.join(", ")))
}

async fn deaf(cx: &Cx, exe: &str) -> Result<String> {
    let ended = cx.run(probe(exe, ["out", "x"])).await.map_err(|error| error.to_string());
    let limit = std::time::Duration::from_millis(300);
    let stopped = cx.run(probe(exe, ["stay"]).timeout(limit)).await.map_err(|error| error.to_string());
    let missing = cx.run(probe(exe, ["out"]).in_dir("/nope")).await.map_err(|error| error.kind());
    Ok(format!("{ended:?}\n{stopped:?}\n{missing:?}"))
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

async fn pipes(cx: &Cx) -> Result<String> {
    // What is opened by a name has this flag, and a pipe that was just made has not.
    const LARGE_FILE: u32 = 0o100_000;
    let shown = cuprum::unchecked::command("cat").args((0..3).map(|fd| format!("/proc/self/fdinfo/{fd}")));
    let text = cx.read(shown.stdin(Stdin::Bytes(Vec::new()))).await?;
    let flags = text.lines().filter_map(|line| line.strip_prefix("flags:"));
    let flags = flags.map(|flags| Ok(u32::from_str_radix(flags.trim(), 8)? & LARGE_FILE != 0));
    Ok(format!("{:?}", flags.collect::<Result<Vec<_>>>()?))
}
