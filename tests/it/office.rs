//! A pretend secretariat: a round's folder of four units and two small sets,
//! forms as units send them, and the program run on it as a clerk would.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use cchc::appraisal::{self, layout};
use cchc::batch::own::OwnFiles;
use cchc::batch::{Folder, intake};
use cchc::cli::console::Console;
use cchc::cli::{self, Outcome};
use cchc::day::Day;
use cchc::excel;
use cchc::finding::{Code, Findings};
use cchc::form::{self, Intake};
use cchc::handout::appraisal_form;
use cchc::handout::blank_form::{self, Answer, Answers, Nomination};
use cchc::handout::round_books;
use cchc::points::{Points, Quantity};
use cchc::round::Round;
use cchc::round::rule::Figures;
use cchc::sheet::{self, Workbook};
use serde_json::Value;

const SETTINGS: &str = include_str!("../../templates/ky.toml");

const UNITS: &str = "\
ĐƠN VỊ
Mã đơn vị\tTên đơn vị\tTên khác\tKhối
PB-NV\tPhòng Nội vụ\t\tphong-ban
PB-TP\tPhòng Tư pháp\t\tphong-ban
P-HT\tUBND phường Hà Tu\tP. Hà Tu\tphuong-xa
X-QL\tUBND xã Quảng La\t\tphuong-xa
";

pub(crate) const NAMESAKES: &str = "Họ và tên\tCác đơn vị\tLà\n";
const NOBODY: &str = "Mã đơn vị\tHọ và tên\tLý do\tCăn cứ\n";

pub(crate) const SET: &str = "\
Bộ chỉ số thử
Quyết định ban hành:\tQuyết định số 01/QĐ-UBND
Mã\tNội dung\tĐiểm tối đa\tCách chấm\tTham số\tSố liệu kê khai\tNguồn điểm\tKiểm chứng\tKhông áp dụng\tCăn cứ
1\tChỉ đạo, điều hành\t6\t\t\t\t\t\t\t
1.1\tKế hoạch\t2\tmức\tđủ = 2; thiếu = 1; không = 0\t\tthẩm định\tbắt buộc\tkhông\t
1.2\tNhiệm vụ hoàn thành\t4\ttỷ lệ có sàn\tsàn = 50%; không phát sinh = không áp dụng\ttử số: đã làm; mẫu số: được giao\tsố liệu\tkhông\tđược\t
2\tTác động\t4\t\t\t\t\t\t\t
2.1\tHài lòng\t4\tkhảo sát\t\t\tkhảo sát\tkhông\tkhông\t
";

/// The round's folder, made anew for each test.
pub(crate) struct Office {
    dir: tempfile::TempDir,
}

/// What one command came to.
pub(crate) struct Report {
    pub(crate) outcome: Outcome,
    /// What was told to the person at the keyboard.
    pub(crate) said: String,
    /// Every result but the log, by its path below `ket-qua/`.
    pub(crate) results: BTreeMap<String, Vec<u8>>,
    log: String,
}

/// Plan in full, `done` of ten tasks: what an honest unit sends.
pub(crate) fn honest(done: i64) -> Answers {
    let mut answers = Answers { dated: Day::new(2019, 12, 1), ..Answers::default() };
    let plan = Answer {
        score: Some(Points::scaled(2, 0)),
        evidence: "Quyết định số 12/QĐ".to_owned(),
        ..Answer::default()
    };
    let figures = Figures {
        numerator: Some(Quantity::whole(done)),
        denominator: Some(Quantity::whole(10)),
        ..Figures::default()
    };
    answers.items.insert("1.1".parse().ok().unwrap(), plan);
    answers.items.insert("1.2".parse().ok().unwrap(), Answer { figures, ..Answer::default() });
    answers.collectives.push(Nomination {
        name: "Tập thể đơn vị".to_owned(),
        achievement: "Dẫn đầu phong trào cải cách hành chính".to_owned(),
        ..Nomination::default()
    });
    answers
}

/// A template of the year 2019, with what it leaves to the clerk written in.
pub(crate) fn filled(template: &str) -> String {
    template
        .replace("{nam_sau}-12-31", "2020-06-18")
        .replace("{nam_sau}", "2020")
        .replace("{nam}", "2019")
        .replace("số …/QĐ-UBND ngày …/…/… của", "số 1/QĐ-UBND của")
        .replace("số …/QĐ-UBND ngày …/…/2019 của", "số 2/QĐ-UBND của")
        .replace("thành phố …", "thành phố Mẫu")
        .replace("Tỉnh …", "Tỉnh Mẫu")
        .replace("dia-danh = \"…\"", "dia-danh = \"Mẫu\"")
}

/// The template with its last sections made active, as its own remarks say.
pub(crate) fn firm(template: &str) -> String {
    let mut is_ours = false;
    let line = |line: &str| {
        is_ours |= line == "# [do-vung]";
        let bare = line.strip_prefix("# ").filter(|it| it.starts_with('[') || it.contains(" = "));
        bare.filter(|_| is_ours).unwrap_or(line).to_owned() + "\n"
    };
    template.lines().map(line).collect()
}

