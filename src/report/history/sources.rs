//! *Đơn vị và mốc thay đổi*: what became of units, and when criteria sets
//! changed; and *Nguồn số liệu*: the files everything rests on.

use super::chronicle::Chronicle;
use crate::finding::{Finding, Severity};
use crate::history::members::Event;
use crate::history::period::Era;
use crate::history::series::Series;
use crate::history::year::Fate;
use crate::record::Input;
use crate::round::register::UnitId;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Level, Sheet};

pub(super) fn breaks(chronicle: Chronicle, name: String) -> Sheet {
    let series = series(chronicle);
    let title = "ĐƠN VỊ QUA CÁC NĂM VÀ MỐC THAY ĐỔI";
    let mut sheet = chronicle.begin(name, series.widths(), title);
    head::heading(&mut sheet, "1. Biến động đơn vị");
    let mut sorted: Vec<&Event> = chronicle.history.members.events.iter().collect();
    sorted.sort_by_key(|event| event.day);
    events(chronicle).write(&mut sheet, &sorted);
    head::gap(&mut sheet);
    head::heading(&mut sheet, "2. Chuỗi số liệu của từng đơn vị");
    let remark = "Liên tục: năm nào cũng được xếp hạng, vẫn là đơn vị đó dù đổi tên, đổi cấp. Ghép: hình \
                  thành do sáp nhập, chia tách trong giai đoạn. Đứt đoạn: có năm không được xếp hạng. \
                  Đơn vị nối với nhau theo mã, không theo tên.";
    head::remark(&mut sheet, remark);
    series.write(&mut sheet, &chronicle.summary.series);
    head::gap(&mut sheet);
    head::heading(&mut sheet, "3. Bộ chỉ số và bảng quy đổi lĩnh vực");
    let eras = chronicle.history.period.eras.iter();
    let rows = eras.flat_map(|era| (0..era.areas.len()).map(move |area| (era, area)));
    areas(chronicle).write(&mut sheet, &rows.collect::<Vec<_>>());
    sheet
}

fn events(chronicle: Chronicle<'_>) -> Table<'_, &Event> {
    let members = &chronicle.history.members;
    let names = |ids: &[UnitId]| {
        let name = |id| members.get(id).map_or("", |it| it.name.as_str());
        let names: Vec<String> = ids.iter().map(|id| format!("{} ({id})", name(id))).collect();
        Entry::from(names.join("; "))
    };
    Table::new(vec![
        Column::code("Ngày", 26.0, |it: &&Event| {
            Entry::or_dash(it.day.map(|day| day.to_string()))
        }),
        Column::code("Loại", 14.0, |it: &&Event| it.told().into()),
        Column::words("Đơn vị trước", 44.0, move |it: &&Event| names(&it.before)),
        Column::words("Đơn vị sau", 44.0, move |it: &&Event| names(&it.after)).spanning(2),
        Column::words("Căn cứ", 44.0, |it: &&Event| (&it.source).into()),
    ])
    .otherwise("Không có biến động nào.")
}

fn series(chronicle: Chronicle<'_>) -> Table<'_, Series<'_>> {
    let history = chronicle.history;
    let line = |it: &Series| &history.genealogy.lines[it.line];
    Table::new(vec![
        Column::words("Mã", 26.0, move |it: &Series| {
            let ids: Vec<&str> = line(it).ids.iter().map(|id| id.0.as_str()).collect();
            ids.join(" → ").into()
        }),
        Column::code("Chuỗi", 14.0, |it: &Series| it.continuity.told().into()),
        Column::words("Đơn vị", 44.0, |it: &Series| history.name(it.line).into()),
        Column::words("Hình thành từ", 44.0, move |it: &Series| {
            let parents: Vec<&str> = line(it).parents.iter().map(|it| history.name(*it)).collect();
            parents.join("; ").into()
        }),
        Column::code("Số năm", 9.0, |it: &Series| {
            it.stats.as_ref().map_or(0, |it| it.years).into()
        }),
        Column::words("Năm không có kết quả", 44.0, move |it: &Series| {
            absent(chronicle, it).into()
        }),
    ])
    .filtered()
}

/// The years without a ranked result: with the reason where there is one, and
/// runs of years as `2011–2019`.
fn absent(chronicle: Chronicle, series: &Series) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut run: Option<(i16, i16)> = None;
    let close = |run: &mut Option<(i16, i16)>, told: &mut Vec<String>| {
        told.extend(run.take().map(|(from, to)| match to - from {
            0 => from.to_string(),
            _ => format!("{from}–{to}"),
        }));
    };
    for year in chronicle.years() {
        match series.entry(year).map(|it| &it.fate) {
            Some(Fate::Unranked(why)) => {
                close(&mut run, &mut told);
                told.push(format!("{year} ({why})"));
            }
            _ if series.placing(year).is_some() => close(&mut run, &mut told),
            _ => run = Some((run.map_or(year, |it| it.0), year)),
        }
    }
    close(&mut run, &mut told);
    told.join(", ")
}

