//! Any bytes, read as a house style with the files next to it.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| linchpin_fuzz::house_of(data));

#[cfg(not(fuzzing))]
fn main() {
    linchpin_fuzz::over_files(linchpin_fuzz::house_of);
}
