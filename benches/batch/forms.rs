//! A round of as many forms as asked for, made of the samples' own: each form
//! stays as its program saved it, byte for byte, but for who sent it and some of
//! the scores.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use cchc::batch::{Folder, intake};
use cchc::digest::Digest;
use cchc::excel;
use cchc::finding::CellRef;
use cchc::form::layout::Column;
use cchc::form::{self, Claimed, Form};
use cchc::handout::round_books;
use cchc::round::Round;
use rayon::prelude::*;
use walkdir::WalkDir;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const YEAR: i16 = 2019;
/// Where the settings of the samples' round end that a plain round needs.
const MORE: &str = "# Bỏ cả phần [khen-thuong]";
/// A letter for every unit, or only for those that something is said to.
const LETTERS: &str = "\n[ket-qua]\nphan-hoi = \"moi-don-vi\"\n";
/// No exclusions, no namesakes.
const NAMESAKES: &str = "Họ và tên\tCác đơn vị\tLà\n";
const NOBODY: &str = "Mã đơn vị\tHọ và tên\tLý do\tCăn cứ\n";
/// Forms that are read for the comparison of styles.
const FEW: usize = 45;

/// The round of the samples, whose forms four programs saved.
pub(super) fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/ha-long-2019")
}

/// A form of the samples, taken apart.
struct Template {
    id: String,
    name: String,
    bloc: String,
    /// Items that do not apply to it, as the list says it.
    exempt: Vec<String>,
    parts: Vec<(String, CompressionMethod, Vec<u8>)>,
    /// Cells with a score that is chosen, and the scores there are.
    chosen: Vec<(String, Vec<f64>)>,
}

/// Makes the round at `folder` if it is not there, or was made of other samples or
/// by another version of this file; with letters to all units if `has_letters`.
pub(super) fn round(folder: &Path, number: usize, has_letters: bool) {
    let sample = sample();
    let (made, source) = (folder.join("xong"), source(&sample));
    if fs::read_to_string(&made).is_ok_and(|it| it == source) {
        return;
    }
    let _ = fs::remove_dir_all(folder);
    for set in ["bo-chi-so/phong-ban.xlsx", "bo-chi-so/phuong-xa.xlsx"] {
        save(&folder.join(set), &fs::read(sample.join(set)).unwrap());
    }
    let settings = fs::read_to_string(sample.join("ky.toml")).unwrap();
    let plain = settings.split(MORE).next().unwrap();
    let letters = if has_letters { LETTERS } else { "" };
    save(&folder.join("ky.toml"), format!("{plain}{letters}").as_bytes());
    let templates = templates(&sample);
    let units = || (0..number).map(|at| (&templates[at % templates.len()], at + 1));
    let mut register = String::from("DANH SÁCH ĐƠN VỊ\nMã đơn vị\tTên đơn vị\tTên khác\tKhối\n");
    let mut exempt = String::from("KHÔNG ÁP DỤNG\nMã đơn vị\tMã tiêu chí\tLý do\tCăn cứ\n");
    for (template, at) in units() {
        let (id, name) = template.unit(at);
        writeln!(register, "{id}\t{name}\t\t{}", template.bloc).unwrap();
        for item in &template.exempt {
            writeln!(exempt, "{id}\t{item}\tKhông có thủ tục hành chính\tDanh mục số {at}")
                .unwrap();
        }
    }
    let register = round_books::register(&register, NOBODY, NAMESAKES, YEAR);
    save(&folder.join("don-vi.xlsx"), &excel::write(&register).unwrap());
    let exempt = round_books::exemption_list(&exempt, YEAR);
    save(&folder.join("khong-ap-dung.xlsx"), &excel::write(&exempt).unwrap());
    fs::create_dir_all(folder.join("nop")).unwrap();
    let units: Vec<(&Template, usize)> = units().collect();
    units.par_iter().for_each(|(template, at)| {
        let path = folder.join(format!("nop/{}.xlsx", template.unit(*at).0));
        fs::write(path, template.filled(*at)).unwrap();
    });
    fs::write(made, source).unwrap();
}

/// What every round here is made of, as a digest: this file and the samples' round.
fn source(sample: &Path) -> String {
    let mut digest = Digest::default();
    digest.add(include_bytes!("forms.rs"));
    let files = ["ky.toml", "bo-chi-so", "nop", "don-vi.xlsx", "khong-ap-dung.xlsx"];
    for file in files.iter().flat_map(|it| WalkDir::new(sample.join(it)).sort_by_file_name()) {
        let file = file.unwrap();
        if file.file_type().is_file() {
            digest.add(&fs::read(file.path()).unwrap());
        }
    }
    digest.hex()
}

