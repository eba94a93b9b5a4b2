//! Work on files that anybody may have made, with code that is not ours: on a thread of its own, for a limited time, whatever happens there.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook, take_hook};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Once};
use std::time::{Duration, Instant};

/// How often the waiting side looks whether the user has had enough.
const LOOK: Duration = Duration::from_millis(40);
/// The name of the thread.
const NAME: &str = "reading a document";
/// The stack of the thread, of which only what is used is taken: files nest things in things.
const STACK_BYTES: usize = 256 << 20;

/// What the waiting side asks and is told.
pub struct Watcher<'a> {
    /// Whether the work should stop.
    pub is_cancelled: &'a dyn Fn() -> bool,
    /// How far it is, 0 to 1.
    pub progress: &'a dyn Fn(f32),
}

/// What the work may ask and tell.
#[derive(Clone, Default)]
pub struct Work {
    stop: Arc<AtomicBool>,
    thousandths: Arc<AtomicU32>,
    fallback_font: FallbackFont,
}

/// The bytes of an OpenType font that stands in for fonts that a PDF does not bring. Only the places of its letters count.
pub type FallbackFont = &'static [u8];

impl Work {
    /// The same work, with a font for files that bring none.
    pub fn with_fallback_font(&self, fallback_font: FallbackFont) -> Self {
        Work {
            fallback_font,
            ..self.clone()
        }
    }

    /// The font for files that bring none.
    pub fn fallback_font(&self) -> FallbackFont {
        self.fallback_font
    }

    /// Says how far it is, 0 to 1.
    pub fn progress(&self, share: f32) {
        let share = (share.clamp(0.0, 1.0) * 1000.0) as u32;
        self.thousandths.store(share, Ordering::Relaxed);
    }

    /// Whether nobody waits for it any more.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Leaves the work from deep inside code that cannot be asked to end.
    pub fn leave(why: &'static str) -> ! {
        resume_unwind(Box::new(Left(why)))
    }
}

/// Why the work was left.
struct Left(&'static str);

/// What a stop by the user says.
pub const STOPPED: &str = "Stopped";

/// Does work on a thread of its own. Where it does not end in time, it is left to itself.
///
/// # Errors
/// What the work says; or that it failed, took too long, or was stopped, in words.
pub fn guarded<T: Send + 'static>(
    work: impl FnOnce(&Work) -> Result<T, String> + Send + 'static,
    watcher: &Watcher<'_>,
    limit: Duration,
) -> Result<T, String> {
    be_quiet();
    let shared = Work::default();
    let (sender, receiver) = channel();
    let inside = shared.clone();
    let spawned = std::thread::Builder::new()
        .name(NAME.into())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(|| work(&inside)));
            // Nobody may be waiting any more.
            let _ = sender.send(done.unwrap_or_else(|thrown| Err(words_of(&*thrown))));
        });
    spawned
        .map_err(|_| "The system has no room for one more task just now; try again".to_owned())?;
    let end = Instant::now() + limit;
    loop {
        match receiver.recv_timeout(LOOK) {
            Ok(done) => return done,
            Err(RecvTimeoutError::Disconnected) => return Err(words_of(&())),
            Err(RecvTimeoutError::Timeout) => {
                let share = shared.thousandths.load(Ordering::Relaxed);
                (watcher.progress)(share as f32 / 1000.0);
                let is_cancelled = (watcher.is_cancelled)();
                if is_cancelled || Instant::now() > end {
                    shared.stop.store(true, Ordering::Relaxed);
                    return Err(match is_cancelled {
                        true => STOPPED.into(),
                        false => format!(
                            "Reading it takes longer than {} seconds; the file may be damaged. Open it in another program, and paste its text",
                            limit.as_secs()
                        ),
                    });
                }
            }
        }
    }
}

/// What fails on that thread is said in words by whoever waits for it, and nowhere else.
fn be_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |info| {
            if std::thread::current().name() != Some(NAME) {
                usual(info);
            }
        }));
    });
}

fn words_of(thrown: &(dyn std::any::Any + Send)) -> String {
    match thrown.downcast_ref::<Left>() {
        Some(Left(why)) => (*why).to_owned(),
        None => "The file is damaged in a way that cannot be read past. Open it in another program, and paste its text".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(
        limit: Duration,
        is_cancelled: bool,
        work: impl FnOnce(&Work) -> Result<u8, String> + Send + 'static,
    ) -> Result<u8, String> {
        let watcher = Watcher {
            is_cancelled: &|| is_cancelled,
            progress: &|_| {},
        };
        guarded(work, &watcher, limit)
    }

    const LONG: Duration = Duration::from_secs(600);

    #[test]
    fn nothing_that_happens_there_reaches_the_program() {
        assert_eq!(run(LONG, false, |_| Ok(1)), Ok(1));
        assert_eq!(
            run(LONG, false, |_| Work::leave("enough")),
            Err("enough".into())
        );
        let panicked = run(LONG, false, |_| {
            resume_unwind(Box::new("others' code failed"))
        });
        assert!(panicked.unwrap_err().starts_with("The file is damaged"));
    }

    #[test]
    fn work_that_never_ends_is_left() {
        let endless = |work: &Work| {
            while !work.is_stopped() {
                std::thread::yield_now();
            }
            Ok(1)
        };
        assert_eq!(run(LONG, true, endless), Err(STOPPED.into()));
        let late = run(Duration::ZERO, false, endless).unwrap_err();
        assert!(
            late.starts_with("Reading it takes longer than 0 seconds"),
            "{late}"
        );
    }
}
