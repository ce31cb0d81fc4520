//! The words of the command line, and what is said when they are off.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::failure::Failure;

/// What the user asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Request {
    Run {
        round: PathBuf,
        /// Why published results are made again.
        reason: Option<String>,
        threads: usize,
        /// Ids; with any, no result is written but what they come to.
        scenarios: Vec<String>,
    },
    Check {
        round: PathBuf,
        threads: usize,
    },
    Forms {
        round: PathBuf,
    },
    Appraise {
        round: PathBuf,
        threads: usize,
    },
    Lint {
        round: PathBuf,
    },
    Summary {
        folder: PathBuf,
        threads: usize,
        /// The first and the last year of a new summary to be begun.
        begun: Option<(i16, i16)>,
    },
    Init {
        folder: PathBuf,
        year: i16,
    },
    Trace {
        round: PathBuf,
        unit: String,
        item: Option<String>,
    },
    Verify {
        what: PathBuf,
        with: Option<PathBuf>,
        threads: usize,
    },
    Freeze {
        round: PathBuf,
        why_lacking: Option<String>,
        threads: usize,
    },
    Explain {
        code: String,
    },
    /// Help or the version, already phrased.
    Tell(String),
}

/// One command: its name, its Vietnamese alias, and what it does.
struct Verb {
    name: &'static str,
    alias: &'static str,
    about: &'static str,
}

const RUN: Verb = Verb {
    name: "run",
    alias: "cham",
    about: "Chấm điểm, xếp hạng, xét khen thưởng; ghi mọi kết quả vào ket-qua/",
};
const CHECK: Verb = Verb {
    name: "check",
    alias: "kiem-tra",
    about: "Kiểm tra phiếu đã nộp; chỉ ghi các tệp phản hồi vào ket-qua/phan-hoi/",
};
const FORMS: Verb = Verb {
    name: "forms",
    alias: "phieu-mau",
    about: "Tạo phiếu trắng cho từng đơn vị và mẫu kết quả khảo sát trong mau/",
};
const APPRAISE: Verb = Verb {
    name: "appraise",
    alias: "tham-dinh",
    about: "Tạo bảng thẩm định cho từng khối trong tham-dinh/ từ phiếu đã nộp",
};
const LINT: Verb = Verb {
    name: "lint",
    alias: "ra-soat",
    about: "Rà soát tệp của kỳ (ky.toml, đơn vị, bộ chỉ số) trước khi phát phiếu",
};
const INIT: Verb =
    Verb {
        name: "init", alias: "tao-ky", about: "Tạo thư mục kỳ mới từ mẫu có sẵn"
    };
const TRACE: Verb = Verb {
    name: "trace",
    alias: "lan-vet",
    about: "Cho biết điểm của một đơn vị từ đâu ra: từ ô trên phiếu đến hạng, khen thưởng",
};
const VERIFY: Verb = Verb {
    name: "verify",
    alias: "doi-chieu",
    about: "Đối chiếu kết quả với đầu vào, hoặc một sổ đang cầm với bản đã công bố",
};
const FREEZE: Verb = Verb {
    name: "freeze",
    alias: "cong-bo",
    about: "Công bố kết quả: gói đầu vào và kết quả vào một tệp trong cong-bo/",
};
const SUMMARY: Verb = Verb {
    name: "summary",
    alias: "tong-ket",
    about: "Tổng kết nhiều năm từ kết quả từng năm; ghi vào ket-qua/",
};
const EXPLAIN: Verb = Verb {
    name: "explain",
    alias: "giai-thich",
    about: "Giải thích một mã phát hiện, ví dụ P052, và cách sửa",
};

const HELP: &str = "{about}\n\nCách dùng: {usage}\n\n{all-args}{after-help}";

const EXIT_CODES: &str = "\
Mã thoát:
  0  xong, mọi phiếu đều dùng được
  1  xong và đã ghi kết quả, nhưng có phiếu bị gạt ra hoặc chưa nộp
  2  chưa làm gì, lý do được nêu rõ";

const VERIFY_CODES: &str = "\
Mã thoát:
  0  khớp
  1  không khớp, các khác biệt được nêu rõ
  2  không đối chiếu được, lý do được nêu rõ";

