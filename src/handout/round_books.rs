//! The round's own workbooks from the texts they are kept as: tables with tabs
//! between cells → workbooks that a clerk edits.
//!
//! The texts stand in the repository, so that a reviewer sees every change to a
//! template; the workbooks are made of them.

use crate::day::Day;
use crate::finding::CellRef;
use crate::round;
use crate::round::read_criteria;
use crate::round::read_exemptions;
use crate::round::read_register;
use crate::round::read_revisions;
use crate::round::read_waivers;
use crate::round::rule_forms::FORMS;
use crate::round::waiver::WORDS;
use crate::sheet::{Align, Allow, Cell, Level, Row, Sheet, State, Validation, Value, Workbook};
use crate::text;

/// A file of a new round.
#[derive(Debug)]
pub enum TemplateFile {
    Text(String),
    Workbook(Workbook),
}

/// Every file of a new round for `year`, by its path in the round's folder.
pub fn files(year: i16) -> Vec<(&'static str, TemplateFile)> {
    let of_year = |text: &str| {
        let next = (year + 1).to_string();
        text.replace("{nam_sau}", &next).replace("{nam}", &year.to_string())
    };
    let settings = of_year(include_str!("../../templates/ky.toml"));
    let departments = of_year(include_str!("../../templates/phong-ban.tsv"));
    let wards = of_year(include_str!("../../templates/phuong-xa.tsv"));
    let units = of_year(include_str!("../../templates/don-vi.tsv"));
    let exclusions = of_year(include_str!("../../templates/khong-xet-khen.tsv"));
    let exemptions = of_year(include_str!("../../templates/khong-ap-dung.tsv"));
    let waived = of_year(include_str!("../../templates/mien-tru.tsv"));
    let changes = of_year(include_str!("../../templates/thay-doi.tsv"));
    let reasons = of_year(include_str!("../../templates/ma-ly-do.tsv"));
    vec![
        (round::SETTINGS, TemplateFile::Text(settings)),
        ("don-vi.xlsx", TemplateFile::Workbook(register(&units, &exclusions, year))),
        ("bo-chi-so/phong-ban.xlsx", TemplateFile::Workbook(criteria(&departments, year))),
        ("bo-chi-so/phuong-xa.xlsx", TemplateFile::Workbook(criteria(&wards, year))),
        ("khong-ap-dung.xlsx", TemplateFile::Workbook(exemption_list(&exemptions, year))),
        ("mien-tru.xlsx", TemplateFile::Workbook(waivers(&waived, year))),
        ("thay-doi.xlsx", TemplateFile::Workbook(revisions(&changes, &reasons, year))),
    ]
}

/// A criteria set's workbook: the table, the words its columns take, and how
/// each rule is written.
pub fn criteria(text: &str, year: i16) -> Workbook {
    let mut sheet = table("Bộ chỉ số", text, CRITERIA, criteria_level);
    let lists = word_lists();
    let rows = sheet.next_row();
    let first_row = sheet.freeze.map_or(0, |at| at.row);
    for (col, words) in (0..).zip(&lists.1) {
        let Some((label, words)) = words.split_first() else { continue };
        let Some(at) = CRITERIA.iter().position(|it| it.label == *label) else { continue };
        let at = u32::try_from(at).expect("a table has few columns");
        let last = u32::try_from(words.len()).expect("a list is short");
        sheet.validations.push(Validation {
            first: CellRef::new(first_row, at),
            last: CellRef::new(rows, at),
            ask: Allow::OneOf(lists.0.range(CellRef::new(1, col), CellRef::new(last, col)))
                .or(format!("Cột {label} chỉ nhận: {}.", words.join("; ")))
                .prompting(*label, format!("Chọn trong danh sách: {}.", words.join("; "))),
        });
    }
    workbook(&sheet.name.clone(), year, vec![sheet, rule_guide(), lists.0])
}

/// The register's workbook: units, and who may not be commended.
pub fn register(units: &str, exclusions: &str, year: i16) -> Workbook {
    let units = list(read_register::UNITS, units, REGISTER);
    let exclusions = list(read_register::EXCLUSIONS, exclusions, EXCLUSIONS);
    workbook("Danh sách đơn vị", year, vec![units, exclusions])
}

/// The workbook of the legal list of exemptions.
pub fn exemption_list(text: &str, year: i16) -> Workbook {
    let page = read_exemptions::PAGE;
    workbook(page, year, vec![list(page, text, EXEMPTIONS)])
}

/// The workbook of waivers.
pub fn waivers(text: &str, year: i16) -> Workbook {
    let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
    let text = text.replace("{quy-dinh}", &words.join("; "));
    let sheet = list(read_waivers::PAGE, &text, WAIVERS);
    workbook("Miễn trừ quy định", year, vec![sheet])
}