impl Office {
    pub(crate) fn new() -> Office {
        let office = Office { dir: tempfile::tempdir().unwrap() };
        let settings = filled(SETTINGS);
        let register =
            excel::write(&round_books::register(UNITS, NOBODY, NAMESAKES, 2019)).unwrap();
        let set = excel::write(&round_books::criteria(SET, 2019)).unwrap();
        office
            .file("ky.toml", settings.as_bytes())
            .file("don-vi.xlsx", &register)
            .file("bo-chi-so/phong-ban.xlsx", &set)
            .file("bo-chi-so/phuong-xa.xlsx", &set)
    }

    /// An office whose four units all sent honest forms.
    pub(crate) fn busy() -> Office {
        let units = [("PB-NV", 9), ("PB-TP", 7), ("P-HT", 10), ("X-QL", 8)];
        units.iter().fold(Office::new(), |office, (unit, done)| {
            office.form(&format!("nop/{unit}.xlsx"), unit, &honest(*done))
        })
    }

    /// A unit's form: the one we issue, with these answers.
    pub(crate) fn form(self, name: &str, unit: &str, answers: &Answers) -> Office {
        self.edited(name, unit, answers, |_| {})
    }

    /// A unit's form after somebody's edits, wise or not.
    pub(crate) fn edited(
        self,
        name: &str,
        unit: &str,
        answers: &Answers,
        edit: impl FnOnce(&mut Workbook),
    ) -> Office {
        let round = self.round();
        let unit = round.register.units.iter().find(|it| it.id.0 == unit).unwrap();
        let mut workbook = blank_form::filled(&round, unit, answers);
        edit(&mut workbook);
        let bytes = excel::write(&workbook).unwrap();
        self.file(name, &bytes)
    }