/// Understands the words after the program's name.
pub(super) fn parse(words: Vec<OsString>) -> Result<Request, Failure> {
    let words = with_run(words);
    let program = std::iter::once(OsString::from("cchc"));
    match command().try_get_matches_from(program.chain(words)) {
        Ok(matches) => Ok(request(&matches)),
        Err(err) if !err.use_stderr() => Ok(Request::Tell(err.render().to_string())),
        // Whoever starts the program alone wants to know what it is.
        Err(err) if err.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Err(Failure::Usage(format!("chưa nêu lệnh hay thư mục kỳ\n\n{}", err.render())))
        }
        Err(err) => Err(Failure::Usage(complaint(&err))),
    }
}

/// A folder alone, or dropped on the program's icon, means `run`.
fn with_run(mut words: Vec<OsString>) -> Vec<OsString> {
    let is_folder = words.first().is_some_and(|word| Path::new(word).is_dir());
    if is_folder {
        words.insert(0, RUN.name.into());
    }
    words
}

fn command() -> Command {
    let scenarios = Arg::new("scenarios").long("kich-ban").value_name("MÃ");
    let scenarios = scenarios.action(ArgAction::Append).help(
        "Chỉ tính kịch bản này của ky.toml, ghi vào kich-ban/, không đụng đến ket-qua/; ghi nhiều \
         lần được, hoặc all",
    );
    let year = Arg::new("year").long("year").alias("nam").value_name("NĂM").required(true);
    let year = year.value_parser(value_parser!(i16).range(2000..=2999)).help("Năm được đánh giá");
    let folder = Arg::new("folder").value_name("THƯ MỤC").required(true);
    let folder = folder.value_parser(value_parser!(PathBuf)).help("Thư mục sẽ tạo");
    let reason = Arg::new("reason").long("ly-do").value_name("LÝ DO");
    let reason = reason.help("Vì sao chấm lại kết quả đã công bố");
    let summed = Arg::new("round").value_name("THƯ MỤC TỔNG KẾT").default_value(".");
    let summed = summed.hide_default_value(true).value_parser(value_parser!(PathBuf));
    let summed = summed.help("Thư mục có tong-ket.toml và mỗi năm một thư mục con");
    let begun = Arg::new("begun").long("init").alias("mau").value_name("TỪ-ĐẾN");
    let begun = begun.value_parser(span).help("Tạo tệp mẫu cho các năm này, ví dụ 2011-2020");
    let code = Arg::new("code").value_name("MÃ").required(true).help("Mã phát hiện");

    dressed(Command::new("cchc"), "cchc <LỆNH> [THƯ MỤC KỲ]")
        .about("Chấm điểm, xếp hạng và xét khen thưởng cải cách hành chính từ phiếu Excel")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg_required_else_help(true)
        .subcommand_help_heading("Lệnh")
        .subcommand_value_name("LỆNH")
        .subcommand_required(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help("In phiên bản chương trình"),
        )
        .after_help(format!("\n{EXIT_CODES}"))
        .subcommands([
            verb(&RUN, "cchc run [THƯ MỤC KỲ] [--kich-ban <MÃ>]").args([
                round(),
                reason,
                threads(),
                scenarios,
            ]),
            verb(&CHECK, "cchc check [THƯ MỤC KỲ]").args([round(), threads()]),
            verb(&FORMS, "cchc forms [THƯ MỤC KỲ]").arg(round()),
            verb(&APPRAISE, "cchc appraise [THƯ MỤC KỲ]").args([round(), threads()]),
            verb(&LINT, "cchc lint [THƯ MỤC KỲ]").arg(round()),
            verb(&INIT, "cchc init <THƯ MỤC> --year <NĂM>").args([folder, year]),
            verb(&SUMMARY, "cchc summary [THƯ MỤC TỔNG KẾT] [--init TỪ-ĐẾN]").args([
                summed,
                threads(),
                begun,
            ]),
            verb(&EXPLAIN, "cchc explain <MÃ>").arg(code),
        ])
        .subcommands(proofs())
}

