//! Results against what they were made of, and a workbook against the published
//! one. Writes nothing.

use std::collections::BTreeSet;
use std::path::Path;

use crate::batch::own::OwnFiles;
use crate::batch::results::{self, Remade};
use crate::batch::{Folder, archive, intake, log};
use crate::compare::{self, Changes, Shown, UnitChange};
use crate::evaluation::decide::decide;
use crate::evaluation::note::noted;
use crate::evaluation::progress::Progress;
use crate::evaluation::publication::{self, is_decision_alone, sealed};
use crate::evaluation::results::{is_ours, write};
use crate::failure::Failure;
use crate::finding::Code;
use crate::record::{self, Input, PROGRAM, RECORD_FILE, Record};

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
    Identical { name: String, inputs: usize, seal: String },
    /// Compared, as far as it can be told, with the published file of this name.
    Compared { name: String, seal: String },
}

/// Results made again from their inputs, away from everything.
struct Proof {
    record: Record,
    again: Record,
    remade: Remade,
    /// Whether every input is the recorded one, and there is no other.
    is_same_input: bool,
}

/// Makes the results of a round again from its inputs, and compares inputs and
/// records.
fn prove(
    folder: &Folder,
    comparison: &mut Comparison,
    progress: &dyn Progress,
) -> Result<Proof, Failure> {
    let record = trusted(&folder.present_results())?;
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
    let keys = record::unknown_keys(&results::text(&folder.present_results())?);
    let keys = keys.iter().map(|key| format!("có mục lạ «{key}»")).collect();
    comparison.differ(RECORD_FILE, keys);
    Ok(Proof { record, again, remade, is_same_input })
}

/// Makes the results of a round again from its inputs and compares; of one that
/// came in an archive, the archive too. Gives their record. What was compared
/// before a failure stands in `comparison` too.
pub fn round(
    folder: &Folder,
    archive: Option<&Path>,
    comparison: &mut Comparison,
    progress: &dyn Progress,
) -> Result<Record, Failure> {
    let Proof { record, again, remade, is_same_input } = prove(folder, comparison, progress)?;
    let ours = results::files(&folder.present_results());
    let ours = ours.into_iter().filter(|name| name.contains('/') || is_ours(name));
    let names =
        record.outputs().iter().chain(again.outputs()).map(|it| it.file.clone()).chain(ours);
    let names: BTreeSet<String> = names.collect();
    for name in names {
        let output = Output { name: &name, record: &record, again: &again };
        output.verify(&folder.present_results(), &remade.path(), is_same_input, comparison)?;
    }
    if comparison.count() == 0
        && results::text(&folder.present_results())? != results::text(&remade.path())?
    {
        let odd = "nội dung hoặc cách viết khác với kết quả tính lại";
        comparison.differ(RECORD_FILE, vec![odd.to_owned()]);
    }
    comparison.publications(folder, &record)?;
    if let Some(archive) = archive {
        comparison.packing(archive, folder, &record)?;
    }
    Ok(record)
}