/// The samples' forms in order of name, but for late ones: a letter goes to each.
fn templates(sample: &Path) -> Vec<Template> {
    let round = intake::load(&Folder::open(sample).unwrap()).unwrap().round;
    let mut files: Vec<PathBuf> =
        fs::read_dir(sample.join("nop")).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    files.iter().filter_map(|path| template(&round, &fs::read(path).unwrap())).collect()
}

fn template(round: &Round, bytes: &[u8]) -> Option<Template> {
    let opened = excel::read("nop/mau.xlsx", bytes).unwrap();
    let form = form::read(&opened.book, round).form.unwrap();
    let unit = round.register.unit(&form.unit).unwrap();
    if round.is_late(&unit.id, form.dated) {
        return None;
    }
    let exempt = round.exemptions.0.keys().filter(|(id, _)| *id == unit.id);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |number| {
        let mut part = archive.by_index(number).unwrap();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        (part.name().unwrap().to_string(), part.compression(), text)
    };
    let parts = (0..count).map(part).collect();
    Some(Template {
        id: unit.id.0.clone(),
        name: unit.name.clone(),
        bloc: unit.bloc.0.clone(),
        exempt: exempt.map(|(_, item)| item.to_string()).collect(),
        parts,
        chosen: chosen(round, &form),
    })
}

/// The cells of items whose score is one of a few and needs no figures.
fn chosen(round: &Round, form: &Form) -> Vec<(String, Vec<f64>)> {
    let unit = round.register.unit(&form.unit).unwrap();
    let items: BTreeMap<_, _> = round.set(unit).items().map(|item| (item.code, item)).collect();
    let cell = |(code, claim): (_, form::Claim<&str>)| {
        let item = items[&code];
        let is_chosen = item.rule.figures().is_empty() && matches!(claim.score, Claimed::Points(_));
        let choices = item.rule.choices(item.max).filter(|_| is_chosen)?;
        let at = CellRef::new(claim.row?, *form.columns.get(&Column::Score)?);
        Some((at.to_string(), choices.iter().map(|it| it.to_cell()).collect()))
    };
    form.claims.iter().filter_map(cell).collect()
}

impl Template {
    /// The id and the name of the unit that sends this form as number `at`.
    fn unit(&self, at: usize) -> (String, String) {
        (format!("DV-{at:06}"), format!("{} {at}", self.name))
    }

    /// The form of another unit, with some of the chosen scores changed.
    fn filled(&self, at: usize) -> Vec<u8> {
        let (id, name) = self.unit(at);
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (part, method, text) in &self.parts {
            let mut text = replaced(text, &format!(">{}<", self.name), &format!(">{name}<"));
            let (old, new) = (self.name.to_uppercase(), name.to_uppercase());
            text = replaced(&text, &format!(">{old}<"), &format!(">{new}<"));
            for (before, after) in [(">", "<"), ("-", "<"), ("-", ";"), ("-", "\n")] {
                let around = |id: &str| format!("{before}{id}{after}");
                text = replaced(&text, &around(&self.id), &around(&id));
            }
            if part == "xl/worksheets/sheet1.xml" {
                for (number, (cell, choices)) in self.chosen.iter().enumerate() {
                    let luck = at * 31 + number * 17 + at * number;
                    if luck.is_multiple_of(4) {
                        text = scored(text, cell, choices[luck / 4 % choices.len()]);
                    }
                }
            }
            let options = SimpleFileOptions::default().compression_method(*method);
            out.start_file(part.as_str(), options).unwrap();
            out.write_all(&text).unwrap();
        }
        out.finish().unwrap().into_inner()
    }
}

fn replaced(text: &[u8], old: &str, new: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = memchr::memmem::find(rest, old.as_bytes()) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(new.as_bytes());
        rest = &rest[at + old.len()..];
    }
    out.extend_from_slice(rest);
    out
}

/// The sheet with another number in this cell.
fn scored(mut text: Vec<u8>, cell: &str, score: f64) -> Vec<u8> {
    let find = |from: usize, what: &str| {
        memchr::memmem::find(&text[from..], what.as_bytes()).map(|at| from + at)
    };
    let cell_at = find(0, &format!(" r=\"{cell}\"")).unwrap();
    let from = find(cell_at, "<v>").unwrap() + "<v>".len();
    let to = find(from, "<").unwrap();
    assert!(from < find(cell_at, "</c>").unwrap(), "{cell} holds no number");
    text.splice(from..to, score.to_string().into_bytes());
    text
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
    let books = ["bo-chi-so/phong-ban.xlsx", "bo-chi-so/phuong-xa.xlsx", "khong-ap-dung.xlsx"];
    for name in ["ky.toml", "don-vi.xlsx"].into_iter().chain(books) {
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

fn save(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}
