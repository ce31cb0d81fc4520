//! `cchc verify`: whether results are what their inputs come to, and whether a
//! workbook that somebody holds is the published one.

use std::collections::BTreeSet;
use std::path::Path;

use crate::batch::results::{self, Remade};
use crate::batch::{Folder, archive, intake};
use crate::book::Book;
use crate::cli::amend::{self, Decided};
use crate::cli::console::Console;
use crate::cli::run::{decide, is_ours, write_results};
use crate::cli::{Outcome, VERSION};
use crate::compare::{self, Changes, Difference, UnitChange};
use crate::failure::Failure;
use crate::record::{Input, Record};

/// The most differences told of one kind.
const MOST: usize = 20;

/// Compares a round with its results, or a workbook with the published one.
/// Writes nothing.
pub(super) fn verify(
    what: &Path,
    with: Option<&Path>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    if what.is_dir() {
        return round(&Folder::open(what)?, console);
    }
    if is_archive(what) {
        return round(&archive::unpack(what)?.folder()?, console);
    }
    if !what.is_file() {
        return Err(Failure::Unverifiable(format!("không có {}", what.display())));
    }
    held(what, with, console)
}

fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("zip"))
}

/// The results of a round, made again from its inputs.
fn round(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let record = trusted(&folder.results())?;
    let mut told = Told { console, count: 0 };
    let is_same_input = told.inputs(folder, &record)?;
    let loaded = intake::load(folder)?;
    let (round, tally, mut inputs) = decide(folder, loaded, told.console)?;
    let decided = Decided { folder, round: &round, tally: &tally };
    let amendment = amend::again(decided, &mut inputs, record.amendment.as_ref())?;
    let is_known = |input: &&Input| !record.inputs.iter().any(|it| it.file == input.file);
    let new: Vec<String> =
        inputs.iter().filter(is_known).map(|it| format!("{}: chưa có khi chạy", it.file)).collect();
    told.list("Tệp đầu vào mới", &new);
    let remade = Remade::of(|draft| {
        write_results(draft, decided, &inputs, amendment.as_ref(), told.console).map(|_| ())
    })?;
    let again = results::record(&remade.path())?;
    told.changes(&compare::changes(&record, &again));
    let is_same_input = is_same_input && new.is_empty();
    let ours = results::workbooks(&folder.results());
    let ours = ours.into_iter().filter(|name| name.contains('/') || is_ours(name));
    let names =
        record.outputs().iter().chain(again.outputs()).map(|it| it.file.clone()).chain(ours);
    let names: BTreeSet<String> = names.collect();
    for name in names {
        let output = Output { name: &name, record: &record, again: &again };
        output.verify(&folder.results(), &remade.path(), is_same_input, &mut told)?;
    }
    if told.count == 0 && record != again {
        told.list("ket-qua.json", &["nội dung khác với kết quả tính lại".to_owned()]);
    }
    Ok(told.outcome(&format!(
        "Khớp: tính lại từ {} tệp đầu vào ra đúng kết quả đã ghi; {} tệp kết quả còn nguyên. \
         Mã xác thực {}.",
        record.inputs.len(),
        record.outputs().len(),
        record.seal()
    )))
}

/// The record of results, if it was written by this program and not altered.
fn trusted(folder: &Path) -> Result<Record, Failure> {
    let record = results::record(folder)?;
    if record.program != VERSION {
        return Err(Failure::Unverifiable(format!(
            "kết quả do {} ghi, đây là {VERSION}; hãy dùng đúng phiên bản đã ghi kết quả",
            record.program
        )));
    }
    sealed(&record)?;
    Ok(record)
}

/// Refuses a record whose contents come to another code than it carries.
pub(super) fn sealed(record: &Record) -> Result<(), Failure> {
    let own = record.own_seal();
    if own == record.seal() {
        return Ok(());
    }
    let written = record.seal();
    Err(Failure::Unverifiable(format!(
        "ket-qua.json đã bị sửa: mã xác thực ghi là «{written}», tính từ nội dung là {own}"
    )))
}

/// One file of the results, as recorded and as made again.
struct Output<'a> {
    name: &'a str,
    record: &'a Record,
    again: &'a Record,
}

