//! The other side: what a child does.

use super::frames::{ANSWER_KIND, GREETING, GREETING_KIND, PROGRESS_KIND, write_frame};
use crate::Task;
use std::io::{Read as _, stdin, stdout};

/// How a child ends that nobody waits for any more.
const ORPHANED: i32 = 3;

/// Reads the input, does the work and says its answer. `work` may say how far it is, 0 to 1. To be
/// called once in a process, which then ends.
///
/// # Errors
/// Where the other side is gone.
pub fn serve(work: impl FnOnce(Vec<u8>, &dyn Fn(f32)) -> Vec<u8>) -> std::io::Result<()> {
    write_frame(stdout(), GREETING_KIND, GREETING.as_bytes())?;
    let mut length = [0; 8];
    stdin().read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let mut input = Vec::new();
    stdin().take(length).read_to_end(&mut input)?;
    if input.len() as u64 != length {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    // The pipe stays open as long as there is somebody who waits: whoever is killed cannot kill.
    let watch = Task::new("Waiting for the parent").spawn(|_| {
        let _ = stdin().read(&mut [0]);
        std::process::exit(ORPHANED)
    });
    let answer = work(input, &|share| {
        // Progress that cannot be told ends nothing; the answer will not be told either.
        let _ = write_frame(stdout(), PROGRESS_KIND, &share.to_le_bytes());
    });
    watch.detach();
    write_frame(stdout(), ANSWER_KIND, &answer)
}