/// The commands that make a result stand up to a protest.
fn proofs() -> [Command; 3] {
    let words = Arg::new("words").value_name("[THƯ MỤC KỲ] ĐƠN VỊ [MÃ]").num_args(1..=3);
    let words = words.required(true).help(
        "Thư mục kỳ (nếu khác thư mục hiện tại), mã hoặc tên đơn vị, mã tiêu chí (nếu chỉ hỏi một)",
    );
    let what = Arg::new("what").value_name("KỲ | TỆP").default_value(".");
    let what = what.hide_default_value(true).value_parser(value_parser!(PathBuf));
    let what = what.help(
        "Thư mục kỳ, tệp .zip đã công bố, hoặc sổ .xlsx cần đối chiếu (mặc định: thư mục hiện tại)",
    );
    let with = Arg::new("with").long("voi").value_name("KỲ | TỆP");
    let with = with
        .value_parser(value_parser!(PathBuf))
        .help("Nơi có bản công bố: thư mục kỳ, hoặc tệp .zip do cchc freeze tạo");
    let lacking = Arg::new("lacking").long("con-thieu").value_name("LÝ DO");
    let lacking = lacking.help("Vì sao công bố khi kết quả còn tạm tính");
    [
        verb(&TRACE, "cchc trace [THƯ MỤC KỲ] <ĐƠN VỊ> [MÃ TIÊU CHÍ]").arg(words),
        verb(
            &VERIFY,
            "cchc verify [THƯ MỤC KỲ | TỆP.zip | TỆP.xlsx] [--voi <THƯ MỤC KỲ | TỆP.zip>]",
        )
        .args([what, with, threads()])
        .after_help(VERIFY_CODES),
        verb(&FREEZE, "cchc freeze [THƯ MỤC KỲ]").args([round(), lacking, threads()]),
    ]
}

/// The round's folder, the one we are in by default.
fn round() -> Arg {
    let arg = Arg::new("round").value_name("THƯ MỤC KỲ").default_value(".");
    arg.hide_default_value(true)
        .value_parser(value_parser!(PathBuf))
        .help("Thư mục của kỳ đánh giá (mặc định: thư mục hiện tại)")
}

fn threads() -> Arg {
    let arg = Arg::new("threads").long("luong").value_name("SỐ").default_value("0");
    arg.hide_default_value(true)
        .value_parser(value_parser!(usize))
        .help("Số luồng xử lý (mặc định: theo số nhân của máy)")
}

/// `2011-2020`: two years, in order.
fn span(word: &str) -> Result<(i16, i16), String> {
    let years = word.split_once(['-', '–']).and_then(|(from, to)| {
        let year = |text: &str| text.trim().parse::<i16>().ok();
        Some((year(from)?, year(to)?))
    });
    let is_sound = |it: &(i16, i16)| (2000..=2999).contains(&it.0) && it.0 <= it.1 && it.1 < 3000;
    years.filter(is_sound).ok_or_else(|| "cần hai năm, ví dụ 2011-2020".to_owned())
}

fn verb(verb: &Verb, usage: &'static str) -> Command {
    let about = format!("{} (hoặc: {})", verb.about, verb.alias);
    dressed(Command::new(verb.name), usage).alias(verb.alias).about(about)
}

/// The Vietnamese dress that every command wears.
fn dressed(command: Command, usage: &'static str) -> Command {
    let help = Arg::new("help").short('h').long("help").alias("tro-giup");
    command
        .help_template(HELP)
        .override_usage(usage)
        .disable_help_flag(true)
        .next_help_heading("Tham số")
        .arg(help.action(ArgAction::Help).help("In hướng dẫn này"))
}

fn request(matches: &ArgMatches) -> Request {
    let (name, given) = matches.subcommand().expect("a subcommand is required");
    let path = |id: &str| -> PathBuf { given.get_one::<PathBuf>(id).cloned().unwrap_or_default() };
    let threads = || given.get_one::<usize>("threads").copied().unwrap_or_default();
    let text = |id: &str| given.get_one::<String>(id).cloned();
    match name {
        "run" => Request::Run {
            round: path("round"),
            reason: text("reason"),
            threads: threads(),
            scenarios: given
                .get_many::<String>("scenarios")
                .map(|it| it.cloned().collect())
                .unwrap_or_default(),
        },
        "check" => Request::Check { round: path("round"), threads: threads() },
        "forms" => Request::Forms { round: path("round") },
        "appraise" => Request::Appraise { round: path("round"), threads: threads() },
        "lint" => Request::Lint { round: path("round") },
        "summary" => Request::Summary {
            folder: path("round"),
            threads: threads(),
            begun: given.get_one::<(i16, i16)>("begun").copied(),
        },
        "init" => Request::Init {
            folder: path("folder"),
            year: given.get_one::<i16>("year").copied().unwrap_or_default(),
        },
        "trace" => traced(given),
        "freeze" => {
            let (round, threads) = (path("round"), threads());
            Request::Freeze { round, why_lacking: text("lacking"), threads }
        }
        "verify" => Request::Verify {
            what: path("what"),
            with: given.get_one::<PathBuf>("with").cloned(),
            threads: threads(),
        },
        _ => {
            Request::Explain { code: given.get_one::<String>("code").cloned().unwrap_or_default() }
        }
    }
}

