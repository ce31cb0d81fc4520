//! The words after the program's name → the command that was meant, and what is
//! said when they are off.

use std::error::Error;
use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use crate::cli::verb::{Given, Unfit, Verb, dressed};
use crate::failure::Failure;

const EXIT_CODES: &str = "\
Mã thoát:
  0  xong, mọi phiếu đều dùng được
  1  xong và đã ghi kết quả, nhưng có phiếu bị gạt ra hoặc chưa nộp
  2  chưa làm gì, lý do được nêu rõ";

/// What the user asked for.
pub(super) enum Request {
    Run(&'static Verb, Given),
    /// Help or the version, already phrased.
    Tell(String),
}

/// Understands the words. A folder alone, or dropped on the program's icon,
/// means the first verb.
pub(super) fn parse(words: Vec<OsString>, verbs: &'static [Verb]) -> Result<Request, Failure> {
    let mut words: Vec<OsString> = words.into_iter().flat_map(unquoted).collect();
    let is_verb = |word: &OsString| verbs.iter().any(|it| it.is_called(word));
    if words.first().is_some_and(|word| !is_verb(word) && Path::new(word).is_dir()) {
        words.insert(0, verbs[0].name.into());
    }
    let program = std::iter::once(OsString::from("cchc"));
    match command(verbs).try_get_matches_from(program.chain(words)) {
        Ok(mut matches) => {
            let (name, given) = matches.remove_subcommand().expect("a subcommand is required");
            let verb = verbs.iter().find(|it| it.name == name).expect("only verbs were offered");
            Ok(Request::Run(verb, Given(given)))
        }
        Err(err) if !err.use_stderr() => Ok(Request::Tell(err.render().to_string())),
        // Whoever starts the program alone wants to know what it is.
        Err(err) if err.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Err(Failure::Usage(format!("chưa nêu lệnh hay thư mục kỳ\n\n{}", err.render())))
        }
        Err(err) => Err(Failure::Usage(complaint(&err))),
    }
}

/// A path whose last backslash took the quotation mark after it for a letter, as
/// Windows hands on `"D:\CCHC\" --luong 2`: the path, and the words that were drawn
/// into it. Any other word is as it was.
pub(super) fn unquoted(word: OsString) -> Vec<OsString> {
    let Some((path, rest)) = word.to_str().and_then(|it| it.split_once('"')) else {
        return vec![word];
    };
    let is_drive = path.len() == 2 && path.ends_with(':');
    let is_path = is_drive || path.contains(":\\") || path.starts_with("\\\\");
    if Path::new(&word).exists() || !(is_path || Path::new(path).is_dir()) {
        return vec![word];
    }
    // Without it, the drive's current folder is meant.
    let path = if is_drive { format!("{path}\\") } else { path.to_owned() };
    let rest = rest.split_whitespace().map(|it| it.trim_matches('"').into());
    std::iter::once(path.into()).chain(rest).collect()
}

fn command(verbs: &[Verb]) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    dressed(Command::new("cchc"), "cchc <LỆNH> [THƯ MỤC KỲ]")
        .about("Chấm điểm, xếp hạng và xét khen thưởng cải cách hành chính từ phiếu Excel")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg_required_else_help(true)
        .subcommand_help_heading("Lệnh")
        .subcommand_value_name("LỆNH")
        .subcommand_required(true)
        .arg(version.help("In phiên bản chương trình"))
        .after_help(format!("\n{EXIT_CODES}"))
        .subcommands(verbs.iter().map(Verb::command))
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
            let found = text(ContextKind::InvalidValue);
            let why = err.source().and_then(|it| it.downcast_ref::<Unfit>()).map(Unfit::to_string);
            let allowed = Some(text(ContextKind::ValidValue)).filter(|it| !it.is_empty());
            let why = why.or_else(|| Some(format!("các giá trị dùng được: {}", allowed?)));
            let why = why.map(|it| format!("; {it}")).unwrap_or_default();
            format!("giá trị “{found}” không dùng được cho {arg}{why}")
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