impl Output<'_> {
    fn verify(
        &self,
        results: &Path,
        remade: &Path,
        is_same_input: bool,
        told: &mut Told,
    ) -> Result<(), Failure> {
        let name = self.name;
        let found = results::sha256(&results.join(name))?;
        let (recorded, again) = (digest_in(self.record, name), digest_in(self.again, name));
        let Some(found) = found else {
            told.list("Tệp kết quả", &[format!("thiếu {name}")]);
            return Ok(());
        };
        if recorded.is_none() && again.is_none() {
            told.list("Tệp kết quả", &[format!("{name}: không có trong kết quả đã ghi")]);
        } else if !is_same_input {
            // Its cells follow from other inputs; only whether it is as it was
            // can be told.
            if recorded != Some(&found) {
                told.list("Tệp kết quả", &[format!("{name}: không còn như lúc ghi")]);
            }
        } else if again == Some(&found) {
            if recorded != again {
                told.list("ket-qua.json", &[format!("mã băm của {name} đã bị sửa")]);
            }
        } else {
            let published = results::book(&remade.join(name))?;
            told.cells(name, &compare::books(&published, &results::book(&results.join(name))?));
        }
        Ok(())
    }
}

fn digest_in<'a>(record: &'a Record, name: &str) -> Option<&'a String> {
    record.outputs().iter().find(|it| it.file == name).map(|it| &it.sha256)
}

/// A workbook that somebody holds, against the published one.
fn held(file: &Path, with: Option<&Path>, console: &mut Console) -> Result<Outcome, Failure> {
    let unpacked = with.filter(|it| is_archive(it)).map(archive::unpack).transpose()?;
    let results = match (&unpacked, with) {
        (Some(unpacked), _) => unpacked.folder()?.results(),
        (None, Some(round)) => Folder::open(round)?.results(),
        (None, None) => results::around(file).ok_or_else(|| {
            let message = "không thấy ket-qua.json bên cạnh hay phía trên tệp; thêm --voi và thư \
                           mục kỳ hoặc tệp công bố .zip";
            Failure::Unverifiable(message.to_owned())
        })?,
    };
    let record = results::record(&results)?;
    sealed(&record)?;
    let found = results::sha256(file)?;
    let is_it = |it: &&Input| Some(&it.sha256) == found.as_ref();
    let seal = record.seal();
    if let Some(output) = record.outputs().iter().find(is_it) {
        let line = format!("Đúng là bản công bố: {}, từng byte. Mã xác thực {seal}.", output.file);
        console.line(line);
        return Ok(Outcome::Clean);
    }
    let book = results::book(file)?;
    let (name, differences) = nearest(file, &book, &record, &results)?;
    let mut told = Told { console, count: 0 };
    told.cells(&name, &differences);
    Ok(told.outcome(&format!("Mọi ô đều như bản công bố {name}. Mã xác thực {seal}.")))
}

/// The published workbook that this one was made from, and where it differs:
/// the one of its name, or else the one of its sheets with the fewest changes.
fn nearest(
    file: &Path,
    book: &Book,
    record: &Record,
    results: &Path,
) -> Result<(String, Vec<Difference>), Failure> {
    let own = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_named = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase() == own;
    let (alike, others): (Vec<&Input>, Vec<&Input>) =
        record.outputs().iter().partition(|it| is_named(&it.file));
    let mut best: Option<(String, Vec<Difference>)> = None;
    let mut altered = Vec::new();
    for output in alike.into_iter().chain(others) {
        let path = results.join(&output.file);
        if results::sha256(&path)?.as_ref() != Some(&output.sha256) {
            altered.push(output.file.as_str());
            continue;
        }
        let published = results::book(&path)?;
        let has_its_sheets = published.pages.iter().any(|page| book.page(&page.name).is_some());
        if !is_named(&output.file) && !has_its_sheets {
            continue;
        }
        let differences = compare::books(&published, book);
        let is_end = is_named(&output.file) || differences.is_empty();
        if best.as_ref().is_none_or(|(_, fewest)| differences.len() < fewest.len()) {
            best = Some((output.file.clone(), differences));
        }
        if is_end {
            break;
        }
    }
    best.ok_or_else(|| {
        Failure::Unverifiable(match altered.as_slice() {
            [] => "không có tệp công bố nào có các trang của tệp này".to_owned(),
            names => format!(
                "bản công bố trong {} đã bị sửa hoặc thiếu: {}",
                results.display(),
                names.join(", ")
            ),
        })
    })
}

/// What is told, and how many differences it was.
struct Told<'a, 'b> {
    console: &'a mut Console<'b>,
    count: usize,
}