    pub(crate) fn file(self, name: &str, bytes: &[u8]) -> Office {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// `ky.toml` with one thing said differently.
    pub(crate) fn setting(self, from: &str, to: &str) -> Office {
        let text = fs::read_to_string(self.path("ky.toml")).unwrap();
        assert!(text.contains(from), "ky.toml has no {from}");
        self.file("ky.toml", text.replacen(from, to, 1).as_bytes())
    }

    /// The sections that the template offers as remarks, made active.
    pub(crate) fn firm(self) -> Office {
        let text = fs::read_to_string(self.path("ky.toml")).unwrap();
        self.file("ky.toml", firm(&text).as_bytes())
    }

    /// Satisfaction in percent, by unit.
    pub(crate) fn survey(self, percents: &[(&str, i64)]) -> Office {
        let mut workbook = cchc::handout::survey_form::workbook(&self.round());
        let sheet = &mut workbook.sheets[0];
        for row in &mut sheet.rows {
            let Some(sheet::Value::Text(unit)) = row.cells.first().map(|it| it.value.clone())
            else {
                continue;
            };
            if let Some((_, percent)) = percents.iter().find(|it| it.0 == unit) {
                row.cells[4].value = sheet::Value::Whole(*percent);
                row.cells[5].value = sheet::Value::Whole(200);
            }
        }
        let bytes = excel::write(&workbook).unwrap();
        self.file("khao-sat/khao-sat.xlsx", &bytes)
    }

    /// Appraisal workbooks in which the appraisers agree with every self score.
    pub(crate) fn agreed(self) -> Office {
        let office = self.setting("\"chua-tham-dinh\"", "\"dong-y\"");
        assert_ne!(office.tell(&["appraise"]).outcome, Outcome::Failed);
        office
    }

    /// The appraisal workbook of the departments as it would be made of the forms
    /// that came in, with these points granted: unit, item, points, reason.
    pub(crate) fn appraised(self, name: &str, granted: &[(&str, &str, i64, &str)]) -> Office {
        let (round, taken) = (self.round(), self.taken());
        let mut workbook = appraisal_form::workbook(&round, &round.settings.blocs[0], &taken);
        for row in workbook.sheets[0].rows.iter_mut().filter(|row| row.cells.len() == 14) {
            let own = [0, 2].map(|at| row.cells[at].value.clone());
            let is_own = |(unit, item, ..): &&(&str, &str, i64, &str)| {
                own == [*unit, *item].map(sheet::Value::from)
            };
            if let Some((_, _, points, reason)) = granted.iter().find(is_own) {
                row.cells[12].value = sheet::Value::Points(Points::scaled(*points, 0));
                row.cells[13].value = (*reason).into();
            }
        }
        let bytes = excel::write(&workbook).unwrap();
        self.file(name, &bytes)
    }

    /// The supplement that `appraise` made for the departments, with these cells
    /// filled in: unit, item, column, value.
    pub(crate) fn supplemented(self, number: u32, cells: &[(&str, &str, &str, &str)]) -> Office {
        let name = format!("tham-dinh/tham-dinh-phong-ban-bo-sung-{number}.xlsx");
        let made = fs::read(self.path(&name)).unwrap();
        fs::remove_file(self.path(&name)).unwrap();
        let (round, taken, bloc) = (self.round(), self.taken(), &self.round().settings.blocs[0]);
        let folder = Folder::open(self.dir.path()).unwrap();
        let mut own = OwnFiles::of(folder.root(), Code::RoundFileUnreadable);
        let books = own.books(&folder.appraisals().unwrap());
        let mut said = Findings::default();
        let before = appraisal::read(&books, &round, &taken, &mut said).unwrap();
        let book = appraisal_form::supplement(&round, bloc, &taken, &before, number);
        let mut book = book.unwrap();
        assert_eq!(excel::write(&book).unwrap(), made);
        let rows = &mut book.sheets[0].rows;
        let shown = |cell: &sheet::Cell| match &cell.value {
            sheet::Value::Text(text) => text.clone(),
            _ => String::new(),
        };
        let head = rows
            .iter()
            .find(|row| row.cells.first().map(shown).as_deref() == Some(layout::UNIT))
            .unwrap();
        let head: Vec<String> = head.cells.iter().map(shown).collect();
        for (unit, item, label, value) in cells {
            let is_own = |row: &&mut sheet::Row| {
                row.cells.len() == 17 && [0, 2].map(|at| shown(&row.cells[at])) == [*unit, *item]
            };
            let row = rows.iter_mut().find(is_own).unwrap();
            let at = head.iter().position(|it| it == label).unwrap();
            let number = cchc::text::number(value).map(sheet::Value::Quantity);
            row.cells[at].value = number.unwrap_or_else(|_| (*value).into());
        }
        let bytes = excel::write(&book).unwrap();
        self.file(&name, &bytes)
    }

    /// The lines of a sheet of a workbook in the folder.
    pub(crate) fn shown(&self, file: &str, sheet: &str) -> String {
        shown(&fs::read(self.path(file)).unwrap(), sheet)
    }

    fn taken(&self) -> Intake {
        let (round, folder) = (self.round(), Folder::open(self.dir.path()).unwrap());
        let files = folder.forms().unwrap();
        form::gather(intake::forms(&folder, files, &round, &|| ()), &round)
    }

    pub(crate) fn run(&self) -> Report {
        self.tell(&["run"])
    }

    /// One command with the round's folder as its last word.
    pub(crate) fn tell(&self, words: &[&str]) -> Report {
        let words = words.iter().map(OsString::from);
        self.say(words.chain([self.dir.path().as_os_str().to_owned()]).collect())
    }

    /// One command, in full.
    pub(crate) fn say(&self, words: Vec<OsString>) -> Report {
        let mut said = Vec::new();
        let outcome = cli::run(words, &mut Console::new(&mut said, false, false));
        let said = String::from_utf8(said).unwrap();
        // The folder's own name differs from run to run.
        let said = said.replace(&self.dir.path().display().to_string(), "KỲ");
        let log = fs::read_to_string(self.path("ket-qua/nhat-ky.txt")).unwrap_or_default();
        Report { outcome, said, results: self.results(), log }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Every result but the log, by its path below `ket-qua/`.
    pub(crate) fn results(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        tree(&self.path("ket-qua"), "", &mut files);
        files
    }

    fn round(&self) -> Round {
        let folder = Folder::open(self.dir.path()).unwrap();
        intake::load(&folder).unwrap_or_else(|err| panic!("{err}")).round
    }
}

impl Report {
    /// The bytes of a result.
    pub(crate) fn file(&self, name: &str) -> &[u8] {
        self.results.get(name).unwrap_or_else(|| panic!("no {name}; {}", self.said))
    }

    /// The log of the round so far.
    pub(crate) fn log(&self) -> &str {
        &self.log
    }

    /// `ket-qua.json`.
    pub(crate) fn record(&self) -> Value {
        serde_json::from_slice(self.file("ket-qua.json")).unwrap()
    }

    /// A sheet of a result as text, for people to compare.
    pub(crate) fn sheet(&self, file: &str, name: &str) -> String {
        shown(self.file(file), name)
    }

    /// The codes of all findings, in order.
    pub(crate) fn codes(&self) -> Vec<String> {
        let record = self.record();
        let findings = record["phat-hien"].as_array().unwrap();
        findings.iter().map(|it| it["ma"].as_str().unwrap().to_owned()).collect()
    }
}

/// The lines of a sheet, cells parted by `|`.
fn shown(book: &[u8], name: &str) -> String {
    let mut workbook = Xlsx::new(Cursor::new(book)).unwrap();
    let range = workbook.worksheet_range(name).unwrap();
    let line = |row: &[Data]| {
        let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        cells.join(" | ").trim_end_matches([' ', '|']).to_owned()
    };
    range.rows().map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Every file below a folder with its bytes; a folder that is not there has
/// none.
pub(crate) fn tree(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            tree(&path, &format!("{name}/"), files);
        } else if name != "nhat-ky.txt" {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}
