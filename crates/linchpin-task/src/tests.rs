use super::*;
use std::sync::mpsc;

const LONG: Duration = Duration::from_secs(600);

fn poll_until_answered<T>(task: &mut Task<T>) -> Result<T, TaskError> {
    loop {
        if let Some(answer) = task.poll() {
            return answer;
        }
        std::thread::yield_now();
    }
}

#[test]
fn the_result_is_delivered_once_and_wakes_the_window() {
    let (woken, wakes) = mpsc::channel();
    let wake: Wake = Arc::new(move || woken.send(()).unwrap());
    let mut task = Task::new("Adding").wake(wake).spawn(|_| 2);
    wakes.recv().unwrap();
    assert_eq!(task.poll(), Some(Ok(2)));
    assert_eq!(task.poll(), None);
}

#[test]
fn a_panic_is_an_answer() {
    for deadline in [None, Some(LONG)] {
        let mut task = TaskBuilder {
            deadline,
            ..Task::new("Drawing").silent()
        }
        .spawn(|_| -> u8 { panic!("no ink") });
        let error = poll_until_answered(&mut task).unwrap_err();
        assert_eq!(error, TaskError::panicked("Drawing", "no ink"));
        assert!(error.to_string().contains("“Drawing”"), "{error}");
        assert!(error.to_string().contains("(no ink)"), "{error}");
    }
}

#[test]
fn work_that_aborts_says_why() {
    let task = Task::new("Reading").spawn(|control| -> u8 { control.abort("too deep") });
    assert_eq!(task.wait(), Err(TaskError::Aborted("too deep".into())));
}

#[test]
fn cancelling_and_dropping_reach_the_work() {
    let endless = |control: &Control| {
        while !control.is_cancelled() {
            std::thread::yield_now();
        }
        7
    };
    let task = Task::new("Waiting").spawn(endless);
    task.cancel();
    assert_eq!(task.wait(), Ok(7), "it still answers");

    let (ended, end) = mpsc::channel();
    let task = Task::new("Waiting").spawn(move |control| {
        endless(control);
        ended.send(()).unwrap();
    });
    drop(task);
    end.recv().unwrap();

    let task = Task::new("Waiting").spawn(endless);
    assert_eq!(task.wait_watched(&|_| false), Err(TaskError::Cancelled));
}

#[test]
fn a_deadline_ends_what_never_ends() {
    let (cancelled, seen) = mpsc::channel();
    let mut task = Task::new("Reading")
        .deadline(Duration::ZERO)
        .spawn(move |control| {
            while !control.is_cancelled() {
                std::thread::yield_now();
            }
            cancelled.send(()).unwrap();
        });
    let error = poll_until_answered(&mut task).unwrap_err();
    assert!(matches!(error, TaskError::TimedOut { .. }), "{error:?}");
    seen.recv().unwrap();
    let in_time = Task::new("Reading").deadline(LONG).spawn(|_| 3);
    assert_eq!(in_time.wait(), Ok(3));
}

#[test]
fn progress_is_seen_outside() {
    let (go, wait) = mpsc::channel();
    let (told, tell) = mpsc::channel();
    let task = Task::new("Counting").spawn(move |control| {
        control.set_progress(0.25);
        told.send(()).unwrap();
        wait.recv().unwrap();
        control.set_progress(7.0);
    });
    tell.recv().unwrap();
    assert_eq!(task.progress(), 0.25);
    go.send(()).unwrap();
    let control = task.control.clone();
    assert_eq!(task.wait(), Ok(()));
    assert_eq!(control.progress.load(Ordering::Relaxed), 1000);
}

#[test]
fn past_a_point_it_cannot_be_cancelled() {
    let (go, wait) = mpsc::channel();
    let (told, tell) = mpsc::channel();
    let task = Task::new("Writing").spawn(move |control| {
        let may_write = control.forbid_cancel();
        told.send(()).unwrap();
        wait.recv().unwrap();
        (may_write, control.is_cancelled())
    });
    tell.recv().unwrap();
    assert!(!task.can_cancel());
    task.cancel();
    assert!(!task.is_cancelled());
    go.send(()).unwrap();
    assert_eq!(task.wait(), Ok((true, false)));

    let (go, wait) = mpsc::channel();
    let task = Task::new("Writing").spawn(move |control| {
        wait.recv().unwrap();
        control.forbid_cancel()
    });
    task.cancel();
    go.send(()).unwrap();
    assert_eq!(task.wait(), Ok(false), "it was cancelled before");
}
