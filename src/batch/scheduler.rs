//! The system's own scheduler: steps → files written and programs started.

use std::env;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::batch::{clock, patience, save};
use crate::failure::Failure;
use crate::machine::VIETNAM;
use crate::schedule::{Moment, Scheduler, Step, command_line};

/// That of this system, for whoever runs the program.
pub fn own() -> Result<Scheduler, Failure> {
    if cfg!(windows) { Ok(tasks()) } else { timers() }
}

/// Windows' scheduler.
pub fn tasks() -> Scheduler {
    Scheduler::Tasks(env::temp_dir())
}

/// Linux's scheduler.
pub fn timers() -> Result<Scheduler, Failure> {
    let folder = |name| env::var_os(name).map(PathBuf::from).filter(|it| it.is_absolute());
    let home = || folder("HOME").map(|home| home.join(".config"));
    let Some(config) = folder("XDG_CONFIG_HOME").or_else(home) else {
        let message = "không biết thư mục thiết lập của người dùng (HOME để trống); hãy đăng nhập \
                       rồi hẹn lại";
        return Err(Failure::Usage(message.to_owned()));
    };
    Ok(Scheduler::Timers(config.join("systemd/user")))
}

/// Now by this machine's clock; by Vietnam's where its zone cannot be told.
pub fn now() -> Result<Moment, Failure> {
    let ahead = clock::ahead().unwrap_or(VIETNAM);
    match clock::at(clock::seconds(), ahead) {
        (Some(day), minute) => Ok(Moment { day, minute }),
        (None, _) => Err(Failure::Usage("đồng hồ của máy sai; hãy chỉnh lại ngày giờ".to_owned())),
    }
}

/// What the scheduler answers about the task of this name; `None` when it has
/// none.
pub fn answer(scheduler: &Scheduler, name: &str) -> Result<Option<String>, Failure> {
    if scheduler.file_of(name).is_some_and(|file| !file.exists()) {
        return Ok(None);
    }
    let output = started(scheduler, &scheduler.asking(name))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok((output.status.success() || scheduler.file_of(name).is_some()).then_some(said))
}

/// Does what is to be done, in order; what was written is gone again when a
/// later step fails.
pub fn carry_out(scheduler: &Scheduler, steps: &[Step]) -> Result<(), Failure> {
    let mut written: Vec<&Path> = Vec::new();
    for step in steps {
        if let Err(failure) = carry(scheduler, step, &mut written) {
            for path in written {
                let _ = patience::remove(path);
            }
            return Err(failure);
        }
    }
    Ok(())
}

fn carry<'a>(
    scheduler: &Scheduler,
    step: &'a Step,
    written: &mut Vec<&'a Path>,
) -> Result<(), Failure> {
    match step {
        Step::Write { path, bytes, .. } => {
            written.push(path);
            save::file(path, bytes)
        }
        Step::Remove(path) => match patience::remove(path) {
            Err(source) if source.kind() != ErrorKind::NotFound => {
                Err(Failure::Write { path: path.clone(), source })
            }
            _ => Ok(()),
        },
        Step::Run(words) => {
            let output = started(scheduler, words)?;
            if output.status.success() {
                return Ok(());
            }
            let said = [output.stderr, output.stdout].concat();
            let said = String::from_utf8_lossy(&said);
            Err(Failure::Usage(scheduler.refused(&command_line(words), &said)))
        }
    }
}

/// Starts a program of the system, which is asked nothing, and waits for it.
fn started(scheduler: &Scheduler, words: &[String]) -> Result<Output, Failure> {
    let (name, arguments) = words.split_first().expect("a command has a program");
    // Windows looks for a bare name beside the program first, and in the folder
    // one is in.
    let root = env::var_os("SystemRoot").filter(|_| cfg!(windows));
    let known = root.map(|root| Path::new(&root).join("System32").join(name).with_extension("exe"));
    let program = known.filter(|it| it.exists()).unwrap_or_else(|| name.into());
    let output = Command::new(&program).args(arguments).stdin(Stdio::null()).output();
    output.map_err(|source| match source.kind() {
        ErrorKind::NotFound => Failure::Usage(scheduler.missing()),
        _ => Failure::Read { path: program, source },
    })
}
