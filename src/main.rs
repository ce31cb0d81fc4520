//! See the library; this only connects it to the process.

use std::io::stdout;
use std::process::ExitCode;

use cchc::cli::{console, panics::Panics, window};

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    let mut out = stdout();
    let mut console = console::of_process(&mut out);
    let panics = Panics::of_process();
    panics.guard(&mut console, |console| window::start(&words, &panics, console)).into()
}