/// The folder among the words, wherever it stands, then the unit and the item.
fn traced(given: &ArgMatches) -> Request {
    let mut words: Vec<String> =
        given.get_many::<String>("words").map(|it| it.cloned().collect()).unwrap_or_default();
    let folder = words.iter().position(|word| Path::new(word).is_dir());
    let folder = folder.filter(|_| 1 < words.len());
    // Three words without a folder: the first was meant as one.
    let folder = folder.or((words.len() == 3).then_some(0)).map(|at| words.remove(at));
    let round = folder.map_or_else(|| PathBuf::from("."), PathBuf::from);
    let mut words = words.into_iter();
    Request::Trace { round, unit: words.next().unwrap_or_default(), item: words.next() }
}

/// clap's complaint in Vietnamese, from the context it gives.
fn complaint(err: &clap::Error) -> String {
    let text = |kind: ContextKind| match err.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let arg = text(ContextKind::InvalidArg);
    let what = match err.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh “{}”", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("không có tham số “{arg}”"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("giá trị “{}” không dùng được cho {arg}", text(ContextKind::InvalidValue))
        }
        ErrorKind::MissingRequiredArgument => format!("thiếu tham số {arg}"),
        ErrorKind::MissingSubcommand => "chưa nêu lệnh".to_owned(),
        ErrorKind::ArgumentConflict => format!("tham số {arg} được ghi hai lần"),
        _ => "câu lệnh không đúng".to_owned(),
    };
    let suggested =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg].map(text).concat();
    let hint = match suggested.as_str() {
        // What follows the space of a path in no quotes is one word too many.
        "" if err.kind() == ErrorKind::UnknownArgument && !arg.starts_with('-') => {
            "Đường dẫn có dấu cách thì đặt trong ngoặc kép. Gõ cchc --help để xem cách dùng."
                .to_owned()
        }
        "" => "Gõ cchc --help để xem cách dùng.".to_owned(),
        word => format!("Có phải ý bạn là: {word}?"),
    };
    format!("{what}\n{hint}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &[&str]) -> Result<Request, String> {
        let words = words.iter().map(OsString::from).collect();
        parse(words).map_err(|failure| failure.to_string())
    }

    #[test]
    fn aliases_and_a_bare_folder_mean_the_same() {
        let expected = Ok(Request::Run {
            round: PathBuf::from("src"),
            reason: None,
            threads: 0,
            scenarios: Vec::new(),
        });
        assert_eq!(said(&["run", "src"]), expected);
        assert_eq!(said(&["cham", "src"]), expected);
        assert_eq!(said(&["src"]), expected);
    }

    #[test]
    fn complaints_are_vietnamese_and_suggest() {
        assert_eq!(said(&["runn"]).unwrap_err(), "không có lệnh “runn”\nCó phải ý bạn là: run?");
        assert_eq!(
            said(&["init", "x", "--year", "abc"]).unwrap_err(),
            "giá trị “abc” không dùng được cho --year <NĂM>\nGõ cchc --help để xem cách dùng."
        );
        assert_eq!(
            said(&["explain"]).unwrap_err(),
            "thiếu tham số <MÃ>\nGõ cchc --help để xem cách dùng."
        );
    }

    #[test]
    fn a_path_with_spaces_is_to_be_quoted() {
        assert_eq!(
            said(&["run", "ha", "long"]).unwrap_err(),
            "không có tham số “long”\nĐường dẫn có dấu cách thì đặt trong ngoặc kép. Gõ cchc --help \
             để xem cách dùng."
        );
    }

    #[test]
    fn help_is_vietnamese_throughout() {
        let Ok(Request::Tell(help)) = said(&["--help"]) else { panic!("no help") };
        assert_eq!(said(&[]).unwrap_err(), format!("chưa nêu lệnh hay thư mục kỳ\n\n{help}"));
        for english in ["Usage", "Commands", "Options", "Print", "help for"] {
            assert!(!help.contains(english), "{english} in:\n{help}");
        }
    }
}
