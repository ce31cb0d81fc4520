//! After a publication: whether results are still the published ones, and if
//! not, what changed and why.

use std::collections::BTreeSet;

use crate::batch::folder::Named;
use crate::batch::own::OwnFiles;
use crate::batch::{Folder, archive, results};
use crate::compare::{self, Base, Changes};
use crate::evaluation::decide::Decided;
use crate::failure::Failure;
use crate::finding::{Code, Findings};
use crate::record::{self, Amendment, Input, PROGRAM, Record};
use crate::round::read_awards::undecided;
use crate::round::revision::Revisions;
use crate::text;

/// What a publication makes of results that were decided after it.
pub enum Standing {
    /// They are written again without a question, with the amendment that they
    /// carried already: nothing was published, or they are what was.
    Same(Option<Amendment>),
    Changed(Changed),
}

/// Results that are not the published ones.
pub struct Changed {
    base: Named,
    base_seal: String,
    pub changes: Changes,
}

/// Compares what was decided with the latest publication. Results equal to the
/// published ones have what these were measured against among their inputs.
pub fn standing(folder: &Folder, decided: &mut Decided) -> Result<Standing, Failure> {
    let Some(base) = folder.publications()?.pop() else { return Ok(Standing::Same(None)) };
    let published = archive::record(&base)?;
    sealed(&published)?;
    // The results may have been amended already, for a reason that they carry.
    let present = results::record(&folder.present_results()).ok();
    let present =
        present.filter(|it| it.amendment.as_ref().is_some_and(|it| it.base.file == base.name));
    for record in [Some(&published), present.as_ref()].into_iter().flatten() {
        if let Some(same) = same(folder, decided, &base, record)? {
            return Ok(Standing::Same(same.amendment));
        }
    }
    Ok(Standing::Changed(Changed::since(base, &published, decided)))
}

impl Standing {
    /// Says which lines of `thay-doi.xlsx` account for no change, and which
    /// change they may have been meant for.
    pub fn idle(&self, revisions: &Revisions, findings: &mut Findings) {
        let changes: Vec<(&str, &str)> = match self {
            Standing::Same(amendment) => {
                let points = amendment.iter().flat_map(|it| &it.points);
                points.map(|it| (it.unit.as_str(), it.item.as_str())).collect()
            }
            Standing::Changed(changed) => {
                let units = changed.changes.units.iter();
                let points = units.flat_map(|unit| unit.points.iter().map(move |it| (unit, it)));
                let counted = points.filter(|(_, it)| it.is_counted);
                counted.map(|(unit, it)| (unit.unit.as_str(), it.item.as_str())).collect()
            }
        };
        compare::idle(&changes, revisions, findings);
    }
}

impl Changed {
    fn since(base: Named, published: &Record, decided: &Decided) -> Changed {
        let Decided { round, tally, inputs } = decided;
        let now = record::of(round, tally, inputs, PROGRAM).listed();
        let changes = compare::changes(published, &now);
        Changed { base, base_seal: published.seal().to_owned(), changes }
    }

    /// The archive of the published results.
    pub fn archive(&self) -> &str {
        &self.base.name
    }

    /// The amendment that the results carry, and the publication among their
    /// inputs. It needs a reason, and each changed point a line in
    /// `thay-doi.xlsx`.
    pub fn amend(&self, decided: &mut Decided, reason: Option<&str>) -> Result<Amendment, Failure> {
        let Some(reason) = reason.map(str::trim).filter(|it| text::is_reason(it)) else {
            return Err(Failure::Published { archive: self.base.name.clone() });
        };
        let sha256 = results::sha256(&self.base.path)?.unwrap_or_default();
        let input = Input { file: self.base.name.clone(), sha256 };
        decided.inputs.push(input.clone());
        let base = Base { file: input, seal: &self.base_seal };
        let (revisions, mut findings) = (&decided.round.revisions, Findings::default());
        let amendment = compare::amend(&self.changes, revisions, base, reason, &mut findings);
        if findings.is_empty() { Ok(amendment) } else { Err(Failure::Round(findings)) }
    }
}

/// Results equal to earlier ones, with what those carried.
struct Same {
    amendment: Option<Amendment>,
}

/// Whether results equal earlier ones; if not, the inputs stay as they were.
fn same(
    folder: &Folder,
    decided: &mut Decided,
    base: &Named,
    earlier: &Record,
) -> Result<Option<Same>, Failure> {
    let count = decided.inputs.len();
    // What it was measured against may be gone, or other points changed since.
    let again = again(folder, decided, earlier.amendment.as_ref()).ok();
    let Decided { round, tally, inputs } = decided;
    let is_alike = is_decision_alone(folder, base, &earlier.inputs, inputs)?;
    let measured = if is_alike { &earlier.inputs } else { &*inputs };
    let is_same = |it: &Option<Amendment>| {
        record::seal(round, tally, measured, it.as_ref()) == earlier.seal()
    };
    let same = again.filter(is_same);
    if same.is_none() {
        inputs.truncate(count);
    }
    Ok(same.map(|amendment| Same { amendment }))
}

/// Whether inputs are those of the publication `base` but for the number and the
/// day of the decision, which are known only after it.
pub(super) fn is_decision_alone(
    folder: &Folder,
    base: &Named,
    then: &[Input],
    now: &[Input],
) -> Result<bool, Failure> {
    let settings = folder.settings();
    let others = |inputs: &[Input]| -> BTreeSet<(String, String)> {
        let others = inputs.iter().filter(|it| it.file != settings.name);
        others.map(|it| (it.file.clone(), it.sha256.clone())).collect()
    };
    let recorded = then.iter().find(|it| it.file == settings.name);
    let Some(recorded) = recorded.filter(|_| others(then) == others(now)) else {
        return Ok(false);
    };
    let mut own = OwnFiles::of(folder.root(), Code::RoundFileUnreadable);
    let now = own.text(&settings, Code::SettingsSyntax);
    let then = archive::text(base, &settings.name, &recorded.sha256)?;
    Ok(then.zip(now).is_some_and(|(then, now)| undecided(&then) == undecided(&now)))
}

/// The amendment of a record, made again from its publication.
pub(super) fn again(
    folder: &Folder,
    decided: &mut Decided,
    recorded: Option<&Amendment>,
) -> Result<Option<Amendment>, Failure> {
    let Some(recorded) = recorded else { return Ok(None) };
    let base = folder.named(&recorded.base.file);
    if !base.path.is_file() {
        return Err(Failure::Unverifiable(format!("thiếu bản công bố trước: {}", base.name)));
    }
    let published = archive::record(&base)?;
    Changed::since(base, &published, decided).amend(decided, Some(&recorded.reason)).map(Some)
}

/// The length of a code of twelve digits.
const SHORT: usize = 14;

/// Refuses a record whose contents come to another code than it carries.
pub(super) fn sealed(record: &Record) -> Result<(), Failure> {
    let (own, written) = (record.own_seal(), record.seal());
    // The codes of publications may be shorter; results made again show the rest.
    let is_short = written.len() == SHORT && own.starts_with(written);
    if own == written || is_short {
        return Ok(());
    }
    Err(Failure::Unverifiable(format!(
        "ket-qua.json đã bị sửa: mã xác thực ghi là «{written}», tính từ nội dung là {own}"
    )))
}
