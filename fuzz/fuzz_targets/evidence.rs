//! Any bytes, read as an image that carries a chart.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| linchpin_fuzz::images_of(data));

#[cfg(not(fuzzing))]
fn main() {
    linchpin_fuzz::over_files(linchpin_fuzz::images_of);
}
