//! `cchc schedule`: the system scores a round by itself, at a day and an hour of
//! every year, month or week.

use std::env;
use std::path::{Path, PathBuf, absolute};

use clap::{Arg, ArgAction, Command};

use crate::batch::{Folder, scheduler};
use crate::cli::console::{Console, Means};
use crate::cli::outcome::Outcome;
use crate::cli::run;
use crate::cli::verb::{Given, Verb, round};
use crate::failure::Failure;
use crate::machine::{Fleeting, fleeting};
use crate::schedule::{Scheduler, Step, Task, Timing, command_line, name_of};

pub(super) const VERB: Verb = Verb {
    name: "schedule",
    alias: "hen-lich",
    about: "Hẹn máy tự chấm kỳ vào một ngày giờ hằng năm (hằng tháng, hằng tuần, hằng ngày)",
    forms: &["[THƯ MỤC KỲ] --ngay 15/1 [--gio 8:00]", "[THƯ MỤC KỲ] --xem | --bo"],
    arguments,
    run: schedule,
};

fn arguments(command: Command) -> Command {
    let day = Arg::new("day").long("ngay").value_name("NGÀY");
    let day = day.help(
        "Ngày chạy: 15/1 (hằng năm), 15 (hằng tháng), thu-2 … thu-7, chu-nhat (hằng tuần), hang-ngay",
    );
    let hour = Arg::new("hour").long("gio").value_name("GIỜ").default_value("8:00");
    let hour = hour.hide_default_value(true).help("Giờ chạy (mặc định: 8:00)");
    let name = Arg::new("name").long("ten").value_name("TÊN");
    let name = name.help("Tên của lịch (mặc định: theo tên thư mục kỳ)");
    let flag =
        |id: &'static str, long: &'static str| Arg::new(id).long(long).action(ArgAction::SetTrue);
    let show = flag("show", "xem").help("Xem lịch đã hẹn và lần chạy tới");
    let remove = flag("remove", "bo").help("Bỏ lịch đã hẹn");
    let dry = flag("dry", "dry-run").alias("thu");
    let dry = dry.help("Chỉ in những gì sẽ ghi và sẽ chạy, không làm gì (hoặc: --thu)");
    let system = Arg::new("system").long("he").value_name("HỆ").value_parser(["windows", "linux"]);
    let system =
        system.hide_possible_values(true).help("In cho hệ windows hay linux (chỉ cùng --dry-run)");
    command.args([round(), day, hour, name, show, remove, dry, system])
}

fn schedule(given: &Given, console: &mut Console) -> Result<Outcome, Failure> {
    let is_dry = given.has("dry");
    let scheduler = match given.text("system").as_deref() {
        None => scheduler::own()?,
        Some(_) if !is_dry => return Err(usage("--he chỉ dùng cùng --dry-run")),
        Some("windows") => scheduler::tasks(),
        Some(_) => scheduler::timers()?,
    };
    let path = given.path("round");
    let folder = absolute(&path).map_err(|source| Failure::Read { path, source })?;
    let name = match given.text("name") {
        Some(name) => name_of(Path::new(name.strip_prefix("cchc-").unwrap_or(&name))),
        None => name_of(&folder),
    };
    let is_named = given.text("name").is_some();
    let given_day = given.text("day");
    match (given.has("show"), given.has("remove"), given_day) {
        (true, false, None) if !is_dry => show(&scheduler, &name, is_named, console),
        (false, true, None) if is_dry => Ok(told(&scheduler.removing(&name), console)),
        (false, true, None) => remove(&scheduler, &name, is_named, console),
        (false, false, Some(day)) => {
            let timing = Timing::parse(&day, &given.text("hour").unwrap_or_default());
            let task = task(name, &given.folder()?, folder, timing.map_err(Failure::Usage)?)?;
            make(&scheduler, &task, is_dry, console)
        }
        (false, false, None) => Err(usage(
            "chưa nêu ngày chạy; ví dụ --ngay 15/1 --gio 8:00 (xem lịch đã hẹn: --xem; bỏ: --bo)",
        )),
        _ => {
            Err(usage("--ngay, --xem, --bo không dùng cùng nhau, --xem không dùng cùng --dry-run"))
        }
    }
}

fn usage(message: &str) -> Failure {
    Failure::Usage(message.to_owned())
}

