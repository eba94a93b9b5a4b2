fn main() -> std::process::ExitCode {
    linchpin::cli::run(std::env::args_os())
}