impl Told<'_, '_> {
    /// Whether every recorded input is as it was. A missing one leaves nothing
    /// to compare.
    fn inputs(&mut self, folder: &Folder, record: &Record) -> Result<bool, Failure> {
        let (mut changed, mut missing) = (Vec::new(), Vec::new());
        for input in record.inputs.iter().filter(|it| !it.sha256.is_empty()) {
            match results::sha256(&folder.named(&input.file).path)? {
                None => missing.push(input.file.as_str()),
                Some(found) if found == input.sha256 => {}
                Some(_) => changed.push(format!("{}: không còn như lúc chạy", input.file)),
            }
        }
        self.list("Tệp đầu vào", &changed);
        self.settings(folder, record)?;
        if missing.is_empty() {
            return Ok(changed.is_empty());
        }
        Err(Failure::Unverifiable(format!("thiếu tệp đầu vào: {}", missing.join(", "))))
    }

    /// Which lines of the settings changed, where a publication still has them
    /// as they were.
    fn settings(&mut self, folder: &Folder, record: &Record) -> Result<(), Failure> {
        let settings = folder.settings();
        let recorded = record.inputs.iter().find(|it| it.file == settings.name);
        let Some(recorded) = recorded else { return Ok(()) };
        let mut read = Vec::new();
        let Ok(now) = intake::text(folder, &settings, &mut read) else { return Ok(()) };
        if read.iter().all(|it| it.sha256 == recorded.sha256) {
            return Ok(());
        }
        for publication in folder.publications()? {
            let then = archive::text(&publication, &settings.name, &recorded.sha256)?;
            if let Some(then) = then {
                for line in compare::texts(&then, &now) {
                    self.console.line(format!("  {}: {line}", settings.name));
                }
                return Ok(());
            }
        }
        Ok(())
    }

    fn list(&mut self, what: &str, lines: &[String]) {
        self.count += lines.len();
        for line in lines.iter().take(MOST) {
            self.console.line(format!("{what} – {line}"));
        }
        if MOST < lines.len() {
            self.console.line(format!("… và {} khác biệt nữa", lines.len() - MOST));
        }
    }

    fn changes(&mut self, changes: &Changes) {
        let lines: Vec<String> = changes.units.iter().flat_map(unit_lines).collect();
        self.list("Kết quả", &lines);
        self.list("Kết quả", &changes.others);
    }

    fn cells(&mut self, name: &str, differences: &[Difference]) {
        if differences.is_empty() {
            let line = format!("{name}: mọi ô đều bằng nhau, chỉ cách lưu tệp khác.");
            self.console.line(line);
        }
        let lines: Vec<String> = differences.iter().map(cell_line).collect();
        self.list(name, &lines);
    }

    fn outcome(&mut self, same: &str) -> Outcome {
        if self.count == 0 {
            self.console.line(same);
            return Outcome::Clean;
        }
        self.console.line(format!("KHÔNG KHỚP: {} khác biệt.", self.count));
        Outcome::Flawed
    }
}

/// The changes of one unit, a line each: was → is.
pub(super) fn unit_lines(change: &UnitChange) -> Vec<String> {
    let name = format!("{} ({})", change.name, change.unit);
    let points = change.points.iter().map(|it| {
        let item = if it.item.is_empty() { String::new() } else { format!(", mục {}", it.item) };
        format!("{name}{item}: {} {} → {}", it.what, it.before, it.after)
    });
    let (was, is) = (&change.before, &change.after);
    let rank = |rank: Option<u32>| rank.map_or_else(|| "–".to_owned(), |it| it.to_string());
    let index = |index: &Option<String>| index.clone().unwrap_or_else(|| "–".to_owned());
    let none = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    let seats = [
        ("hạng", rank(was.rank), rank(is.rank)),
        ("chỉ số", index(&was.index), index(&is.index)),
        ("xếp loại", none(&was.band), none(&is.band)),
        ("khen thưởng", none(&was.award), none(&is.award)),
    ];
    let seats = seats.into_iter().filter(|(_, was, is)| was != is);
    let seats = seats.map(|(what, was, is)| format!("{name}: {what} {was} → {is}"));
    points.chain(seats).collect()
}

fn cell_line(difference: &Difference) -> String {
    match difference {
        Difference::SheetMissing(name) => format!("thiếu trang «{name}»"),
        Difference::SheetAdded(name) => format!("thừa trang «{name}»"),
        Difference::Cell(it) => {
            let shown = |text: &str| {
                if text.is_empty() { "để trống".to_owned() } else { format!("«{text}»") }
            };
            format!(
                "{}!{}: bản công bố {}, tệp này {}",
                it.sheet,
                it.at,
                shown(&it.published),
                shown(&it.found)
            )
        }
    }
}
