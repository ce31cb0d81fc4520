//! How forms come in (tình hình nộp phiếu), as a workbook: counts, every unit,
//! what is to be mended, and every file.

use crate::arrival::{OfBloc, Sender, State, Turnout, Wait};
use crate::finding::{Finding, Severity};
use crate::form::Receipt;
use crate::round::Round;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Level, Sheet, Value, Workbook};
use crate::tally::Tally;
use crate::words::arrival as words;

/// The workbook's name, and that of the page beside it.
pub const WORKBOOK: &str = "tinh-hinh.xlsx";
pub const PAGE: &str = "tinh-hinh.html";

/// The workbook. `waiting` are the files that are not read yet; `moment` is the time
/// it tells of, `deadline` how far off the deadline is then.
pub fn workbook(
    round: &Round,
    tally: &Tally,
    turnout: &Turnout,
    waiting: &[(String, Wait)],
    [moment, deadline]: [&str; 2],
) -> Workbook {
    let title = |name: &str, title: &str, widths: Vec<f64>| {
        let footer = format!("{} – {moment}", round.settings.title);
        let mut sheet = Sheet { widths, footer, ..Sheet::named(name) };
        head::issued(&mut sheet, &round.settings);
        head::gap(&mut sheet);
        let count = words::turnout(turnout.count());
        head::title(&mut sheet, title, &[&round.settings.title]);
        head::remark(&mut sheet, &format!("{deadline}. Cập nhật lúc {moment}. {count}."));
        head::gap(&mut sheet);
        sheet
    };
    let blocs = blocs();
    let mut summary = title("Tình hình", "TÌNH HÌNH NỘP PHIẾU", blocs.widths());
    blocs.write(&mut summary, &turnout.blocs);
    let units = units();
    let mut all = title("Đơn vị", "TÌNH HÌNH NỘP PHIẾU CỦA TỪNG ĐƠN VỊ", units.widths());
    let lines = turnout.blocs.iter().flat_map(|of| of.senders.iter().map(move |it| (of, it)));
    units.write(&mut all, &lines.collect::<Vec<_>>());
    let faults = faults();
    let mut mend = title("Cần sửa", "NHỮNG CHỖ CẦN SỬA, CẦN XEM LẠI TRÊN PHIẾU", faults.widths());
    let own = turnout
        .senders()
        .flat_map(|sender| sender.findings.iter().map(|it| (sender.unit.name.as_str(), *it)));
    let unknown = turnout.unknown.iter().flat_map(|it| it.1.iter().map(|it| ("(chưa rõ)", *it)));
    faults.write(&mut mend, &own.chain(unknown).collect::<Vec<_>>());
    let files = files(round);
    let mut sent = title("Tệp", "CÁC TỆP ĐÃ NHẬN", files.widths());
    let read = tally.intake.receipts.iter().map(File::Read);
    let lines = read.chain(waiting.iter().map(|(name, wait)| File::Waiting(name, *wait)));
    files.write(&mut sent, &lines.collect::<Vec<_>>());
    Workbook {
        title: format!("Tình hình nộp phiếu – {}", round.settings.title),
        dated: round.settings.intake.deadline,
        places: round.settings.scoring.places,
        index_places: round.settings.scoring.index_places,
        sheets: vec![summary, all, mend, sent],
        properties: Vec::new(),
    }
}

fn number(count: usize) -> Entry {
    Value::Whole(i64::try_from(count).unwrap_or(i64::MAX)).into()
}

fn blocs<'a>() -> Table<'a, OfBloc<'a>> {
    Table::new(vec![
        Column::words("Khối", 36.0, |it: &OfBloc| (&it.bloc.name).into()).total("Cộng"),
        Column::number("Phải nộp", 11.0, |it: &OfBloc| number(it.count().expected)).summed(),
        Column::number("Hợp lệ", 11.0, |it: &OfBloc| number(it.count().sound)).summed(),
        Column::number("Tạm tính", 11.0, |it: &OfBloc| number(it.count().provisional)).summed(),
        Column::number("Chưa được tính", 11.0, |it: &OfBloc| number(it.count().flawed)).summed(),
        Column::number("Đang xem", 11.0, |it: &OfBloc| number(it.count().awaited)).summed(),
        Column::number("Chưa nộp", 11.0, |it: &OfBloc| number(it.count().missing)).summed(),
    ])
}