/// The workbook of changes after publication, and the closed list of reasons.
pub fn revisions(changes: &str, reasons: &str, year: i16) -> Workbook {
    let changes = list(read_revisions::PAGE, changes, REVISIONS);
    let reasons = list(read_revisions::REASONS, reasons, REASONS);
    workbook("Thay đổi sau công bố", year, vec![changes, reasons])
}

/// A column of a table: its label as the reader knows it, its width in
/// characters, and what it holds.
struct Column {
    label: &'static str,
    width: f64,
    holds: Holds,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Codes and ids: text whatever they look like.
    Code,
    Words,
    Number,
    Day,
}

const fn column(label: &'static str, width: f64, holds: Holds) -> Column {
    Column { label, width, holds }
}

const CRITERIA: &[Column] = &[
    column(read_criteria::CODE, 8.0, Holds::Code),
    column(read_criteria::TITLE, 42.0, Holds::Words),
    column(read_criteria::MAX, 9.0, Holds::Number),
    column(read_criteria::RULE, 17.0, Holds::Words),
    column(read_criteria::PARAMETERS, 34.0, Holds::Words),
    column(read_criteria::FIGURES, 34.0, Holds::Words),
    column(read_criteria::ORIGIN, 12.0, Holds::Words),
    column(read_criteria::EVIDENCE, 11.0, Holds::Words),
    column(read_criteria::EXEMPT, 10.0, Holds::Words),
    column(read_criteria::SOURCE, 20.0, Holds::Words),
];

const REGISTER: &[Column] = &[
    column(read_register::ID, 14.0, Holds::Code),
    column(read_register::NAME, 36.0, Holds::Words),
    column(read_register::OTHER_NAMES, 26.0, Holds::Words),
    column(read_register::BLOC, 12.0, Holds::Code),
    column(read_register::SET, 12.0, Holds::Code),
    column(read_register::HEAD, 22.0, Holds::Words),
    column(read_register::POST, 22.0, Holds::Words),
    column(read_register::SINCE, 12.0, Holds::Day),
    column(read_register::UNTIL, 12.0, Holds::Day),
    column(read_register::PREDECESSORS, 16.0, Holds::Code),
    column(read_register::EXEMPT, 20.0, Holds::Words),
];

const EXCLUSIONS: &[Column] = &[
    column(read_register::ID, 14.0, Holds::Code),
    column(read_register::PERSON, 26.0, Holds::Words),
    column(read_register::REASON, 44.0, Holds::Words),
    column(read_register::SOURCE, 34.0, Holds::Words),
];

const EXEMPTIONS: &[Column] = &[
    column(read_exemptions::UNIT, 14.0, Holds::Code),
    column(read_exemptions::ITEMS, 18.0, Holds::Code),
    column(read_exemptions::REASON, 48.0, Holds::Words),
    column(read_exemptions::SOURCE, 40.0, Holds::Words),
];

const WAIVERS: &[Column] = &[
    column(read_waivers::UNIT, 13.0, Holds::Code),
    column(read_waivers::RULE, 22.0, Holds::Words),
    column(read_waivers::ITEM, 12.0, Holds::Code),
    column(read_waivers::REQUESTER, 24.0, Holds::Words),
    column(read_waivers::APPROVER, 24.0, Holds::Words),
    column(read_waivers::DAY, 12.0, Holds::Day),
    column(read_waivers::REASON, 44.0, Holds::Words),
];

const REVISIONS: &[Column] = &[
    column(read_revisions::UNIT, 14.0, Holds::Code),
    column(read_revisions::ITEM, 14.0, Holds::Code),
    column(read_revisions::REASON, 12.0, Holds::Code),
    column(read_revisions::NOTE, 60.0, Holds::Words),
];

const REASONS: &[Column] = &[
    column(read_revisions::REASON, 14.0, Holds::Code),
    column(read_revisions::MEANING, 60.0, Holds::Words),
];

/// Empty rows below a list that are ready to be filled in.
const SPARE_ROWS: usize = 20;

/// A list that a clerk adds to: its rows, then empty ones whose cells already
/// take text as text and days as days.
fn list(name: &str, text: &str, columns: &[Column]) -> Sheet {
    let mut sheet = table(name, text, columns, |_| Level::Body);
    let spare = |column: &Column| {
        Cell::blank(match column.holds {
            Holds::Code | Holds::Words => Level::Input.left(),
            Holds::Number => Level::Input.right(),
            Holds::Day => Level::InputDay.into(),
        })
    };
    for _ in 0..SPARE_ROWS {
        sheet.push(Row::new(columns.iter().map(spare).collect()));
    }
    sheet
}

