//! See the library; this only connects it to the process.

use std::io::stdout;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words = std::env::args_os().skip(1).collect();
    let mut out = stdout();
    cchc::cli::run(words, &mut cchc::cli::console::of_process(&mut out)).into()
}
