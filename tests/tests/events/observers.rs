//! What observers cannot do: fail a run, hold it up, reorder it; and what becomes of their events.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cuprum::event::{Delivery, Event, EventKind, LineInterest, Observer};
use cuprum::lab::{Lab, Script};
use cuprum_tests::{GENEROUS, Recorded};

use super::{probe, scripted_lab, world};

/// Observes by a function, with this interest and this delivery.
struct By<F>(LineInterest, Delivery, F);

impl<F: Fn(&Event) + Send + Sync + 'static> Observer for By<F> {
    fn event(&self, event: &Event) {
        (self.2)(event);
    }

    fn lines(&self) -> LineInterest {
        self.0
    }

    fn delivery(&self) -> Delivery {
        self.1
    }
}

#[test]
fn a_closure_gets_every_event_on_a_thread_of_its_own() {
    let lab = scripted_lab();
    let (sender, seen) = channel();
    let cx = lab.cx().with_observer(move |event: &Event| {
        let thread = std::thread::current().name().map(str::to_owned);
        sender.send((event.kind().name(), thread)).unwrap();
    });
    lab.run(async { cx.run(probe(&["out", "x\n"])).await.unwrap() });
    let [delivered] = cx.flush_observers(GENEROUS)[..] else { panic!("there is one") };
    assert!(delivered.is_complete() && delivered.events == 3, "{delivered:?}");
    let seen: Vec<_> = seen.try_iter().collect();
    assert_eq!(seen.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), ["planned", "started", "exited"]);
    assert!(seen.iter().all(|(_, thread)| thread.as_deref() == Some("cuprum-observer")));
}

#[test]
fn an_observer_that_panics_fails_no_run_and_is_told_no_more() {
    for delivery in [Delivery::Inline, Delivery::default()] {
        let (lab, cx, others) = world();
        let (sender, seen) = channel();
        let cx = cx.with_observer(By(LineInterest::Read, delivery, move |event: &Event| {
            sender.send(event.sequence()).unwrap();
            assert!(!matches!(event.kind(), EventKind::Lines(_)), "at the disco");
        }));
        let last = Recorded::default();
        let cx = cx.with_observer(last.clone());
        // More than a pipe holds: nobody stops reading.
        let words = ["out", "first\n", "spam", "out", "300000"];
        let text = lab.run(async { cx.bytes(probe(&words)).await.unwrap() });
        assert_eq!(text.len(), 300_006);
        let delivered = cx.flush_observers(GENEROUS)[1];
        assert!(delivered.panicked, "{delivered:?}");
        assert_eq!(seen.try_iter().last(), Some(2));
        let told = others.events().len() as u64;
        assert_eq!((delivered.events, delivered.dropped, delivered.waiting), (2, told - 2, 0));
        // Those that were given before it and after it have everything.
        assert_eq!(others.shown(), last.shown());
        assert!(others.shown().last().unwrap().contains("exited exit status 0"));
    }
}

/// An observer that takes nothing until the sender is dropped.
fn hanging(places: usize) -> (impl Observer, Sender<()>) {
    let (hold, held) = channel::<()>();
    let held: Mutex<Receiver<()>> = Mutex::new(held);
    let by = By(LineInterest::Read, Delivery::Queued(places), move |_: &Event| {
        let _ = held.lock().unwrap().recv();
    });
    (by, hold)
}

#[test]
fn an_observer_that_never_returns_holds_up_nobody_and_what_does_not_fit_is_counted() {
    let (lab, cx, others) = world();
    let (observer, hold) = hanging(10);
    let cx = cx.with_observer(observer);
    for _ in 0..10 {
        lab.run(async { cx.run(probe(&["out", "x\n"])).await.unwrap() });
    }
    assert_eq!(others.events().len(), 40);
    // Waiting for it ends with the limit.
    let delivered = cx.flush_observers(Duration::from_millis(1))[1];
    assert_eq!((delivered.events, delivered.waiting + delivered.dropped), (0, 40), "{delivered:?}");
    // One may be in its hands, and ten are in the queue.
    assert!((10..=11).contains(&delivered.waiting), "{delivered:?}");
    drop(hold);
    let delivered = cx.flush_observers(GENEROUS)[1];
    assert_eq!((delivered.events, delivered.waiting), (40 - delivered.dropped, 0), "{delivered:?}");
}