/// A text table as a sheet. Lines before the one that begins with the first
/// column's label are headings; `level` says what a row of the table is.
fn table(name: &str, text: &str, columns: &[Column], level: fn(&[&str]) -> Level) -> Sheet {
    let width = u32::try_from(columns.len()).expect("a table has few columns");
    let mut sheet = Sheet {
        name: name.to_owned(),
        widths: columns.iter().map(|column| column.width).collect(),
        ..Sheet::default()
    };
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        if sheet.freeze.is_some() {
            let cells = columns.iter().zip(&fields).map(|(column, field)| {
                Cell::new(value(field, column.holds), level(&fields).with(align(column.holds)))
            });
            sheet.push(Row::new(cells.collect()));
        } else if fields[0] == columns[0].label {
            let head = sheet.next_row();
            sheet.push(Row::head(columns.iter().map(|column| column.label)));
            sheet.repeat = Some((head, head));
            sheet.freeze = Some(CellRef::new(head + 1, 0));
        } else {
            sheet.push(heading(&fields, width));
        }
    }
    sheet
}

/// A line above a table: a title alone, or a label and what it says.
fn heading(fields: &[&str], width: u32) -> Row {
    match fields {
        [label, words, ..] if !words.is_empty() => {
            // The first column is narrow: the label takes the second as well.
            let mut cells = vec![Cell::text(*label, Level::Strong).spanning(2)];
            cells.push(Cell::blank(Level::Strong));
            cells.push(Cell::text(*words, Level::Plain).spanning(width - 2));
            cells.extend((3..width).map(|_| Cell::blank(Level::Plain)));
            Row::new(cells)
        }
        _ => Row::banner(fields[0], Level::Title, width),
    }
}

fn value(field: &str, holds: Holds) -> Value {
    let text = || Value::Text(field.to_owned());
    match holds {
        _ if field.is_empty() => Value::Blank,
        Holds::Code | Holds::Words => text(),
        Holds::Number => match text::number(field) {
            Ok(number) => Value::Quantity(number),
            Err(_) => text(),
        },
        Holds::Day => Day::parse(field).map_or_else(text, Value::Day),
    }
}

fn align(holds: Holds) -> Align {
    match holds {
        Holds::Code | Holds::Day => Align::Center,
        Holds::Words => Align::Left,
        Holds::Number => Align::Right,
    }
}

/// Areas and criteria with components stand out, as on the form.
fn criteria_level(fields: &[&str]) -> Level {
    let is_heading = fields.get(3).is_none_or(|rule| rule.is_empty());
    match (is_heading, fields[0], fields[0].split('.').count()) {
        (_, "", _) => Level::Total,
        (true, _, 1) => Level::Area,
        (true, ..) => Level::Criterion,
        (false, ..) => Level::Body,
    }
}

/// The sheet of words for drop-downs, and each list with its column's label
/// first.
fn word_lists() -> (Sheet, Vec<Vec<&'static str>>) {
    let lists = vec![
        with_label(read_criteria::RULE, FORMS.iter().map(|form| form.word)),
        with_label(read_criteria::ORIGIN, words(read_criteria::ORIGINS)),
        with_label(read_criteria::EVIDENCE, words(read_criteria::EVIDENCES)),
        with_label(read_criteria::EXEMPT, words(read_criteria::EXEMPTS)),
    ];
    let longest = lists.iter().map(Vec::len).max().unwrap_or(0);
    let mut sheet = Sheet { name: "_ds".to_owned(), state: State::VeryHidden, ..Sheet::default() };
    for row in 0..longest {
        let word = |list: &Vec<&str>| match list.get(row) {
            Some(word) => Cell::text(*word, Level::Plain),
            None => Cell::blank(Level::Plain),
        };
        sheet.push(Row::new(lists.iter().map(word).collect()));
    }
    (sheet, lists)
}

fn words<T>(table: &[(&'static str, T)]) -> impl Iterator<Item = &'static str> {
    table.iter().map(|(word, _)| *word)
}

fn with_label(label: &'static str, words: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    std::iter::once(label).chain(words).collect()
}

/// How each rule is written, from the table that the parser reads.
fn rule_guide() -> Sheet {
    let mut sheet = Sheet {
        name: "Hướng dẫn".to_owned(),
        widths: vec![22.0, 50.0, 40.0, 60.0],
        ..Sheet::default()
    };
    sheet.push(Row::banner("Cách chấm và cách viết tham số", Level::Title, 4));
    sheet.push(Row::head(["Cách chấm", "Tham số, ví dụ", "Số liệu kê khai, ví dụ", "Nghĩa"]));
    sheet.repeat = Some((1, 1));
    for form in FORMS {
        let words = [form.word, form.example, form.figures, form.meaning];
        sheet.push(Row::new(words.map(|text| Cell::text(text, Level::Body.left())).to_vec()));
    }
    sheet
}

fn workbook(title: &str, year: i16, sheets: Vec<Sheet>) -> Workbook {
    let dated = Day::new(year, 1, 1).expect("1 January exists in every year");
    let title = title.to_owned();
    // Every number here is shown with the decimals it has.
    Workbook { title, dated, places: 0, index_places: 0, sheets, properties: Vec::new() }
}