/// Which criteria set when, said at its first area, and what its areas were
/// taken for.
fn areas(chronicle: Chronicle<'_>) -> Table<'_, (&Era, usize)> {
    type Line<'a> = (&'a Era, usize);
    let contents = &chronicle.history.period.contents;
    let first = |(era, area): &Line, told: fn(&Era) -> String| {
        Entry::from(if *area == 0 { told(era) } else { String::new() })
    };
    Table::new(vec![
        Column::words("Bộ", 26.0, move |it: &Line| first(it, |it| it.id.clone())),
        Column::code("Năm", 14.0, move |it: &Line| {
            first(it, |it| format!("{}–{}", it.from, it.to))
        }),
        Column::words("Lĩnh vực", 44.0, |(era, area): &Line| {
            format!("{}. {}", era.areas[*area].code, era.areas[*area].name).into()
        }),
        Column::words("Nội dung", 44.0, |(era, area): &Line| {
            contents[era.areas[*area].content].name_in(era.to).into()
        })
        .spanning(2),
        Column::words("Căn cứ", 44.0, move |it: &Line| first(it, |it| it.source.clone())),
    ])
}

pub(super) fn inputs(
    chronicle: Chronicle,
    name: String,
    findings: &[Finding],
    inputs: &[Input],
    version: &str,
) -> Sheet {
    let told = Table::new(vec![
        Column::code("Mã", 12.0, |it: &Finding| it.code.info().id.into()),
        Column::words("Tệp, ô", 44.0, |it: &Finding| it.place.to_string().into()),
        Column::words("Cách xử lý", 30.0, |it: &Finding| it.help().into()),
        Column::words("Nội dung", 90.0, |it: &Finding| {
            Entry::from(it.message()).at(match it.severity() {
                Severity::Error => Level::Bad,
                Severity::Warning => Level::Doubtful,
                Severity::Note => Level::Body,
            })
        }),
    ])
    .filtered()
    .otherwise("Không có phát hiện nào.");
    let mut sheet = chronicle.begin(name, told.widths(), "NGUỒN SỐ LIỆU VÀ PHÁT HIỆN");
    head::remark(&mut sheet, &format!("Chương trình: {version}"));
    head::heading(&mut sheet, "1. Tệp đã đọc");
    let read = Table::new(vec![
        Column::code("Năm", 12.0, |it: &Input| {
            Entry::or_dash(it.file.split('/').next().filter(|it| it.parse::<i16>().is_ok()))
        }),
        Column::words("Tệp", 44.0, |it: &Input| (&it.file).into()).spanning(2),
        Column::words("SHA-256", 90.0, |it: &Input| (&it.sha256).into()),
    ]);
    read.write(&mut sheet, inputs);
    head::gap(&mut sheet);
    head::heading(&mut sheet, "2. Phát hiện");
    told.write(&mut sheet, findings);
    sheet
}
