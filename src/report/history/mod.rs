//! The workbook of a summary (*Tổng kết*): a history and what it comes to → its
//! sheets. One file a sheet.

mod chronicle;
mod awards;
mod bands;
mod charts;
mod contents;
mod indices;
mod moves;
mod overview;
mod ranks;
mod sources;
mod targets;

use crate::finding::Finding;
use crate::history::History;
use crate::history::summary::Summary;
use crate::record::Input;
use crate::sheet::Workbook;
use crate::sheet::names::Names;
use chronicle::Chronicle;

/// The workbook. `version` is the program's.
pub fn workbook(
    history: &History,
    summary: &Summary,
    findings: &[Finding],
    inputs: &[Input],
    version: &str,
) -> Workbook {
    let chronicle = Chronicle { history, summary };
    let mut names = Names::default();
    let overview = names.take("Tổng quan", "");
    let mut blocs = Vec::new();
    let mut tables = Vec::new();
    for bloc in &history.period.blocs {
        let [index, rank, chart] =
            ["Chỉ số", "Thứ hạng", "Biểu đồ hạng"].map(|kind| names.take(kind, &bloc.name));
        let (ranks, ranked) = ranks::ranks(chronicle, bloc, rank);
        let (indices, table) = indices::indices(chronicle, bloc, index, &ranked);
        tables.push(table);
        blocs.extend([indices, ranks]);
        blocs.extend(charts::ranks(chronicle, bloc, chart, &ranked));
    }
    let mut sheets = vec![overview::overview(chronicle, overview, &tables)];
    sheets.extend(blocs);
    sheets.push(bands::bands(chronicle, names.take("Chuyển xếp loại", "")));
    for bloc in &history.period.blocs {
        sheets.extend(moves::moves(chronicle, bloc, names.take("Biến động hạng", &bloc.name)));
    }
    sheets.push(contents::by_bloc(chronicle, names.take("Nội dung cải cách", "")));
    for bloc in &history.period.blocs {
        sheets.extend(contents::by_unit(chronicle, bloc, names.take("Nội dung", &bloc.name)));
    }
    sheets.push(contents::weak(chronicle, names.take("Mục yếu nhiều năm", "")));
    if !history.period.indicators.is_empty() || !history.period.city.is_empty() {
        sheets.push(targets::targets(chronicle, names.take("Chỉ tiêu", "")));
    }
    if let Some((rules, proposals)) = history.period.awards.as_ref().zip(summary.proposals.as_ref())
    {
        let [given, denied] =
            ["Khen thưởng", "Không đề nghị khen"].map(|kind| names.take(kind, ""));
        sheets.push(awards::proposed(chronicle, rules, proposals, given));
        sheets.push(awards::passed_over(chronicle, proposals, denied));
    }
    sheets.push(sources::breaks(chronicle, names.take("Đơn vị và mốc thay đổi", "")));
    sheets.push(sources::inputs(
        chronicle,
        names.take("Nguồn số liệu", ""),
        findings,
        inputs,
        version,
    ));
    Workbook {
        title: history.period.title.clone(),
        dated: history.period.dated,
        places: history.period.places,
        index_places: history.period.places,
        sheets,
        properties: Vec::new(),
    }
}
