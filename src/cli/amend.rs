//! After a publication: whether results are still the published ones, and if
//! not, what changed and why.

use crate::batch::folder::Named;
use crate::batch::{Folder, archive, results};
use crate::cli::VERSION;
use crate::cli::console::Console;
use crate::cli::verify::{sealed, unit_lines};
use crate::compare::{self, Changes};
use crate::failure::Failure;
use crate::finding::Finding;
use crate::record::{self, Amendment, Input, Record};
use crate::round::Round;
use crate::tally::Tally;

/// The most changes told before a run is refused.
const MOST: usize = 20;

/// What was decided, and from what.
#[derive(Clone, Copy)]
pub(super) struct Decided<'a> {
    pub(super) folder: &'a Folder,
    pub(super) round: &'a Round,
    pub(super) tally: &'a Tally,
}

/// The amendment that results of a published round carry, if any, and the
/// inputs with the publication it was measured against.
///
/// Results equal to the published ones are written again without a question.
/// Others need a reason, and each changed point a line in `thay-doi.xlsx`.
pub(super) fn amendment(
    decided: Decided,
    inputs: &mut Vec<Input>,
    reason: Option<&str>,
    console: &mut Console,
) -> Result<Option<Amendment>, Failure> {
    let Some(latest) = decided.folder.publications()?.pop() else { return Ok(None) };
    let published = archive::record(&latest)?;
    sealed(&published)?;
    // The results may have been amended already, for a reason that they carry.
    let present = results::record(&decided.folder.results()).ok();
    let present =
        present.filter(|it| it.amendment.as_ref().is_some_and(|it| it.base.file == latest.name));
    for record in [Some(&published), present.as_ref()].into_iter().flatten() {
        if let Some(same) = same(decided, inputs, record) {
            return Ok(same.amendment);
        }
    }
    let changes = changes(decided, inputs, &published);
    let lines: Vec<String> = changes.units.iter().flat_map(unit_lines).collect();
    console.line(format!("Thay đổi so với bản công bố {}:", latest.name));
    for line in lines.iter().take(MOST) {
        console.line(format!("  {line}"));
    }
    if MOST < lines.len() {
        console.line(format!("  … và {} thay đổi nữa", lines.len() - MOST));
    }
    if lines.is_empty() {
        console.line("  Không có điểm, hạng nào thay đổi; đầu vào hoặc thiết lập đã khác.");
    }
    let Some(reason) = reason.map(str::trim).filter(|it| !it.is_empty()) else {
        return Err(Failure::Published { archive: latest.name });
    };
    let (amendment, findings) = against(decided, inputs, &latest, &published, reason)?;
    if findings.is_empty() { Ok(Some(amendment)) } else { Err(Failure::Round(findings)) }
}

/// Results equal to earlier ones, with what those carried.
struct Same {
    amendment: Option<Amendment>,
}

/// Whether results equal earlier ones; if not, `inputs` stay as they were.
fn same(decided: Decided, inputs: &mut Vec<Input>, earlier: &Record) -> Option<Same> {
    let count = inputs.len();
    // What it was measured against may be gone, or other points changed since.
    let again = again(decided, inputs, earlier.amendment.as_ref()).ok();
    let is_same = |it: &Option<Amendment>| {
        record::seal(decided.round, decided.tally, inputs, it.as_ref()) == earlier.seal()
    };
    let same = again.filter(is_same);
    if same.is_none() {
        inputs.truncate(count);
    }
    same.map(|amendment| Same { amendment })
}

/// The amendment of a record, made again from its publication.
pub(super) fn again(
    decided: Decided,
    inputs: &mut Vec<Input>,
    recorded: Option<&Amendment>,
) -> Result<Option<Amendment>, Failure> {
    let Some(recorded) = recorded else { return Ok(None) };
    let base = decided.folder.named(&recorded.base.file);
    if !base.path.is_file() {
        return Err(Failure::Unverifiable(format!("thiếu bản công bố trước: {}", base.name)));
    }
    let published = archive::record(&base)?;
    let reason = &recorded.reason;
    let (amendment, findings) = against(decided, inputs, &base, &published, reason)?;
    if findings.is_empty() { Ok(Some(amendment)) } else { Err(Failure::Round(findings)) }
}

/// What changed against a publication, which becomes an input.
fn against(
    decided: Decided,
    inputs: &mut Vec<Input>,
    base: &Named,
    published: &Record,
    reason: &str,
) -> Result<(Amendment, Vec<Finding>), Failure> {
    let changes = changes(decided, inputs, published);
    let sha256 = results::sha256(&base.path)?.unwrap_or_default();
    let input = Input { file: base.name.clone(), sha256 };
    inputs.push(input.clone());
    let base = (input, published.seal());
    Ok(compare::amend(&changes, &decided.round.revisions, base, reason))
}

fn changes(decided: Decided, inputs: &[Input], published: &Record) -> Changes {
    let now = record::of(decided.round, decided.tally, inputs, VERSION).listed();
    compare::changes(published, &now)
}