/// What is to be done, if this folder is one to score.
fn task(name: String, round: &Folder, folder: PathBuf, timing: Timing) -> Result<Task, Failure> {
    if !round.settings().path.exists() {
        return Err(Failure::Usage(format!(
            "{} không phải thư mục kỳ (không có ky.toml); hãy nêu thư mục kỳ cần chấm",
            folder.display()
        )));
    }
    let program = env::current_exe();
    let program =
        program.map_err(|source| Failure::Read { path: PathBuf::from("cchc"), source })?;
    let (program, folder) = (text(program)?, text(folder)?);
    if fleeting(&program, &env::temp_dir().to_string_lossy()) == Some(Fleeting::Temporary) {
        return Err(usage(
            "chương trình đang chạy trong tệp nén hoặc thư mục tạm, đến ngày hẹn có thể đã mất; hãy \
             giải nén, chép vào một thư mục cố định rồi hẹn từ đó",
        ));
    }
    let arguments = vec![run::VERB.name.to_owned(), folder.clone()];
    Ok(Task { name, program, arguments, folder, timing })
}

fn text(path: PathBuf) -> Result<String, Failure> {
    path.into_os_string().into_string().map_err(|path| {
        let path = path.display();
        Failure::Usage(format!("tên “{path}” có ký tự lạ, không hẹn được; hãy đổi tên thư mục đó"))
    })
}

fn make(
    scheduler: &Scheduler,
    task: &Task,
    is_dry: bool,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let steps = scheduler.making(task, scheduler::now()?).map_err(Failure::Usage)?;
    if is_dry {
        return Ok(told(&steps, console));
    }
    if scheduler::answer(scheduler, &task.name)?.is_some() {
        let name = &task.name;
        return Err(Failure::Usage(match console.by("schedule") {
            Means::Command(verb) => format!(
                "đã có lịch tên {name}; bỏ lịch đó ({verb} --bo --ten {name}) rồi hẹn lại, hoặc đặt \
                 tên khác bằng --ten"
            ),
            Means::Task(number) => {
                format!("kỳ này đã hẹn lịch rồi; chọn {number}, gõ bỏ để bỏ lịch đó, rồi hẹn lại")
            }
        }));
    }
    scheduler::carry_out(scheduler, &steps)?;
    console.line(format!("Đã hẹn: chấm {} lúc {}.", task.folder, task.timing));
    let name = &task.name;
    console.line(match console.by("schedule") {
        Means::Command(verb) => format!("Tên lịch: {name}; xem: {verb} --xem --ten {name}"),
        Means::Task(number) => format!("Tên lịch: {name}; xem lại: chọn {number} rồi nhấn Enter"),
    });
    console.line(scheduler.advice());
    Ok(Outcome::Clean)
}

/// What a task not there is answered with. Whoever asks by the round need not know
/// what its task would be called.
fn absent(
    scheduler: &Scheduler,
    name: &str,
    is_named: bool,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    if !is_named {
        console.line("Kỳ này chưa hẹn lịch nào.");
        return Ok(Outcome::Failed);
    }
    let list = match scheduler {
        Scheduler::Tasks(_) => "Task Scheduler của Windows",
        Scheduler::Timers(_) => "systemctl --user list-timers",
    };
    Err(Failure::Usage(format!(
        "không có lịch tên {name}; nêu đúng thư mục kỳ hoặc --ten, các lịch đang có xem bằng {list}"
    )))
}

fn show(
    scheduler: &Scheduler,
    name: &str,
    is_named: bool,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let Some(answer) = scheduler::answer(scheduler, name)? else {
        return absent(scheduler, name, is_named, console);
    };
    let next = scheduler.next_time(&answer).unwrap_or("không rõ, lịch có thể đang tắt");
    console.line(format!("Có lịch {name}. Lần chạy tới: {next}"));
    if let Some(file) = scheduler.file_of(name) {
        console.line(format!("Ghi trong {}", file.display()));
    }
    Ok(Outcome::Clean)
}

fn remove(
    scheduler: &Scheduler,
    name: &str,
    is_named: bool,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    if scheduler::answer(scheduler, name)?.is_none() {
        return absent(scheduler, name, is_named, console);
    }
    scheduler::carry_out(scheduler, &scheduler.removing(name))?;
    console.line(format!("Đã bỏ lịch {name}. Kết quả đã chấm còn nguyên."));
    Ok(Outcome::Clean)
}

/// Says the steps instead of taking them.
fn told(steps: &[Step], console: &mut Console) -> Outcome {
    for step in steps {
        match step {
            Step::Write { path, text, .. } => {
                console.line(format!("Sẽ ghi {}:\n\n{text}", path.display()));
            }
            Step::Run(words) => console.line(format!("Sẽ chạy: {}", command_line(words))),
            Step::Remove(path) => console.line(format!("Sẽ xóa {}", path.display())),
        }
    }
    Outcome::Clean
}