/// Compares a workbook that somebody holds with the published one: that of the
/// round or the archive `with`, or of the results around the file.
///
/// The published workbook is made again from its inputs. What lies on the disk
/// beside a record, and the digests in that record, prove nothing: whoever
/// changed one could change the other.
pub fn workbook(
    file: &Path,
    with: Option<&Path>,
    comparison: &mut Comparison,
    progress: &dyn Progress,
) -> Result<Held, Failure> {
    let unpacked = with.filter(|it| archive::is_archive(it)).map(archive::unpack).transpose()?;
    let folder = match (&unpacked, with) {
        (Some(unpacked), _) => unpacked.folder()?,
        (None, Some(round)) => Folder::open(round)?,
        (None, None) => around(file)?,
    };
    let proof = prove(&folder, comparison, progress)?;
    for output in proof.again.outputs() {
        let recorded = digest_in(&proof.record, &output.file);
        if proof.is_same_input && recorded != Some(&output.sha256) {
            let odd = format!("mã băm của {} đã bị sửa", output.file);
            comparison.differ(RECORD_FILE, vec![odd]);
        }
    }
    if 0 < comparison.count() {
        let remark = "Kết quả dùng để đối chiếu không như lúc ghi; tệp được so với kết quả tính \
                      lại từ đầu vào hiện có.";
        comparison.entries.push(Entry::Remark(remark.to_owned()));
    }
    let seal = proof.record.seal().to_owned();
    let found = results::sha256(file)?;
    let is_it = |it: &&Input| Some(&it.sha256) == found.as_ref();
    if let Some(output) = proof.again.outputs().iter().find(is_it) {
        let inputs = proof.record.inputs.len();
        return Ok(Held::Identical { name: output.file.clone(), inputs, seal });
    }
    if is_data(&file.to_string_lossy()) {
        let own = file.file_name().unwrap_or_default();
        let is_named =
            |it: &&Input| is_data(&it.file) && Path::new(&it.file).file_name() == Some(own);
        let Some(output) = proof.again.outputs().iter().find(is_named) else {
            let message = "không có tệp công bố nào mang tên này; tệp dữ liệu được so theo tên";
            return Err(Failure::Unverifiable(message.to_owned()));
        };
        let name = output.file.clone();
        let apart = results::lines_apart(&proof.remade.path().join(&name), file)?;
        comparison.differ(&name, apart);
        return Ok(Held::Compared { name, seal });
    }
    let (name, shown) = nearest(file, &results::shown(file)?, &proof)?;
    comparison.workbook(&name, &shown);
    Ok(Held::Compared { name, seal })
}

/// The round whose results lie beside a file or above it.
fn around(file: &Path) -> Result<Folder, Failure> {
    let refused = |why: &str| Failure::Unverifiable(why.to_owned());
    let results = results::around(file).ok_or_else(|| {
        refused(
            "không thấy ket-qua.json bên cạnh hay phía trên tệp; thêm --voi và thư mục kỳ hoặc \
             tệp công bố .zip",
        )
    })?;
    let folder = results.parent().map(Folder::open).transpose()?;
    folder.filter(|it| it.present_results() == results).ok_or_else(|| {
        refused(
            "chỉ có ket-qua.json, không có đầu vào để tính lại nên không chứng minh được tệp nào \
             là bản công bố; thêm --voi và thư mục kỳ hoặc tệp công bố .zip",
        )
    })
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
                comparison.differ(RECORD_FILE, vec![format!("mã băm của {name} đã bị sửa")]);
            }
        } else if is_data(name) {
            let apart = results::lines_apart(&remade.join(name), &results.join(name))?;
            comparison.differ(name, apart);
        } else {
            let published = results::shown(&remade.join(name))?;
            let held = results::shown(&results.join(name))?;
            comparison.workbook(name, &compare::shown(&published, &held));
        }
        Ok(())
    }
}

/// Whether a file of the results is a table of data.
fn is_data(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|it| it.eq_ignore_ascii_case("csv"))
}

fn digest_in<'a>(record: &'a Record, name: &str) -> Option<&'a String> {
    record.outputs().iter().find(|it| it.file == name).map(|it| &it.sha256)
}

