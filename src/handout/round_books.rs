//! The round's own workbooks from the texts they are kept as: tables with tabs
//! between cells → workbooks that a clerk edits.
//!
//! The texts stand in the repository, so that a reviewer sees every change to a
//! template; the workbooks are made of them.

use crate::day::Day;
use crate::handout::choices::Choices;
use crate::round;
use crate::round::read_criteria;
use crate::round::read_exemptions;
use crate::round::read_register;
use crate::round::read_revisions;
use crate::round::read_waivers;
use crate::round::rule_forms::{FORMS, Form};
use crate::round::settings::template;
use crate::round::waiver::WORDS;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Align, Allow, Cell, Level, Row, Sheet, Value, Workbook};
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
    let departments = of_year(include_str!("../../templates/phong-ban.tsv"));
    let wards = of_year(include_str!("../../templates/phuong-xa.tsv"));
    let units = of_year(include_str!("../../templates/don-vi.tsv"));
    let exclusions = of_year(include_str!("../../templates/khong-xet-khen.tsv"));
    let namesakes = include_str!("../../templates/trung-ten.tsv");
    let exemptions = of_year(include_str!("../../templates/khong-ap-dung.tsv"));
    let waived = of_year(include_str!("../../templates/mien-tru.tsv"));
    let changes = of_year(include_str!("../../templates/thay-doi.tsv"));
    let reasons = of_year(include_str!("../../templates/ma-ly-do.tsv"));
    let register = register(&units, &exclusions, namesakes, year);
    vec![
        (round::SETTINGS, TemplateFile::Text(template(year))),
        ("don-vi.xlsx", TemplateFile::Workbook(register)),
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
    let mut choices = Choices::default();
    let columns = CRITERIA.iter().enumerate().map(|(at, field)| {
        column(at, field).asking(words(field.label).and_then(|words| {
            let range = choices.range(words.iter().copied().map(Value::from).collect())?;
            let (label, words) = (field.label, words.join("; "));
            let ask = Allow::OneOf(range).or(format!("Cột {label} chỉ nhận: {words}."));
            Some(ask.prompting(label, format!("Chọn trong danh sách: {words}.")))
        }))
    });
    let table = Table::new(columns.collect()).levels(criteria_level);
    let sheet = page("Bộ chỉ số", text, CRITERIA[0].label, table, 0);
    workbook("Bộ chỉ số", year, vec![sheet, rule_guide(), choices.sheet()])
}

