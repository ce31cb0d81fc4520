//! A round of as many forms as asked for, made by the program's own writer.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use cchc::batch::{Folder, intake};
use cchc::day::Day;
use cchc::excel;
use cchc::handout::blank_form::{self, Answer, Answers};
use cchc::handout::round_books::{self, TemplateFile};
use cchc::points::{Points, Quantity};
use cchc::round::Round;
use cchc::round::criteria::{Item, Origin};
use cchc::round::register::Unit;
use cchc::round::rule::{Figure, Figures};
use rayon::prelude::*;
use zip::write::SimpleFileOptions;

const YEAR: i16 = 2019;
/// An empty list of exclusions.
const NAMESAKES: &str = "Họ và tên\tCác đơn vị\tLà\n";
const NOBODY: &str = "Mã đơn vị\tHọ và tên\tLý do\tCăn cứ\n";
/// Forms that are read for the comparison of styles.
const FEW: usize = 45;

/// Makes the round at `folder` if it is not there.
pub(super) fn round(folder: &Path, number: usize) {
    if folder.join("xong").exists() {
        return;
    }
    let _ = fs::remove_dir_all(folder);
    for (name, file) in round_books::files(YEAR) {
        let bytes = match (name, file) {
            ("don-vi.xlsx", _) => {
                excel::write(&round_books::register(&units(number), NOBODY, NAMESAKES, YEAR))
            }
            ("khong-ap-dung.xlsx", _) => continue,
            (_, TemplateFile::Text(text)) => Ok(text.into_bytes()),
            (_, TemplateFile::Workbook(workbook)) => excel::write(&workbook),
        };
        save(&folder.join(name), &bytes.unwrap());
    }
    let round = intake::load(&Folder::open(folder).unwrap()).unwrap().round;
    let units = &round.register.units;
    units.par_iter().enumerate().for_each(|(seed, unit)| {
        let form = blank_form::filled(&round, unit, &answers(&round, unit, seed));
        save(&folder.join(format!("nop/{}.xlsx", unit.id)), &excel::write(&form).unwrap());
    });
    fs::write(folder.join("xong"), "").unwrap();
}

/// The first forms of a round, as a round of their own.
pub(super) fn few(round: &Path) -> PathBuf {
    let folder = round.with_file_name("round-few");
    if !folder.exists() {
        copied(round, &folder, |bytes| bytes);
    }
    folder
}

/// The first forms of a round with `count` more cell formats that no cell uses,
/// as pasting from old workbooks leaves behind.
pub(super) fn with_stray_styles(round: &Path, folder: &Path, count: usize) {
    if !folder.exists() {
        copied(round, folder, |bytes| laden(&bytes, count));
    }
}

fn copied(round: &Path, folder: &Path, change: impl Fn(Vec<u8>) -> Vec<u8>) {
    for name in ["ky.toml", "don-vi.xlsx", "bo-chi-so/phong-ban.xlsx", "bo-chi-so/phuong-xa.xlsx"] {
        save(&folder.join(name), &fs::read(round.join(name)).unwrap());
    }
    let mut forms: Vec<PathBuf> =
        fs::read_dir(round.join("nop")).unwrap().map(|it| it.unwrap().path()).collect();
    forms.sort();
    for path in forms.iter().take(FEW) {
        let target = folder.join("nop").join(path.file_name().unwrap());
        save(&target, &change(fs::read(path).unwrap()));
    }
}

fn laden(bytes: &[u8], count: usize) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).unwrap();
        let name = part.name().unwrap().to_string();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        if name == "xl/styles.xml" {
            let xf = r#"<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#;
            let styles = String::from_utf8(text).unwrap();
            text =
                styles.replacen("</cellXfs>", &format!("{}</cellXfs>", xf.repeat(count)), 1).into();
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&text).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A register of so many wards, one in four a department.
fn units(number: usize) -> String {
    let mut text = String::from("DANH SÁCH ĐƠN VỊ\nMã đơn vị\tTên đơn vị\tTên khác\tKhối\n");
    for unit in 1..=number {
        let (id, name, bloc) = match unit % 4 {
            0 => ("PB", "Phòng số", "phong-ban"),
            _ => ("P", "UBND phường số", "phuong-xa"),
        };
        writeln!(text, "{id}-{unit:05}\t{name} {unit}\t\t{bloc}").unwrap();
    }
    text
}

/// Answers that differ from unit to unit and are all sound.
fn answers(round: &Round, unit: &Unit, seed: usize) -> Answers {
    let dated = Day::new(YEAR, 12, 1);
    let claimed = round.set(unit).items().filter(|item| item.origin != Origin::Survey);
    let items =
        claimed.enumerate().map(|(at, item)| (item.code, answer(item, seed * 31 + at * 17)));
    Answers { dated, items: items.collect(), ..Answers::default() }
}

fn answer(item: &Item, seed: usize) -> Answer {
    let of = |range: usize| i64::try_from(seed % range).unwrap();
    let mut figures = Figures::default();
    for figure in item.rule.figures() {
        match figure {
            Figure::Numerator if item.rule.figures().contains(&Figure::Denominator) => {
                figures.numerator = Some(Quantity::whole(80 + of(21)));
            }
            Figure::Numerator => figures.numerator = Some(Quantity::ZERO),
            Figure::Denominator => figures.denominator = Some(Quantity::whole(100)),
            Figure::Count => figures.count = Some(Quantity::whole(of(3))),
            Figure::Day => figures.day = Day::new(YEAR, 1, 15 + i8::try_from(of(15)).unwrap()),
        }
    }
    let is_chosen = item.rule.figures().is_empty();
    let choices = item.rule.choices(item.max).unwrap_or_else(|| vec![item.max]);
    Answer {
        score: is_chosen.then(|| choices.get(seed % 5).or(choices.last()).copied()).flatten(),
        figures,
        evidence: format!("Báo cáo số {}/BC-UBND", 1 + of(99_991)),
        explanation: if Points::ZERO < item.max { String::new() } else { "–".to_owned() },
    }
}

fn save(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}
