//! *Đơn vị và mốc thay đổi*: what became of units, and when criteria sets
//! changed; and *Nguồn số liệu*: the files everything rests on.

use super::{Teller, column, dash};
use crate::finding::{Finding, Severity};
use crate::history::series::Series;
use crate::history::year::Fate;
use crate::report::head;
use crate::report::sheet::{Cell, Level, Row, Sheet};

const BREAKS: [f64; 6] = [26.0, 14.0, 44.0, 44.0, 9.0, 44.0];
const INPUTS: [f64; 4] = [12.0, 44.0, 30.0, 90.0];

pub(super) fn breaks(teller: &Teller, name: String) -> Sheet {
    let history = teller.history;
    let mut sheet = teller.sheet(name, &BREAKS, "ĐƠN VỊ QUA CÁC NĂM VÀ MỐC THAY ĐỔI");
    let columns = column(BREAKS.len());
    sheet.push(Row::banner("1. Biến động đơn vị", Level::Strong, columns));
    sheet.push(Row::head(["Ngày", "Loại", "Đơn vị trước", "Đơn vị sau", "", "Căn cứ"]));
    let mut events: Vec<_> = history.members.events.iter().collect();
    events.sort_by_key(|event| event.day);
    let names = |ids: &[crate::round::register::UnitId]| {
        let name = |id| history.members.get(id).map_or("", |it| it.name.as_str());
        let names: Vec<String> = ids.iter().map(|id| format!("{} ({id})", name(id))).collect();
        names.join("; ")
    };
    for event in events {
        let day = event.day.map_or_else(|| "–".to_owned(), |day| day.to_string());
        sheet.push(Row::new(vec![
            Cell::text(day, Level::Body.center()),
            Cell::text(event.told(), Level::Body.center()),
            Cell::text(names(&event.before), Level::Body.left()),
            Cell::text(names(&event.after), Level::Body.left()),
            Cell::blank(Level::Body.left()),
            Cell::text(&*event.source, Level::Body.left()),
        ]));
    }
    if history.members.events.is_empty() {
        sheet.push(Row::banner("Không có biến động nào.", Level::Body.left(), columns));
    }
    head::gap(&mut sheet);
    sheet.push(Row::banner("2. Chuỗi số liệu của từng đơn vị", Level::Strong, columns));
    let remark = "Liên tục: năm nào cũng được xếp hạng, vẫn là đơn vị đó dù đổi tên, đổi cấp. Ghép: hình \
                  thành do sáp nhập, chia tách trong giai đoạn. Đứt đoạn: có năm không được xếp hạng. \
                  Đơn vị nối với nhau theo mã, không theo tên.";
    sheet.push(Row::banner(remark, Level::Remark, columns));
    sheet.push(Row::head([
        "Mã",
        "Chuỗi",
        "Đơn vị",
        "Hình thành từ",
        "Số năm",
        "Năm không có kết quả",
    ]));
    for series in &teller.summary.series {
        let line = &history.genealogy.lines[series.line];
        let ids: Vec<&str> = line.ids.iter().map(|id| id.0.as_str()).collect();
        let parents: Vec<&str> = line.parents.iter().map(|it| history.name(*it)).collect();
        let absent = absent(teller, series);
        let years = series.stats.as_ref().map_or(0, |it| it.years);
        sheet.push(Row::new(vec![
            Cell::text(ids.join(" → "), Level::Body.left()),
            Cell::text(series.continuity.told(), Level::Body.center()),
            Cell::text(history.name(series.line), Level::Body.left()),
            Cell::text(parents.join("; "), Level::Body.left()),
            Cell::new(super::number(years), Level::Body.center()),
            Cell::text(absent, Level::Body.left()),
        ]));
    }
    head::gap(&mut sheet);
    eras(teller, &mut sheet);
    sheet
}

/// The years without a ranked result: with the reason where there is one, and
/// runs of years as `2011–2019`.
fn absent(teller: &Teller, series: &Series) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut run: Option<(i16, i16)> = None;
    let close = |run: &mut Option<(i16, i16)>, told: &mut Vec<String>| {
        told.extend(run.take().map(|(from, to)| match to - from {
            0 => from.to_string(),
            _ => format!("{from}–{to}"),
        }));
    };
    for year in teller.years() {
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

/// Which criteria set when, and what its areas were taken for.
fn eras(teller: &Teller, sheet: &mut Sheet) {
    let period = &teller.history.period;
    let columns = column(BREAKS.len());
    sheet.push(Row::banner("3. Bộ chỉ số và bảng quy đổi lĩnh vực", Level::Strong, columns));
    sheet.push(Row::head(["Bộ", "Năm", "Lĩnh vực", "Nội dung", "", "Căn cứ"]));
    for era in &period.eras {
        for (at, area) in era.areas.iter().enumerate() {
            let first = |text: String| if at == 0 { text } else { String::new() };
            sheet.push(Row::new(vec![
                Cell::text(first(era.id.clone()), Level::Body.left()),
                Cell::text(first(format!("{}–{}", era.from, era.to)), Level::Body.center()),
                Cell::text(format!("{}. {}", area.code, area.name), Level::Body.left()),
                Cell::text(period.contents[area.content].name_in(era.to), Level::Body.left()),
                Cell::blank(Level::Body.left()),
                Cell::text(first(era.source.clone()), Level::Body.left()),
            ]));
        }
    }
}

pub(super) fn inputs(
    teller: &Teller,
    name: String,
    findings: &[Finding],
    inputs: &[crate::record::Input],
    version: &str,
) -> Sheet {
    let mut sheet = teller.sheet(name, &INPUTS, "NGUỒN SỐ LIỆU VÀ PHÁT HIỆN");
    let columns = column(INPUTS.len());
    sheet.push(Row::banner(format!("Chương trình: {version}"), Level::Remark, columns));
    sheet.push(Row::banner("1. Tệp đã đọc", Level::Strong, columns));
    sheet.push(Row::head(["Năm", "Tệp", "", "SHA-256"]));
    for input in inputs {
        let year = input.file.split('/').next().filter(|it| it.parse::<i16>().is_ok());
        sheet.push(Row::new(vec![
            year.map_or_else(
                || dash(Level::Body.center()),
                |year| Cell::text(year, Level::Body.center()),
            ),
            Cell::text(&*input.file, Level::Body.left()),
            Cell::blank(Level::Body.left()),
            Cell::text(&*input.sha256, Level::Body.left()),
        ]));
    }
    head::gap(&mut sheet);
    sheet.push(Row::banner("2. Phát hiện", Level::Strong, columns));
    sheet.push(Row::head(["Mã", "Tệp, ô", "Cách xử lý", "Nội dung"]));
    for finding in findings {
        let level = match finding.severity() {
            Severity::Error => Level::Bad,
            Severity::Warning => Level::Doubtful,
            Severity::Note => Level::Body,
        };
        sheet.push(Row::new(vec![
            Cell::text(finding.code.info().id, Level::Body.center()),
            Cell::text(finding.place.to_string(), Level::Body.left()),
            Cell::text(finding.help(), Level::Body.left()),
            Cell::text(finding.message(), level),
        ]));
    }
    if findings.is_empty() {
        sheet.push(Row::banner("Không có phát hiện nào.", Level::Body.left(), columns));
    }
    sheet
}
