//! `cchc watch`: the folder of forms as a drop folder; tells who has sent what.

use std::mem;
use std::time::Duration;

use clap::{Arg, ArgAction, Command};

use crate::batch::log::{self, LOG_FILE};
use crate::batch::watch::Watch;
use crate::batch::{Folder, clock, lock, save};
use crate::cli::console::{Console, counted};
use crate::cli::outcome::Outcome;
use crate::cli::place::{is_round, not_round};
use crate::cli::run;
use crate::cli::verb::{Given, Verb, round, threads};
use crate::evaluation::Decided;
use crate::evaluation::desk::{Desk, Told};
use crate::failure::Failure;
use crate::finding::Finding;
use crate::form::Receipt;
use crate::report::turnout::PAGE;
use crate::text;
use crate::words::arrival as words;

pub(super) const VERB: Verb = Verb {
    name: "watch",
    alias: "theo-doi",
    about: "Theo dõi nop/: phiếu đến là kiểm tra, ghi phản hồi và trang tình hình vào theo-doi/",
    forms: &["[THƯ MỤC KỲ] [--mot-lan] [--cham]"],
    arguments,
    run: |given, console| given.in_round(|folder| watch(given, folder, console)),
};

/// How long to wait after a failure before the next try.
const AFTER_FAILURE: Duration = Duration::from_secs(3);

/// How long a single pass waits for files that are still being copied.
const MOST_WAITED: Duration = Duration::from_secs(30);

fn arguments(command: Command) -> Command {
    let once = Arg::new("once").long("mot-lan").action(ArgAction::SetTrue);
    let once = once.help("Xem một lần rồi thôi, không chờ phiếu mới");
    let score = Arg::new("score").long("cham").action(ArgAction::SetTrue);
    let score = score.help("Có thay đổi thì chấm lại luôn, như cchc run; không ghi thì không chấm");
    command.args([round(), once, score, threads()])
}

fn watch(given: &Given, folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let [once, scores] = ["once", "score"].map(|it| given.has(it));
    let busy = |failure| match failure {
        Failure::Busy { path } => Failure::Usage(format!(
            "đã có một cửa sổ đang theo dõi {}; hãy dùng cửa sổ đó, hoặc đóng nó trước",
            path.display()
        )),
        other => other,
    };
    // Whoever watches waits for ever: for a round that is not there, too.
    if !is_round(folder.root()) {
        return Err(Failure::Usage(not_round(folder.root())));
    }
    let _lock = lock::take_of(folder.root(), lock::WATCH_FILE).map_err(busy)?;
    save::folder(&folder.inbox())?;
    let page = folder.watched().join(PAGE);
    console.line(format!("Đang theo dõi {}", folder.inbox().display()));
    console.line(format!("Trang tình hình (mở bằng trình duyệt): {}", page.display()));
    if !once {
        console.line("Nhấn Ctrl+C để dừng; dừng lúc nào cũng không mất gì.");
    }
    let mut watch = Watch::begin(folder);
    let mut desk = Desk::open(folder, once);
    let (mut trouble, mut last, mut is_scored) = (String::new(), None, true);
    loop {
        let began = watch.now();
        let passed = pass(folder, &mut desk, &mut watch, console);
        let mut rest = watch.now().saturating_sub(began);
        match passed {
            Err(failure) if once => return Err(failure),
            Err(failure) => {
                rest = rest.max(AFTER_FAILURE);
                // Said once, however long it lasts.
                if trouble != failure.to_string() {
                    trouble = failure.to_string();
                    console.failure(&failure);
                    console.line("Vẫn theo dõi; sửa xong là tự chạy tiếp.");
                }
            }
            Ok(outcome) => {
                if !trouble.is_empty() {
                    trouble.clear();
                    console.line("Đã chạy tiếp được.");
                }
                is_scored &= outcome.is_none();
                last = outcome.or(last);
                let is_quiet = !desk.is_settling() || once && MOST_WAITED < began;
                if scores && is_quiet && !mem::replace(&mut is_scored, true) {
                    score(folder, once, console)?;
                }
                if let Some(outcome) = last.filter(|_| once && is_quiet) {
                    return Ok(outcome);
                }
            }
        }
        console.take_said();
        watch.wait(desk.next(), rest);
    }
}

/// Scores as `cchc run` does. Who watches on is only told when that fails.
fn score(folder: &Folder, once: bool, console: &mut Console) -> Result<(), Failure> {
    match run::run(folder, None, console) {
        Err(failure) if once => Err(failure),
        Err(failure) => {
            console.failure(&failure);
            Ok(())
        }
        Ok(_) => Ok(()),
    }
}

/// Looks once, and tells what is new. `None` where there was nothing to tell.
fn pass(
    folder: &Folder,
    desk: &mut Desk,
    watch: &mut Watch,
    console: &mut Console,
) -> Result<Option<Outcome>, Failure> {
    let Some(looks) = watch.look() else {
        return Err(Failure::NoFolder { path: folder.inbox() });
    };
    let Some(told) = desk.take(looks, watch, console)? else { return Ok(None) };
    say(&told, console);
    let results = folder.results();
    save::file(&results.join(LOG_FILE), &log::appended(&results, &console.take_said()))?;
    desk.heard(&told)?;
    Ok(Some(Outcome::of(&told.decided.tally.findings)))
}

/// A line for each file that came, was changed or went, and where the round stands.
fn say(told: &Told, console: &mut Console) {
    let Decided { round, tally, .. } = &told.decided;
    let time = clock::now().time;
    // A name may break lines.
    let mut line = |said: String| console.line(text::visible(&said));
    for Receipt { file, unit, possible, fate, .. } in &told.new {
        let own = tally.findings.iter().filter(|it| it.place.file == *file);
        let own: Vec<Finding> = own.cloned().collect();
        let unit = unit.as_ref().or(possible.as_ref());
        let unit = unit.and_then(|id| round.register.unit(id));
        let unit = unit.map_or_else(String::new, |unit| format!("{} – ", unit.name));
        let fate = words::fate(*fate).to_lowercase();
        line(format!("{time} {file}: {unit}{fate} ({})", counted(&own)));
    }
    for file in &told.gone {
        line(format!("{time} {file}: không còn trong thư mục"));
    }
    for (file, wait) in &told.stuck {
        line(format!("{time} {file}: {}; vẫn đợi", words::wait(*wait)));
    }
    let letters = match told.letters {
        Some(count) => format!("phản hồi cho {count} đơn vị"),
        None => "kỳ đã công bố, không ghi lại phản hồi".to_owned(),
    };
    let turnout = words::turnout(told.count);
    line(format!("{time} {turnout} ({letters})."));
}
