//! See the library; this only connects it to the process.

use std::io::stdout;
use std::process::ExitCode;

use cchc::cli::{self, console, panics::Panics};

fn main() -> ExitCode {
    let words = std::env::args_os().skip(1).collect();
    let mut out = stdout();
    let mut console = console::of_process(&mut out);
    Panics::of_process().guard(&mut console, |console| cli::run(words, console)).into()
}