/// The published workbook that this one was made from, and where it differs:
/// the one of its name, or else the one of its sheets with the fewest changes.
fn nearest(
    file: &Path,
    shown: &Shown,
    proof: &Proof,
) -> Result<(String, compare::Comparison), Failure> {
    let own = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_named = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase() == own;
    let workbooks = proof.again.outputs().iter().filter(|it| !is_data(&it.file));
    let (alike, others): (Vec<&Input>, Vec<&Input>) = workbooks.partition(|it| is_named(&it.file));
    let mut best: Option<(String, compare::Comparison)> = None;
    for output in alike.into_iter().chain(others) {
        let published = results::shown(&proof.remade.path().join(&output.file))?;
        let is_shared = published.pages.iter().any(|page| shown.page(&page.name).is_some());
        if !is_named(&output.file) && !is_shared {
            continue;
        }
        let compared = compare::shown(&published, shown);
        let count = compared.differences.len();
        if best.as_ref().is_none_or(|(_, best)| count < best.differences.len()) {
            best = Some((output.file.clone(), compared));
        }
        if is_named(&output.file) || count == 0 {
            break;
        }
    }
    best.ok_or_else(|| {
        let message = "không có tệp công bố nào có các trang của tệp này";
        Failure::Unverifiable(message.to_owned())
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
        let mut own = OwnFiles::of(folder.root(), Code::RoundFileUnreadable);
        let Some(now) = own.text(&settings, Code::SettingsSyntax) else { return Ok(()) };
        if own.inputs.iter().all(|it| it.sha256 == recorded.sha256) {
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

    fn workbook(&mut self, name: &str, compared: &compare::Comparison) {
        if compared.differences.is_empty() {
            let remarks = compared.how.lines().into_iter().map(|line| format!("{name}: {line}"));
            self.entries.extend(remarks.map(Entry::Remark));
        }
        self.differ(name, compared.differences.iter().map(ToString::to_string).collect());
    }

    /// Publications that are not as they were made, or not where they were.
    fn publications(&mut self, folder: &Folder, record: &Record) -> Result<(), Failure> {
        let known = folder.publications()?;
        let others = folder.published()?.into_iter();
        let others = others.filter(|it| archive::is_archive(&it.path) && !known.contains(it));
        let mut odd: Vec<String> =
            others.map(|it| format!("{}: không mang tên của bản công bố nào", it.name)).collect();
        for (name, sha256) in log::published(&folder.present_results()) {
            match results::sha256(&folder.named(&name).path)? {
                None => odd.push(format!("{name}: đã công bố theo nhật ký, nay không còn")),
                Some(found) if found != sha256 => {
                    odd.push(format!("{name}: không còn như lúc công bố"));
                }
                Some(_) => {}
            }
        }
        for (at, archive) in known.iter().enumerate() {
            let expected = folder.publication(record.round.year, at + 1).name;
            if archive.name != expected {
                odd.push(format!("{}: ở chỗ của {expected}, bị đổi tên hoặc thiếu", archive.name));
            }
            let published = archive::record(archive)?;
            if let Err(why) = sealed(&published) {
                odd.push(format!("{}: {why}", archive.name));
            }
            let is_base = record.amendment.as_ref().is_some_and(|it| it.base.file == archive.name);
            let is_other = || -> Result<bool, Failure> {
                if published.seal() == record.seal() {
                    return Ok(false);
                }
                let (then, now) = (&published.inputs, &record.inputs);
                let again = Record { inputs: then.clone(), ..record.clone() };
                let is_alike = again.own_seal() == published.seal();
                Ok(!(is_alike && is_decision_alone(folder, archive, then, now)?))
            };
            if at + 1 == known.len() && !is_base && is_other()? {
                let seal = published.seal();
                odd.push(format!("{}: công bố kết quả khác, mã xác thực {seal}", archive.name));
            }
        }
        self.differ("Bản công bố", odd);
        Ok(())
    }

    /// What of an archive is not as it was packed.
    fn packing(&mut self, path: &Path, folder: &Folder, record: &Record) -> Result<(), Failure> {
        const ARCHIVE: &str = "Gói công bố";
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.differ(ARCHIVE, archive::oddities(folder, record)?);
        let note = archive::note(folder)?;
        match noted(record, &note) {
            None => self.differ(ARCHIVE, vec!["cong-bo.txt: nội dung đã bị sửa".to_owned()]),
            Some(own) if own != *name => {
                let remark = format!("{ARCHIVE}: tên tệp là {name}, cong-bo.txt ghi {own}.");
                self.entries.push(Entry::Remark(remark));
            }
            Some(_) => {}
        }
        if self.count() == 0 && !archive::is_as_packed(path, folder, record, &note)? {
            let odd = "có byte thừa trước, giữa hoặc sau các tệp, hoặc gói đã được nén lại";
            self.differ(ARCHIVE, vec![odd.to_owned()]);
        }
        Ok(())
    }
}
