//! Any bytes, taken as what somebody does in an editor that the language server serves.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| linchpin_fuzz::editor_of(data));

#[cfg(not(fuzzing))]
fn main() {
    linchpin_fuzz::over_files(linchpin_fuzz::editor_of);
}
