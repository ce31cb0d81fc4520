//! The sheet of scores → appraised scores.

use std::collections::BTreeMap;

use super::causes::{self, Clashes, listed};
use super::granted::{Appraisal, Appraised, Change, Key, Unsettled};
use super::layout;
use super::ledger::{Clash, Row, Verdict};
use super::volume::{Volume, unit_of};
use crate::book::RawValue;
use crate::finding::appraisal as said;
use crate::finding::{Code, Findings, Place, Said};
use crate::form::layout::{NOT_APPLICABLE, NOT_APPLICABLE_TOO};
use crate::form::{Claim, Claimed, Form, Intake};
use crate::points::{Points, Quantity};
use crate::round::Round;
use crate::round::criteria::{Item, Origin};
use crate::round::register::Unit;
use crate::round::settings::BlankAppraisal;
use crate::table::{self, Line};
use crate::text;

/// What a row of a supplement says of what was granted before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Review {
    Keep,
    Again,
}

const REVIEWS: &[(&str, Review)] = &[(layout::KEEP, Review::Keep), (layout::AGAIN, Review::Again)];

struct Reader<'a> {
    round: &'a Round,
    intake: &'a Intake,
    findings: &'a mut Findings,
    rows: BTreeMap<Key, Row>,
    /// Rows that name no unit or item of the round.
    strange: Findings,
    repeated: Clashes,
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
        findings,
        rows: BTreeMap::new(),
        strange: Findings::default(),
        repeated: Clashes::default(),
    };
    for volume in volumes {
        for line in volume.scores.lines() {
            reader.line(&line, volume);
        }
    }
    let agreed = reader.agree();
    reader.missing(volumes);
    reader.grouped();
    let mut appraisal = Appraisal { agreed, ..Appraisal::default() };
    for Volume { bloc, number, .. } in volumes {
        appraisal.supplements.insert(bloc.id.clone(), *number);
    }
    for (key, row) in reader.rows {
        let granted = row.granted().map(|it| it.points);
        let change = |columns| Change { columns, granted };
        appraisal.rows.insert(key.clone(), row.latest.map(|(_, columns)| change(columns)));
        match row.verdict {
            Verdict::Given(appraised) => drop(appraisal.scores.insert(key, appraised)),
            Verdict::Contested(places) => {
                appraisal.unsettled.insert(key, Unsettled::Contested(places));
            }
            Verdict::Again => drop(appraisal.unsettled.insert(key, Unsettled::Again(row.place))),
            Verdict::Blank => appraisal.blank += 1,
            Verdict::Kept | Verdict::Faulty => {}
        }
    }
    appraisal
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &Line, volume: &Volume) {
        // A note or a signature under the table names no item and no score.
        let is_scored = !line.is_blank(layout::SCORE);
        if !is_scored && line.is_blank(layout::CODE) {
            return;
        }
        let unit = match unit_of(line, volume.bloc, self.round) {
            Ok(unit) => unit,
            Err(why) => return self.strange(why, line, layout::UNIT),
        };
        let Some(form) = self.intake.forms.get(&unit.id) else { return };
        let item = match self.item(line, unit) {
            Ok(item) => item,
            Err(why) => return self.strange(why, line, layout::CODE),
        };
        let key = (unit.id.clone(), item.code);
        if let Err(why) = unit.confirmed_by(&line.shown(layout::NAME)) {
            self.strange.say(line.place(layout::NAME), why.under(Code::AppraisalTwoUnits));
            let row = Row::of(line.place(layout::SCORE), volume.number, Verdict::Faulty);
            return self.lay(&key, row);
        }
        let Some(claim) = form.claims.get(item.code) else { return };
        if is_exempt(&claim) || self.round.exemptions.get(&unit.id, item.code).is_some() {
            return self.exempt(line, unit, item);
        }
        let mut changed = changed(line, &claim);
        changed.retain(|label| volume.scores.has(label));
        let change = changed.first().map(|at| (line.place(at), changed.join(", ").to_lowercase()));
        let place = line.place(layout::SCORE);
        let mut wrong = Findings::default();
        let review = line.choice(layout::REVIEW, REVIEWS, &mut wrong);
        let verdict = match wrong.into_one() {
            Some((place, said)) => {
                let said = said.under(Code::AppraisalUnclear);
                self.findings.say(place, said.of(&unit.id, item.code));
                Verdict::Faulty
            }
            None => match review.filter(|_| line.is_blank(layout::SCORE)) {
                Some(Review::Keep) => Verdict::Kept,
                Some(Review::Again) => Verdict::Again,
                None => self.verdict(line, unit, item, &claim),
            },
        };
        let before = line.number(layout::BEFORE, &mut Findings::default());
        let row = Row {
            before: before.map(Quantity::points),
            is_kept: review == Some(Review::Keep),
            told: line.shown(layout::CHANGED),
            latest: change.clone(),
            change,
            ..Row::of(place, volume.number, verdict)
        };
        self.lay(&key, row);
    }

    /// A row that says nothing does no harm.
    fn strange(&mut self, why: Said, line: &Line, label: &str) {
        let decided = [layout::SCORE, layout::REVIEW, layout::REASON];
        if decided.iter().any(|it| !line.is_blank(it)) {
            self.strange.say(line.place(label), why);
        }
    }

    /// The item of a row, or why there is none.
    fn item(&self, line: &Line, unit: &Unit) -> Result<&'a Item, Said> {
        let item = causes::item(line, [layout::CODE, layout::TITLE], self.round.set(unit))?;
        match item.origin {
            Origin::Appraised | Origin::Computed => Ok(item),
            Origin::Survey => Err(said::ItemOfSurvey { item: item.code }.into()),
        }
    }

    fn exempt(&mut self, line: &Line, unit: &Unit, item: &Item) {
        let found = line.shown(layout::SCORE);
        if !found.is_empty() && !says_not_applicable(&found) {
            let said = Said::from(said::Exempt { found }).of(&unit.id, item.code);
            self.findings.say(line.place(layout::SCORE), said);
        }
    }

    /// The rules for one appraised score: the first that fails decides.
    fn verdict(&mut self, line: &Line, unit: &Unit, item: &Item, claim: &Claim<&str>) -> Verdict {
        let place = line.place(layout::SCORE);
        if line.is_blank(layout::SCORE) {
            // Where blank would be consent, and the row says something else.
            let agrees = self.round.settings.scoring.blank_appraisal == BlankAppraisal::Agrees;
            let words = line.words_for_blank(layout::SCORE, layout::REASON);
            let Some(said) = words.filter(|_| agrees) else { return Verdict::Blank };
            let unclear = Said::from(said::BlankBesideWords { said });
            self.findings.say(place, unclear.of(&unit.id, item.code));
            return Verdict::Faulty;
        }
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
        let mut at = layout::SCORE;
        let why: Said = if points < Points::ZERO || item.max < points {
            said::OutOfRange { points, max: item.max }.into()
        } else if let Some(choices) = choices {
            let levels: Vec<String> = choices.iter().map(Points::to_string).collect();
            said::NotALevel { points, levels: levels.join("; ") }.into()
        } else if places < points.places() {
            said::TooFine { points, places }.into()
        } else if differs && reason.is_empty() {
            let Claimed::Points(claimed) = claim.score else { return Verdict::Faulty };
            at = layout::REASON;
            said::Unreasoned { points, claimed }.into()
        } else {
            return Verdict::Given(Appraised { points, reason, place });
        };
        self.findings.say(line.place(at), why.of(&unit.id, item.code));
        Verdict::Faulty
    }

    /// Lays a row over what other rows say of the same item.
    fn lay(&mut self, key: &Key, row: Row) {
        let place = row.place.clone();
        let clash = if let Some(before) = self.rows.get_mut(key) {
            before.lay(row)
        } else {
            let (row, clash) = row.begin();
            self.rows.insert(key.clone(), row);
            clash
        };
        match clash {
            None => {}
            Some(Clash::Differ([later, earlier])) => {
                self.repeated.add(&key.0, key.1, later, earlier);
            }
            Some(Clash::NothingKept) => {
                let (label, found) = (layout::REVIEW, layout::KEEP);
                let said = Said::from(said::NothingToKeep { label, found });
                self.findings.say(place, said.of(&key.0, key.1));
            }
        }
    }

    /// Where the round takes a blank for agreement, the claim is granted; but
    /// not one that is no longer what the appraisers saw. Gives how many were.
    fn agree(&mut self) -> usize {
        if self.round.settings.scoring.blank_appraisal != BlankAppraisal::Agrees {
            return 0;
        }
        let mut agreed = 0;
        for ((unit, code), row) in &mut self.rows {
            let is_blank = matches!(row.verdict, Verdict::Blank);
            let claim = self.intake.forms.get(unit).and_then(|form| form.claims.get(*code));
            match claim.map(|claim| claim.score).filter(|_| is_blank) {
                Some(_) if row.change.is_some() => row.verdict = Verdict::Faulty,
                Some(Claimed::Points(points)) => {
                    let (reason, place) = (String::new(), row.place.clone());
                    row.verdict = Verdict::Given(Appraised { points, reason, place });
                    agreed += 1;
                }
                _ => {}
            }
        }
        agreed
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
                self.lacks(unit, form, &Place::file(&volume.book.file));
            }
        }
    }

    fn lacks(&mut self, unit: &Unit, form: &Form, book: &Place) {
        let row = |item: &Item| self.rows.get(&(unit.id.clone(), item.code));
        let is_due = |item: &&Item| {
            let claim = form.claims.get(item.code);
            item.origin != Origin::Survey
                && claim.is_some_and(|claim| !is_exempt(&claim))
                && self.round.exemptions.get(&unit.id, item.code).is_none()
        };
        let due: Vec<&Item> = self.round.set(unit).items().filter(is_due).collect();
        let is_lacking =
            |item: &Item| row(item).is_none_or(|row| matches!(row.verdict, Verdict::Blank));
        let lacking: Vec<&Item> = due.iter().copied().filter(|item| is_lacking(item)).collect();
        let place = lacking.iter().find_map(|item| row(item)).map(|row| row.place.clone());
        let again = due.iter().filter_map(|item| Some((item, row(item)?)));
        let again: Vec<(&&Item, &Row)> =
            again.filter(|(_, row)| matches!(row.verdict, Verdict::Again)).collect();
        let (name, unit) = (&unit.name, &unit.id);
        if let Some((_, first)) = again.first() {
            let items = listed(again.iter().map(|(item, _)| item.code));
            let said = said::AskedAgain { name, unit, count: again.len(), items };
            self.findings.say(first.place.clone(), said);
        }
        let said: Said = if lacking.is_empty() {
            return;
        } else if due.iter().all(|item| row(item).is_none()) {
            said::Rowless { name, unit }.into()
        } else if lacking.len() == due.len() {
            said::Unscored { name, unit, count: due.len() }.into()
        } else {
            let items = listed(lacking.iter().map(|item| item.code));
            said::PartlyUnscored { name, unit, count: lacking.len(), items }.into()
        };
        self.findings.say(place.unwrap_or_else(|| book.clone()), said);
    }

    /// The findings that gather many rows of one cause.
    fn grouped(&mut self) {
        self.strange.gather();
        self.findings.extend(std::mem::take(&mut self.strange));
        self.repeated.say(Code::AppraisalRepeated, self.findings);
        let rows: Vec<(&Key, &Row)> = self.rows.iter().collect();
        for rows in rows.chunk_by(|((a, _), _), ((b, _), _)| a == b) {
            let ((unit, _), _) = rows[0];
            let changed = |row: &Row| row.change.clone();
            if let Some((place, items)) = told(rows, changed) {
                self.findings.say(place, said::Outdated { unit, items });
            }
            let kept = |row: &Row| {
                let is_kept = row.is_kept && row.granted().is_some();
                is_kept.then(|| (row.place.clone(), row.told.clone()))
            };
            if let Some((place, items)) = told(rows, kept) {
                self.findings.say(place, said::Kept { unit, items });
            }
        }
    }
}