/// What a state is to look like, beside its words.
fn level(state: State) -> Level {
    match state {
        State::Sound => Level::Good,
        State::Provisional => Level::Doubtful,
        State::Flawed => Level::Bad,
        State::Awaited | State::Missing | State::Exempt => Level::Body,
    }
}

type Line<'a> = (&'a OfBloc<'a>, &'a Sender<'a>);

fn units<'a>() -> Table<'a, Line<'a>> {
    let count = |it: &Line, severity| {
        number(it.1.findings.iter().filter(|it| it.severity() == severity).count())
    };
    Table::new(vec![
        Column::counter("STT", 5.5),
        Column::words("Đơn vị", 36.0, |it: &Line| (&it.1.unit.name).into()).pinned(),
        Column::words("Khối", 24.0, |it: &Line| (&it.0.bloc.name).into()),
        Column::words("Tình trạng", 22.0, |it: &Line| {
            Entry::from(words::state(it.1.state)).at(level(it.1.state))
        }),
        Column::code("Ngày lập phiếu", 12.0, |it: &Line| Entry::or_dash(it.1.dated)),
        Column::words("Hạn", 10.0, |it: &Line| if it.1.is_late { "Sau hạn" } else { "" }.into()),
        Column::number("Lỗi", 8.0, move |it: &Line| count(it, Severity::Error)),
        Column::number("Cần xem lại", 9.0, move |it: &Line| count(it, Severity::Warning)),
        Column::words("Tệp", 40.0, |it: &Line| it.1.file_names().into()),
    ])
    .leading()
}

type Fault<'a> = (&'a str, &'a Finding);

fn faults<'a>() -> Table<'a, Fault<'a>> {
    Table::new(vec![
        Column::words("Đơn vị", 30.0, |it: &Fault| it.0.into()).pinned(),
        Column::words("Mức độ", 11.0, |it: &Fault| severity(it.1.severity())),
        Column::words("Tệp", 28.0, |it: &Fault| it.1.place.file_name().into()),
        Column::words("Trang", 14.0, |it: &Fault| it.1.place.sheet_name().unwrap_or("").into()),
        Column::code("Ô", 8.0, |it: &Fault| it.1.place.spot().into()),
        Column::words("Nội dung", 44.0, |it: &Fault| it.1.message_for_unit().into()),
        Column::words("Cách sửa", 44.0, |it: &Fault| {
            it.1.help_for_unit().unwrap_or_else(|| it.1.help()).into()
        }),
        Column::code("Mã", 8.0, |it: &Fault| it.1.code.info().id.into()),
    ])
    .leading()
    .otherwise("Không có chỗ nào cần sửa, cần xem lại.")
}

/// How grave something is, in words and looks.
pub(super) fn severity(severity: Severity) -> Entry {
    let entry = Entry::from(words::severity(severity));
    match severity {
        Severity::Error => entry.at(Level::Bad),
        Severity::Warning => entry.at(Level::Doubtful),
        Severity::Note => entry,
    }
}

/// A file that was read or is waited for.
enum File<'a> {
    Read(&'a Receipt),
    Waiting(&'a str, Wait),
}

fn files(round: &Round) -> Table<'_, File<'_>> {
    let unit = |it: &File| match it {
        File::Read(Receipt { unit, possible, .. }) => {
            let unit = unit.as_ref().or(possible.as_ref());
            unit.and_then(|id| round.register.unit(id)).map_or("", |unit| &unit.name).into()
        }
        File::Waiting(..) => Entry::blank(),
    };
    Table::new(vec![
        Column::counter("STT", 5.5),
        Column::words("Tệp", 44.0, |it: &File| match it {
            File::Read(receipt) => (&receipt.file).into(),
            File::Waiting(name, _) => (*name).into(),
        }),
        Column::words("Đơn vị", 36.0, unit),
        Column::words("Xử lý", 30.0, |it: &File| match it {
            File::Read(receipt) => words::fate(receipt.fate).into(),
            File::Waiting(_, wait) => format!("Đang đợi: {}", words::wait(*wait)).into(),
        }),
    ])
    .leading()
    .otherwise("Chưa có tệp nào.")
}