#[test]
fn starts_and_ends_find_room_where_lines_do_not() {
    let pauses = |script: Script, _| script.print("line\n").wait(Duration::from_secs(1));
    let lab = Lab::new().when(|_| true, (0..100).fold(Script::new(), pauses));
    let (observer, hold) = hanging(40);
    let kinds = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&kinds);
    let (lines, delivery) = (observer.lines(), observer.delivery());
    let cx = lab.cx().with_observer(By(lines, delivery, move |event: &Event| {
        observer.event(event);
        seen.lock().unwrap().push(event.kind().name());
    }));
    lab.run(async { cx.run(probe(&[])).await.unwrap() });
    drop(hold);
    let delivered = cx.flush_observers(GENEROUS)[0];
    let kinds = kinds.lock().unwrap().clone();
    assert_eq!(kinds.last(), Some(&"exited"), "{kinds:?}");
    assert_eq!(delivered.dropped, 103 - kinds.len() as u64);
    assert!((30..=34).contains(&kinds.len()), "{}", kinds.len());
}

#[test]
fn the_text_that_waits_for_an_observer_is_bounded() {
    let spam = vec![b'x'; 1 << 20];
    let script = (0..64).fold(Script::new(), |script, _| script.print(spam.clone()).print("\n"));
    let lab = Lab::new().when(|_| true, script);
    let (observer, hold) = hanging(64);
    let cx = lab.cx().with_observer(observer);
    lab.run(async { cx.output(probe(&[])).await.unwrap() });
    let delivered = cx.flush_observers(Duration::from_millis(1))[0];
    // 64 places of 16 KiB are 1 MiB, which is one such line; another one may be in its hands.
    assert!(delivered.waiting <= 6, "{delivered:?}");
    drop(hold);
}

#[test]
fn the_thread_of_an_observer_ends_with_its_last_registration() {
    struct Last(Sender<&'static str>);
    impl Observer for Last {
        fn event(&self, _: &Event) {}
    }
    impl Drop for Last {
        fn drop(&mut self) {
            let _ = self.0.send("gone");
        }
    }
    let (sender, gone) = channel();
    let lab = scripted_lab();
    let cx = lab.cx();
    let registration = cx.register_observer(Last(sender));
    lab.run(async { cx.run(probe(&[])).await.unwrap() });
    assert!(gone.try_recv().is_err());
    registration.detach();
    assert_eq!(gone.recv_timeout(GENEROUS), Ok("gone"));
    assert!(cx.flush_observers(GENEROUS).is_empty());
}

#[test]
fn an_observer_is_told_from_its_registration_to_its_detachment() {
    let lab = scripted_lab();
    let cx = lab.cx();
    let run = || lab.run(async { cx.run(probe(&[])).await.unwrap() });
    run();
    let (first, second) = (Recorded::default(), Recorded::default());
    let one = cx.register_observer(first.clone());
    let other = cx.register_observer(second.clone());
    run();
    // The older one goes first, and takes nothing of the newer one along.
    one.detach();
    run();
    drop(other);
    run();
    assert_eq!((first.events().len(), second.events().len()), (3, 6));
}

#[test]
fn observers_are_told_in_the_order_in_which_they_were_given() {
    let lab = scripted_lab();
    let seen: Arc<Mutex<Vec<&str>>> = Arc::default();
    let by = |name: &'static str| {
        let seen = Arc::clone(&seen);
        By(LineInterest::Ignored, Delivery::Inline, move |_: &Event| seen.lock().unwrap().push(name))
    };
    let outer = lab.cx().with_observer(by("outer"));
    let inner = outer.clone().with_observer(by("inner"));
    let _late = outer.register_observer(by("late"));
    lab.run(async { inner.run(probe(&[])).await.unwrap() });
    // What is added later to the outer context stands with its others.
    assert_eq!(seen.lock().unwrap()[..3], ["outer", "late", "inner"]);
}