/// The rows of a unit of which there is something to tell: the first place, and
/// each item with what of it.
fn told(
    rows: &[(&Key, &Row)],
    what: impl Fn(&Row) -> Option<(Place, String)>,
) -> Option<(Place, Vec<String>)> {
    let told = rows.iter().filter_map(|((_, item), row)| Some((item, what(row)?)));
    let (places, items): (Vec<Place>, Vec<String>) =
        told.map(|(item, (place, what))| (place, format!("{item} ({what})"))).unzip();
    Some((places.into_iter().min()?, items))
}

fn is_exempt(claim: &Claim<&str>) -> bool {
    matches!(claim.score, Claimed::NotApplicable(_))
}

fn says_not_applicable(text: &str) -> bool {
    let words = NOT_APPLICABLE_TOO.iter().chain([&NOT_APPLICABLE]);
    words.into_iter().any(|word| text::key(word) == text::key(text))
}

/// The columns in which the row shows something else than the form says now.
fn changed(line: &Line, claim: &Claim<&str>) -> Vec<&'static str> {
    let number = |label| line.number(label, &mut Findings::default());
    let figures = claim.figures.unwrap_or_default();
    let is_same = |label, own: Option<Quantity>| match own {
        Some(_) => number(label) == own,
        None => line.is_blank(label),
    };
    let is_same_score = match claim.score {
        Claimed::Points(points) => number(layout::SELF).map(Quantity::points) == Some(points),
        Claimed::Faulty => line.is_blank(layout::SELF),
        Claimed::NotApplicable(_) => true,
    };
    let is_same_day = match figures.day {
        Some(_) => line.day(layout::DAY, &mut Findings::default()) == figures.day,
        None => line.is_blank(layout::DAY),
    };
    let is_same_text = |label, own: &str| line.shown(label) == text::clean(own);
    let columns = [
        (layout::NUMERATOR, is_same(layout::NUMERATOR, figures.numerator)),
        (layout::DENOMINATOR, is_same(layout::DENOMINATOR, figures.denominator)),
        (layout::COUNT, is_same(layout::COUNT, figures.count)),
        (layout::DAY, is_same_day),
        (layout::SELF, is_same_score),
        (layout::EVIDENCE, is_same_text(layout::EVIDENCE, claim.evidence)),
        (layout::EXPLANATION, is_same_text(layout::EXPLANATION, claim.explanation)),
    ];
    columns.into_iter().filter(|(_, is_same)| !is_same).map(|(label, _)| label).collect()
}

/// The reason given; a broken formula is none.
fn reason(line: &Line) -> String {
    let cell = line.cell(layout::REASON);
    let is_broken = |value: &RawValue| matches!(value, RawValue::Error(_) | RawValue::Missing);
    cell.filter(|cell| !is_broken(&cell.value)).map(table::shown).unwrap_or_default()
}
