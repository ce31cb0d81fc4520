//! The sheet of scores → appraised scores.

use std::collections::{BTreeMap, BTreeSet};

use super::causes::{self, Causes, Clashes, listed};
use super::{Appraisal, Appraised, Volume, layout, unit_of};
use crate::book::RawValue;
use crate::finding::appraisal::BlankBesideWords;
use crate::finding::{Code, Finding, Findings, Place, Said};
use crate::form::layout::{NOT_APPLICABLE, NOT_APPLICABLE_TOO};
use crate::form::{Claim, Claimed, Form, Intake};
use crate::points::{Points, Quantity};
use crate::round::Round;
use crate::round::criteria::{Item, ItemCode, Origin};
use crate::round::register::{Unit, UnitId};
use crate::round::settings::{BlankAppraisal, Bloc};
use crate::table::{self, Line};
use crate::text;

/// What the rows of one unit and item come to so far.
#[derive(Clone, Debug)]
enum Verdict {
    /// The appraised score is blank.
    Blank(Place),
    Given(Appraised),
    /// There was an error in it, which is said.
    Faulty,
}

struct Reader<'a> {
    round: &'a Round,
    intake: &'a Intake,
    verdicts: BTreeMap<(UnitId, ItemCode), Verdict>,
    strange: Causes,
    repeated: Clashes,
    /// Items whose printed self score is no longer the form's, by unit.
    outdated: BTreeMap<UnitId, Vec<(ItemCode, Place)>>,
    findings: Findings,
}

