//! Results against what they were made of, and a workbook against the published
//! one. Writes nothing.

use std::collections::BTreeSet;
use std::path::Path;

use crate::batch::results::{self, Remade};
use crate::batch::{Folder, archive, intake};
use crate::book::Book;
use crate::compare::{self, Changes, Difference, UnitChange};
use crate::evaluation::decide::decide;
use crate::evaluation::progress::Progress;
use crate::evaluation::publication::{self, sealed};
use crate::evaluation::results::{is_ours, write};
use crate::failure::Failure;
use crate::record::{Input, PROGRAM, Record};

/// What a comparison came to, in the order it was found.
#[derive(Default)]
pub struct Comparison {
    pub entries: Vec<Entry>,
}

/// One thing a comparison has to say.
pub enum Entry {
    /// Differences of one kind or of one file.
    Differing { what: String, lines: Vec<String> },
    /// Something worth knowing that is no difference.
    Remark(String),
}

/// What a workbook that somebody holds turned out to be.
pub enum Held {
    /// The published file of this name, byte by byte.
    Identical { name: String, seal: String },
    /// Compared cell by cell with the published file of this name.
    Compared { name: String, seal: String },
}

/// Makes the results of a round again from its inputs and compares; gives their
/// record. What was compared before a failure stands in `comparison` too.
pub fn round(
    folder: &Folder,
    comparison: &mut Comparison,
    progress: &dyn Progress,
) -> Result<Record, Failure> {
    let record = trusted(&folder.results())?;
    let is_same_input = comparison.inputs(folder, &record)?;
    let loaded = intake::load(folder)?;
    let mut decided = decide(folder, loaded, progress)?;
    let amendment = publication::again(folder, &mut decided, record.amendment.as_ref())?;
    let is_known = |input: &&Input| !record.inputs.iter().any(|it| it.file == input.file);
    let new = decided.inputs.iter().filter(is_known);
    let new: Vec<String> = new.map(|it| format!("{}: chưa có khi chạy", it.file)).collect();
    let is_same_input = is_same_input && new.is_empty();
    comparison.differ("Tệp đầu vào mới", new);
    let remade =
        Remade::of(|draft| write(draft, &decided, amendment.as_ref(), progress).map(|_| ()))?;
    let again = results::record(&remade.path())?;
    comparison.changes(compare::changes(&record, &again));
    let ours = results::workbooks(&folder.results());
    let ours = ours.into_iter().filter(|name| name.contains('/') || is_ours(name));
    let names =
        record.outputs().iter().chain(again.outputs()).map(|it| it.file.clone()).chain(ours);
    let names: BTreeSet<String> = names.collect();
    for name in names {
        let output = Output { name: &name, record: &record, again: &again };
        output.verify(&folder.results(), &remade.path(), is_same_input, comparison)?;
    }
    if comparison.count() == 0 && record != again {
        comparison.differ("ket-qua.json", vec!["nội dung khác với kết quả tính lại".to_owned()]);
    }
    Ok(record)
}

/// Compares a workbook that somebody holds with the published one: that of the
/// round or the archive `with`, or of the results around the file.
pub fn workbook(
    file: &Path,
    with: Option<&Path>,
    comparison: &mut Comparison,
) -> Result<Held, Failure> {
    let unpacked = with.filter(|it| archive::is_archive(it)).map(archive::unpack).transpose()?;
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
    let seal = record.seal().to_owned();
    if let Some(output) = record.outputs().iter().find(is_it) {
        return Ok(Held::Identical { name: output.file.clone(), seal });
    }
    let book = results::book(file)?;
    let (name, differences) = nearest(file, &book, &record, &results)?;
    comparison.cells(&name, &differences);
    Ok(Held::Compared { name, seal })
}

/// The record of results, if it was written by this program and not altered.
fn trusted(folder: &Path) -> Result<Record, Failure> {
    let record = results::record(folder)?;
    if record.program != PROGRAM {
        return Err(Failure::Unverifiable(format!(
            "kết quả do {} ghi, đây là {PROGRAM}; hãy dùng đúng phiên bản đã ghi kết quả",
            record.program
        )));
    }
    sealed(&record)?;
    Ok(record)
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
        comparison: &mut Comparison,
    ) -> Result<(), Failure> {
        let name = self.name;
        let found = results::sha256(&results.join(name))?;
        let (recorded, again) = (digest_in(self.record, name), digest_in(self.again, name));
        let Some(found) = found else {
            comparison.differ("Tệp kết quả", vec![format!("thiếu {name}")]);
            return Ok(());
        };
        if recorded.is_none() && again.is_none() {
            comparison
                .differ("Tệp kết quả", vec![format!("{name}: không có trong kết quả đã ghi")]);
        } else if !is_same_input {
            // Its cells follow from other inputs; only whether it is as it was
            // can be told.
            if recorded != Some(&found) {
                comparison.differ("Tệp kết quả", vec![format!("{name}: không còn như lúc ghi")]);
            }
        } else if again == Some(&found) {
            if recorded != again {
                comparison.differ("ket-qua.json", vec![format!("mã băm của {name} đã bị sửa")]);
            }
        } else {
            let published = results::book(&remade.join(name))?;
            comparison
                .cells(name, &compare::books(&published, &results::book(&results.join(name))?));
        }
        Ok(())
    }
}

fn digest_in<'a>(record: &'a Record, name: &str) -> Option<&'a String> {
    record.outputs().iter().find(|it| it.file == name).map(|it| &it.sha256)
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

impl Comparison {
    /// How many differences there are.
    pub fn count(&self) -> usize {
        let count = |entry: &Entry| match entry {
            Entry::Differing { lines, .. } => lines.len(),
            Entry::Remark(_) => 0,
        };
        self.entries.iter().map(count).sum()
    }

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
        let is_same = changed.is_empty();
        self.differ("Tệp đầu vào", changed);
        self.settings(folder, record)?;
        if missing.is_empty() {
            return Ok(is_same);
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
                    self.entries.push(Entry::Remark(format!("  {}: {line}", settings.name)));
                }
                return Ok(());
            }
        }
        Ok(())
    }

    fn differ(&mut self, what: &str, lines: Vec<String>) {
        self.entries.push(Entry::Differing { what: what.to_owned(), lines });
    }

    fn changes(&mut self, changes: Changes) {
        let units = changes.units.iter().flat_map(UnitChange::lines).collect();
        self.differ("Kết quả", units);
        self.differ("Kết quả", changes.others);
    }

    fn cells(&mut self, name: &str, differences: &[Difference]) {
        if differences.is_empty() {
            let remark = format!("{name}: mọi ô đều bằng nhau, chỉ cách lưu tệp khác.");
            self.entries.push(Entry::Remark(remark));
        }
        self.differ(name, differences.iter().map(ToString::to_string).collect());
    }
}
