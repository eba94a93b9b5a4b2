//! Shell scripts stand in for the program: they say what it would say, or misbehave.

use super::frames::{ANSWER_KIND, GREETING, GREETING_KIND, PROGRESS_KIND, write_frame};
use super::*;
use std::cell::Cell;

const LONG: Duration = Duration::from_secs(600);
const LIMITS: ChildLimits = ChildLimits {
    time: LONG,
    output_bytes: 1 << 20,
};

/// The words for `printf` that give a piece.
fn piece(kind: u8, bytes: &[u8]) -> String {
    let mut frame = Vec::new();
    write_frame(&mut frame, kind, bytes).unwrap();
    let octal: String = frame.iter().map(|byte| format!("\\{byte:03o}")).collect();
    format!("printf '{octal}'; ")
}

fn greeting() -> String {
    piece(GREETING_KIND, GREETING.as_bytes())
}

fn shell(script: &str) -> ChildProgram {
    ChildProgram::at("/bin/sh", &["-c", script])
}

fn run(script: &str) -> Result<Vec<u8>, ChildError> {
    shell(script).run(&[], vec![b'x'; 1 << 20], LIMITS, &|_| true)
}

#[test]
fn an_answer_comes_back_with_its_progress() {
    let half = piece(PROGRESS_KIND, &0.5_f32.to_le_bytes());
    let script = greeting() + &half + &piece(ANSWER_KIND, b"yes\0\xff") + "exec sleep 1000";
    let seen = Cell::new(0.0_f32);
    let answer = shell(&script).run(&["a", "b"], Vec::new(), LIMITS, &|share| {
        seen.set(seen.get().max(share));
        true
    });
    assert_eq!(answer, Ok(b"yes\0\xff".to_vec()));
    assert_eq!(seen.get(), 0.5);
}

#[test]
fn the_input_arrives_whole_and_the_environment_is_empty() {
    // The length of the input in eight bytes, then the input: of a megabyte all is counted.
    let script = greeting()
        + "test -z \"$HOME$CARGO_MANIFEST_DIR\" || exit 7; \
           count=$(head -c 1048584 | wc -c); test $count = 1048584 || exit 8; "
        + &piece(ANSWER_KIND, b"whole");
    assert_eq!(run(&script), Ok(b"whole".to_vec()));
}

#[test]
fn stopping_kills_it() {
    let folder = std::env::temp_dir().join(format!("linchpin-child-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("pid");
    let script = format!(
        "{}echo $$ > {}; exec sleep 1000",
        greeting(),
        file.display()
    );
    let pid = || {
        let text = std::fs::read_to_string(&file).ok()?;
        text.ends_with('\n').then(|| text.trim().to_owned())
    };
    let stopped = shell(&script).run(&[], Vec::new(), LIMITS, &|_| pid().is_none());
    assert_eq!(stopped, Err(ChildError::Cancelled));
    let lives = Command::new("/bin/sh")
        .args(["-c", &format!("kill -0 {} 2>&-", pid().unwrap())])
        .status()
        .unwrap();
    assert!(!lives.success(), "it is still there");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn one_that_takes_too_long_or_says_too_much_is_killed() {
    let short = Duration::from_millis(20);
    let limits = ChildLimits {
        time: short,
        ..LIMITS
    };
    let late = shell(&(greeting() + "exec sleep 1000")).run(&[], Vec::new(), limits, &|_| true);
    assert_eq!(late, Err(ChildError::TimedOut(short)));
    let too_much = Err(ChildError::TooMuchOutput(LIMITS.output_bytes));
    // It announces more than it may say; or says little again and again.
    let huge = greeting() + "printf 'A\\377\\377\\377\\177'; exec sleep 1000";
    assert_eq!(run(&huge), too_much);
    let empty = piece(PROGRESS_KIND, &0.5_f32.to_le_bytes());
    let many = format!("{}while true; do {empty} done", greeting());
    let limits = ChildLimits {
        output_bytes: 1_000,
        ..LIMITS
    };
    let flooded = shell(&many).run(&[], Vec::new(), limits, &|_| true);
    assert_eq!(flooded, Err(ChildError::TooMuchOutput(1_000)));
    // Words on the standard error without end hold nothing up.
    let chatty = greeting() + "head -c 1000000 /dev/zero >&2; " + &piece(ANSWER_KIND, b"done");
    assert_eq!(run(&chatty), Ok(b"done".to_vec()));
}

#[test]
fn an_end_without_an_answer_says_what_is_known_of_it() {
    let greeted = |script: &str| run(&(greeting() + script)).unwrap_err();
    let is_memory = "echo memory allocation of 9 bytes failed >&2; kill -ABRT $$";
    let all = [
        (greeted("kill -KILL $$"), "was ended by the system or by"),
        (greeted("kill -ABRT $$"), "failed over it and aborted"),
        (greeted("kill -SEGV $$"), "a fault of memory"),
        (greeted("kill -XCPU $$"), "more time of the processor"),
        (
            greeted(is_memory),
            "took more than 1 GB of memory, so it was",
        ),
        (
            greeted("echo thread x has overflowed its stack >&2; kill -ABRT $$"),
            "more deeply than can be read",
        ),
        (greeted("exit 2"), "without a result (exit code 2)"),
        (run("exit 2").unwrap_err(), "holds another program"),
        (run("echo hello you").unwrap_err(), "holds another program"),
        (
            run(&piece(GREETING_KIND, b"linchpin child 0 9.9.9")).unwrap_err(),
            "holds another program",
        ),
        (
            run(&piece(ANSWER_KIND, b"without a greeting")).unwrap_err(),
            "holds another program",
        ),
        (
            ChildProgram::at("/nowhere/linchpin", &[])
                .run(&[], Vec::new(), LIMITS, &|_| true)
                .unwrap_err(),
            "(/nowhere/linchpin) is gone",
        ),
    ];
    for (error, words) in all {
        assert!(error.to_string().contains(words), "{error}");
    }
}
