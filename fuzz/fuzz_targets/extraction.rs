//! Any bytes, read as a document of one of the formats that texts are taken from.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| linchpin_fuzz::documents_of(data));

#[cfg(not(fuzzing))]
fn main() {
    linchpin_fuzz::over_files(linchpin_fuzz::documents_of);
}
