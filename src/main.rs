fn main() {
    let file = std::env::args_os().nth(1).map(Into::into);
    if let Err(e) = linchpin::window::run(file) { eprintln!("{e}"); std::process::exit(2) }
}