/// Reads the scores of every workbook.
pub(super) fn read(
    volumes: &[Volume],
    round: &Round,
    intake: &Intake,
    findings: &mut Findings,
) -> Appraisal {
    let mut reader = Reader {
        round,
        intake,
        verdicts: BTreeMap::new(),
        strange: Causes::default(),
        repeated: Clashes::default(),
        outdated: BTreeMap::new(),
        findings: Findings::default(),
    };
    for volume in volumes {
        for line in volume.scores.lines() {
            reader.line(&line, volume.bloc);
        }
    }
    reader.agree();
    reader.missing(volumes);
    reader.grouped();
    findings.extend(reader.findings);
    let units: BTreeSet<&UnitId> = reader.verdicts.keys().map(|(unit, _)| unit).collect();
    let units = units.into_iter().cloned().collect();
    let given = |(key, verdict)| match verdict {
        Verdict::Given(appraised) => Some((key, appraised)),
        Verdict::Blank(_) | Verdict::Faulty => None,
    };
    let scores = reader.verdicts.into_iter().filter_map(given).collect();
    Appraisal { units, scores, ..Appraisal::default() }
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &Line, bloc: &Bloc) {
        // A note or a signature under the table names no item and no score.
        let is_scored = !line.is_blank(layout::SCORE);
        if !is_scored && line.is_blank(layout::CODE) {
            return;
        }
        let id = line.cell(layout::UNIT).map(table::shown).unwrap_or_default();
        let unit = match unit_of(&id, bloc, self.round) {
            Ok(unit) => unit,
            Err(why) => return self.strange(Code::AppraisalUnitUnknown, why, line, layout::UNIT),
        };
        let Some(form) = self.intake.forms.get(&unit.id) else { return };
        let item = match self.item(line, unit) {
            Ok(item) => item,
            Err(why) => return self.strange(Code::AppraisalItemUnknown, why, line, layout::CODE),
        };
        let key = (unit.id.clone(), item.code);
        let name = line.cell(layout::NAME).map(table::shown).unwrap_or_default();
        if let Err(why) = unit.confirmed_by(&name) {
            self.strange.add(Code::AppraisalTwoUnits, why, line.place(layout::NAME));
            return self.lay(key, Verdict::Faulty);
        }
        let Some(claim) = form.claims.get(&item.code) else { return };
        if is_exempt(claim) || self.round.exemptions.get(&unit.id, item.code).is_some() {
            return self.exempt(line, unit, item);
        }
        if !is_current(line, claim) {
            let place = line.place(layout::SELF);
            self.outdated.entry(key.0.clone()).or_default().push((key.1, place));
        }
        let verdict = self.verdict(line, unit, item, claim);
        self.lay(key, verdict);
    }

    /// A row that says nothing does no harm.
    fn strange(&mut self, code: Code, why: String, line: &Line, label: &str) {
        if !line.is_blank(layout::SCORE) {
            self.strange.add(code, why, line.place(label));
        }
    }

    /// The item of a row, or why there is none.
    fn item(&self, line: &Line, unit: &Unit) -> Result<&'a Item, String> {
        let item = causes::item(line, layout::CODE, self.round.set(unit))?;
        match item.origin {
            Origin::Appraised | Origin::Computed => Ok(item),
            Origin::Survey => {
                Err(format!("{} lấy điểm từ kết quả khảo sát, không thẩm định", item.code))
            }
        }
    }

    fn exempt(&mut self, line: &Line, unit: &Unit, item: &Item) {
        let found = line.cell(layout::SCORE).map(table::shown).unwrap_or_default();
        if !found.is_empty() && !says_not_applicable(&found) {
            let message = format!("{}, {} – không áp dụng, điểm: {found}", unit.id, item.code);
            let place = line.place(layout::SCORE);
            self.findings.push(Finding::new(Code::AppraisedExempt, place, message));
        }
    }

    /// The rules for one appraised score: the first that fails decides.
    fn verdict(&mut self, line: &Line, unit: &Unit, item: &Item, claim: &Claim) -> Verdict {
        let place = line.place(layout::SCORE);
        if line.is_blank(layout::SCORE) {
            let agrees = self.round.settings.scoring.blank_appraisal == BlankAppraisal::Agrees;
            let said = reason(line);
            let consents = |it: &str| text::is_empty_answer(it) || text::is_bare_yes(it);
            if !agrees || consents(&said) {
                return Verdict::Blank(place);
            }
            // Blank would be consent, and the row says something else.
            let unclear = BlankBesideWords { said: &said };
            self.findings.say(place, Said::from(unclear).of(&unit.id, item.code));
            return Verdict::Faulty;
        }
        let name = format!("{}, {}", unit.id, item.code);
        let mut wrong = Findings::default();
        let Some(points) = line.number(layout::SCORE, &mut wrong) else {
            let wrong = wrong.into_iter().map(|it| it.re(|said| said.of(&unit.id, item.code)));
            self.findings.extend(wrong);
            return Verdict::Faulty;
        };
        let points = points.points();
        let agrees = claim.score == Claimed::Points(points);
        let choices = item.rule.choices(item.max).filter(|it| !it.contains(&points) && !agrees);
        let places = self.round.settings.scoring.places;
        let differs = matches!(claim.score, Claimed::Points(claimed) if claimed != points);
        let reason = reason(line);
        let (code, why) = if points < Points::ZERO || item.max < points {
            (Code::AppraisedOutOfRange, format!("{points} (tối đa {})", item.max))
        } else if let Some(choices) = choices {
            let levels: Vec<String> = choices.iter().map(Points::to_string).collect();
            (Code::AppraisedNotALevel, format!("{points} (các mức: {})", levels.join("; ")))
        } else if places < points.places() {
            (Code::AppraisedTooFine, format!("{points} (nhiều nhất {places} số lẻ)"))
        } else if differs && reason.is_empty() {
            let Claimed::Points(claimed) = claim.score else { return Verdict::Faulty };
            (Code::AppraisalUnreasoned, format!("{points} (tự chấm {claimed})"))
        } else {
            return Verdict::Given(Appraised { points, reason, place });
        };
        let message = format!("{name} – điểm thẩm định {why}");
        let at = if code == Code::AppraisalUnreasoned { layout::REASON } else { layout::SCORE };
        self.findings.push(Finding::new(code, line.place(at), message));
        Verdict::Faulty
    }

    /// Lays a row over what other rows say of the same item. Two appraisers may
    /// each send half of a workbook: a blank gives way, equal scores are one.
    fn lay(&mut self, key: (UnitId, ItemCode), verdict: Verdict) {
        let Some(before) = self.verdicts.get_mut(&key) else {
            self.verdicts.insert(key, verdict);
            return;
        };
        match (&*before, &verdict) {
            (Verdict::Faulty, _) | (_, Verdict::Blank(_)) => {}
            (Verdict::Given(a), Verdict::Given(b)) if a.points == b.points => {}
            (Verdict::Given(a), Verdict::Given(b)) => {
                self.repeated.add(&key.0, key.1, b.place.clone(), a.place.clone());
                *before = Verdict::Faulty;
            }
            (Verdict::Blank(_), _) | (_, Verdict::Faulty) => *before = verdict,
        }
    }

    /// Where the round takes a blank for agreement, the claim is granted; but
    /// not one that is no longer what the appraisers saw.
    fn agree(&mut self) {
        if self.round.settings.scoring.blank_appraisal != BlankAppraisal::Agrees {
            return;
        }
        for ((unit, code), verdict) in &mut self.verdicts {
            let Verdict::Blank(place) = verdict else { continue };
            let outdated = self.outdated.get(unit);
            let is_outdated = outdated.is_some_and(|it| it.iter().any(|(it, _)| it == code));
            let claim = self.intake.forms.get(unit).and_then(|form| form.claims.get(code));
            *verdict = match claim.map(|claim| claim.score) {
                _ if is_outdated => Verdict::Faulty,
                Some(Claimed::Points(points)) => {
                    let place = place.clone();
                    Verdict::Given(Appraised { points, reason: String::new(), place })
                }
                _ => continue,
            };
        }
    }

    /// One finding for each unit that still lacks scores.
    fn missing(&mut self, volumes: &[Volume]) {
        for volume in volumes {
            let is_first = |it: &&Volume| it.bloc.id == volume.bloc.id;
            let first = volumes.iter().find(is_first);
            if first.is_none_or(|first| first.book.file != volume.book.file) {
                continue;
            }
            let units = self.round.units(volume.bloc);
            for unit in units.filter(|unit| unit.exempt.is_none()) {
                let Some(form) = self.intake.forms.get(&unit.id) else { continue };
                let finding = self.lacks(unit, form, &Place::file(&volume.book.file));
                self.findings.extend(finding);
            }
        }
    }

    fn lacks(&self, unit: &Unit, form: &Form, book: &Place) -> Option<Finding> {
        let verdict = |item: &Item| self.verdicts.get(&(unit.id.clone(), item.code));
        let is_due = |item: &&Item| {
            let claim = form.claims.get(&item.code);
            item.origin != Origin::Survey
                && claim.is_some_and(|claim| !is_exempt(claim))
                && self.round.exemptions.get(&unit.id, item.code).is_none()
        };
        let due: Vec<&Item> = self.round.set(unit).items().filter(is_due).collect();
        let is_lacking = |item: &Item| matches!(verdict(item), None | Some(Verdict::Blank(_)));
        let lacking: Vec<&Item> = due.iter().copied().filter(|item| is_lacking(item)).collect();
        let place = lacking.iter().find_map(|item| match verdict(item) {
            Some(Verdict::Blank(place)) => Some(place.clone()),
            _ => None,
        });
        let name = format!("{} ({})", unit.name, unit.id);
        let message = if lacking.is_empty() {
            return None;
        } else if due.iter().all(|item| verdict(item).is_none()) {
            format!(
                "{name} – không có dòng nào trong bảng thẩm định; phiếu đến sau thì đổi tên bảng \
                 cũ, chạy lại cchc appraise"
            )
        } else if lacking.len() == due.len() {
            format!("{name} – chưa có điểm thẩm định nào ({} tiêu chí)", due.len())
        } else {
            let codes = listed(lacking.iter().map(|item| item.code));
            format!("{name} – chưa thẩm định {} tiêu chí: {codes}", lacking.len())
        };
        let place = place.unwrap_or_else(|| book.clone());
        Some(Finding::new(Code::AppraisalMissing, place, message))
    }

    /// The findings that gather many rows of one cause.
    fn grouped(&mut self) {
        self.findings.extend(std::mem::take(&mut self.strange).into_findings());
        let repeated = std::mem::take(&mut self.repeated);
        self.findings.extend(repeated.into_findings(Code::AppraisalRepeated));
        for (unit, rows) in std::mem::take(&mut self.outdated) {
            let codes = listed(rows.iter().map(|(code, _)| *code));
            let message = format!("{unit} – điểm tự chấm trong bảng khác phiếu hiện tại: {codes}");
            let place = rows[0].1.clone();
            self.findings.push(Finding::new(Code::AppraisalOutdated, place, message));
        }
    }
}

fn is_exempt(claim: &Claim) -> bool {
    matches!(claim.score, Claimed::NotApplicable(_))
}

fn says_not_applicable(text: &str) -> bool {
    let words = NOT_APPLICABLE_TOO.iter().chain([&NOT_APPLICABLE]);
    words.into_iter().any(|word| text::key(word) == text::key(text))
}

/// Whether the self score printed in the row is still the form's.
fn is_current(line: &Line, claim: &Claim) -> bool {
    let printed = line.number(layout::SELF, &mut Findings::default()).map(Quantity::points);
    match claim.score {
        Claimed::Points(points) => printed == Some(points),
        Claimed::Faulty => line.is_blank(layout::SELF),
        Claimed::NotApplicable(_) => true,
    }
}

/// The reason given; a broken formula is none.
fn reason(line: &Line) -> String {
    let cell = line.cell(layout::REASON);
    let is_broken = |value: &RawValue| matches!(value, RawValue::Error(_) | RawValue::Missing);
    cell.filter(|cell| !is_broken(&cell.value)).map(table::shown).unwrap_or_default()
}
