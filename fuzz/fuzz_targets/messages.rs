//! Any bytes, sent to the language server.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| linchpin_fuzz::messages_of(data));

#[cfg(not(fuzzing))]
fn main() {
    linchpin_fuzz::over_files(linchpin_fuzz::messages_of);
}