/// The register's workbook: units, who may not be commended, and who is who.
pub fn register(units: &str, exclusions: &str, namesakes: &str, year: i16) -> Workbook {
    let units = list(read_register::UNITS, units, REGISTER);
    let exclusions = list(read_register::EXCLUSIONS, exclusions, EXCLUSIONS);
    let namesakes = list(read_register::NAMESAKES, namesakes, NAMESAKES);
    workbook("Danh sách đơn vị", year, vec![units, exclusions, namesakes])
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

/// A column of a book: its label as the reader knows it, its width in
/// characters, and what it holds.
struct Field {
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

const fn field(label: &'static str, width: f64, holds: Holds) -> Field {
    Field { label, width, holds }
}

const CRITERIA: &[Field] = &[
    field(read_criteria::CODE, 8.0, Holds::Code),
    field(read_criteria::TITLE, 42.0, Holds::Words),
    field(read_criteria::MAX, 9.0, Holds::Number),
    field(read_criteria::RULE, 17.0, Holds::Words),
    field(read_criteria::PARAMETERS, 34.0, Holds::Words),
    field(read_criteria::FIGURES, 34.0, Holds::Words),
    field(read_criteria::ORIGIN, 12.0, Holds::Words),
    field(read_criteria::EVIDENCE, 11.0, Holds::Words),
    field(read_criteria::EXEMPT, 10.0, Holds::Words),
    field(read_criteria::SOURCE, 20.0, Holds::Words),
];

const REGISTER: &[Field] = &[
    field(read_register::ID, 14.0, Holds::Code),
    field(read_register::NAME, 36.0, Holds::Words),
    field(read_register::OTHER_NAMES, 26.0, Holds::Words),
    field(read_register::BLOC, 12.0, Holds::Code),
    field(read_register::SET, 12.0, Holds::Code),
    field(read_register::HEAD, 22.0, Holds::Words),
    field(read_register::POST, 22.0, Holds::Words),
    field(read_register::SINCE, 12.0, Holds::Day),
    field(read_register::UNTIL, 12.0, Holds::Day),
    field(read_register::PREDECESSORS, 16.0, Holds::Code),
    field(read_register::EXEMPT, 20.0, Holds::Words),
];

const EXCLUSIONS: &[Field] = &[
    field(read_register::ID, 14.0, Holds::Code),
    field(read_register::PERSON, 26.0, Holds::Words),
    field(read_register::REASON, 44.0, Holds::Words),
    field(read_register::SOURCE, 34.0, Holds::Words),
];

const NAMESAKES: &[Field] = &[
    field(read_register::PERSON, 44.0, Holds::Words),
    field(read_register::UNITS_OF, 30.0, Holds::Code),
    field(read_register::RULING, 18.0, Holds::Words),
];

const EXEMPTIONS: &[Field] = &[
    field(read_exemptions::UNIT, 14.0, Holds::Code),
    field(read_exemptions::ITEMS, 18.0, Holds::Code),
    field(read_exemptions::REASON, 48.0, Holds::Words),
    field(read_exemptions::SOURCE, 40.0, Holds::Words),
];

const WAIVERS: &[Field] = &[
    field(read_waivers::UNIT, 13.0, Holds::Code),
    field(read_waivers::RULE, 22.0, Holds::Words),
    field(read_waivers::ITEM, 12.0, Holds::Code),
    field(read_waivers::REQUESTER, 24.0, Holds::Words),
    field(read_waivers::APPROVER, 24.0, Holds::Words),
    field(read_waivers::DAY, 12.0, Holds::Day),
    field(read_waivers::REASON, 44.0, Holds::Words),
];

const REVISIONS: &[Field] = &[
    field(read_revisions::UNIT, 14.0, Holds::Code),
    field(read_revisions::ITEM, 14.0, Holds::Code),
    field(read_revisions::REASON, 12.0, Holds::Code),
    field(read_revisions::NOTE, 60.0, Holds::Words),
];

const REASONS: &[Field] = &[
    field(read_revisions::REASON, 14.0, Holds::Code),
    field(read_revisions::MEANING, 60.0, Holds::Words),
];

/// Empty rows below a list that are ready to be filled in.
const SPARE_ROWS: usize = 20;

/// What a line of a text says in each column; nothing of a row to be filled in.
type Line<'a> = Vec<&'a str>;

/// What a line of a book says in the column `at` that place.
fn column<'a>(at: usize, field: &'static Field) -> Column<'a, Line<'a>> {
    let entry = move |line: &Line| match line.get(at) {
        Some(words) => value(words, field.holds).into(),
        None => match field.holds {
            Holds::Day => Entry::blank().at(Level::InputDay),
            Holds::Number => Entry::blank().at(Level::Input),
            // Cells that are typed into take text from the left.
            Holds::Code | Holds::Words => Entry::blank().at(Level::Input).aligned(Align::Left),
        },
    };
    match field.holds {
        Holds::Code | Holds::Day => Column::code(field.label, field.width, entry),
        Holds::Words => Column::words(field.label, field.width, entry),
        Holds::Number => Column::number(field.label, field.width, entry),
    }
}

/// A list that a clerk adds to: its rows, then empty ones whose cells already
/// take text as text and days as days.
fn list(name: &str, text: &str, fields: &'static [Field]) -> Sheet {
    let columns = fields.iter().enumerate().map(|(at, field)| column(at, field));
    page(name, text, fields[0].label, Table::new(columns.collect()), SPARE_ROWS)
}

/// A text table as a sheet, with `spare` empty rows below. Lines before the one
/// that begins with the `first` column's label are headings.
fn page<'a>(
    name: &str,
    text: &'a str,
    first: &str,
    table: Table<'a, Line<'a>>,
    spare: usize,
) -> Sheet {
    let mut sheet = Sheet { widths: table.widths(), ..Sheet::named(name) };
    let mut lines = text.lines().map(|line| line.split('\t').map(str::trim).collect::<Line>());
    for line in lines.by_ref().take_while(|line| line[0] != first) {
        sheet.push(heading(&line, table.breadth()));
    }
    let rows = lines.chain(std::iter::repeat_n(Vec::new(), spare));
    table.frozen().write(&mut sheet, &rows.collect::<Vec<Line>>());
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
    let text = || Value::from(field);
    match holds {
        _ if field.is_empty() => Value::Blank,
        Holds::Code | Holds::Words => text(),
        Holds::Number => text::number(field).map_or_else(|_| text(), Value::Quantity),
        Holds::Day => Day::parse(field).map_or_else(text, Value::Day),
    }
}

/// Areas and criteria with components stand out, as on the form.
fn criteria_level(line: &Line) -> Level {
    let is_heading = line.get(3).is_none_or(|rule| rule.is_empty());
    match (is_heading, line[0], line[0].split('.').count()) {
        (_, "", _) => Level::Total,
        (true, _, 1) => Level::Area,
        (true, ..) => Level::Criterion,
        (false, ..) => Level::Body,
    }
}

/// What a column of a criteria set is chosen from, if it is.
fn words(label: &str) -> Option<Vec<&'static str>> {
    fn first<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
        table.iter().map(|(word, _)| *word).collect()
    }
    Some(match label {
        read_criteria::RULE => FORMS.iter().map(|form| form.word).collect(),
        read_criteria::ORIGIN => first(read_criteria::ORIGINS),
        read_criteria::EVIDENCE => first(read_criteria::EVIDENCES),
        read_criteria::EXEMPT => first(read_criteria::EXEMPTS),
        _ => return None,
    })
}

/// How each rule is written, from the table that the parser reads.
fn rule_guide() -> Sheet {
    let column = |label, width, words: fn(&&Form) -> &'static str| {
        Column::words(label, width, move |it| words(it).into())
    };
    let table = Table::new(vec![
        column("Cách chấm", 22.0, |it| it.word),
        column("Tham số, ví dụ", 50.0, |it| it.example),
        column("Số liệu kê khai, ví dụ", 40.0, |it| it.figures),
        column("Nghĩa", 60.0, |it| it.meaning),
    ]);
    let mut sheet = Sheet { widths: table.widths(), ..Sheet::named("Hướng dẫn") };
    sheet.push(Row::banner("Cách chấm và cách viết tham số", Level::Title, table.breadth()));
    table.repeated().write(&mut sheet, &FORMS.iter().collect::<Vec<&Form>>());
    sheet
}

fn workbook(title: &str, year: i16, sheets: Vec<Sheet>) -> Workbook {
    let dated = Day::new(year, 1, 1).expect("1 January exists in every year");
    let title = title.to_owned();
    // Every number here is shown with the decimals it has.
    Workbook { title, dated, places: 0, index_places: 0, sheets, properties: Vec::new() }
}
