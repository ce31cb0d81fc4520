//! The row of one item → what the unit claims for it, and everything that is
//! wrong with the row.

use super::cell::{Told, Unclear, shown, told as look};
use super::figures::{Declared, declared, say_missing};
use super::mark::{self, Mark};
use super::sheet::{Row, Sheet};
use crate::finding::form as said;
use crate::finding::{CellRef, Findings, Said};
use crate::form::layout::Column;
use crate::form::{Claim, Claimed, NotApplicable};
use crate::points::Points;
use crate::round::criteria::Item;
use crate::round::rule::{Computed, Rule};
use crate::round::waiver::Waivable;
use crate::text;

/// What one item's row claims.
///
/// A row whose maximum was changed is answered for that alone: whoever changed
/// it scored by another scale.
pub(super) fn claim(of: Row<'_>, findings: &mut Findings) -> Option<Claim> {
    let Row { sheet, item, number } = of;
    let at = of.at(Column::Score)?;
    let mut claim = Claim {
        row: Some(number),
        score: Claimed::Faulty,
        figures: None,
        evidence: of.text(Column::Evidence, findings),
        explanation: of.text(Column::Explanation, findings),
    };
    if !sheet.max_agrees(item.code, sheet.edition.max(item.code, item.max), number, findings) {
        return Some(claim);
    }
    let told = sheet.told(at, findings);
    claim.score = if sheet.is_listed(item) {
        exempt(of, &told, findings)
    } else if sheet.has_figures(item) {
        computed(of, &told, &mut claim, findings)
    } else if sheet.is_issued && !item.rule.figures().is_empty() {
        // A column of ours was deleted, and the formulas with it: that is said.
        Claimed::Faulty
    } else {
        typed(of, told, findings)
    };
    if !sheet.is_listed(item) && is_struck(of, findings) {
        claim.score = Claimed::Faulty;
    }
    check_evidence(of, &claim, findings);
    Some(claim)
}

/// Whether a cell of the row has a line through it: it may count, or be meant
/// as deleted.
fn is_struck(of: Row<'_>, findings: &mut Findings) -> bool {
    let Sheet { grid, .. } = of.sheet;
    let read = |col: u32| grid.columns.values().any(|it| *it == col);
    let mut cells = grid.page.row(of.number).filter(|(col, _)| read(*col));
    let Some((col, cell)) = cells.find(|(_, cell)| cell.is_struck) else { return false };
    let said = said::StruckOfItem { item: of.item.code, found: shown(cell) };
    findings.say(of.sheet.place(CellRef::new(of.number, col)), said);
    true
}

/// An item of the legal list of exemptions.
fn exempt(of: Row<'_>, told: &Told, findings: &mut Findings) -> Claimed {
    let page = of.sheet.grid.page;
    let mut figures = of.item.rule.figures().iter().map(|figure| Column::from(*figure));
    let is_number =
        |column| of.at(column).is_some_and(|at| matches!(look(page, at), Told::Number(_)));
    let filled = match told {
        Told::Number(_) | Told::Unclear(..) => Some(Column::Score),
        Told::Blank | Told::NotApplicable => figures.find(|column| is_number(*column)),
    };
    let Some(column) = filled else { return Claimed::NotApplicable(NotApplicable::Listed) };
    let said = said::ListedButScored { item: of.item.code, found: of.shown(column) };
    of.say(column, said, findings);
    Claimed::Faulty
}

/// An item whose score the unit chooses, or types where the form has no columns
/// for figures.
fn typed(of: Row<'_>, told: Told, findings: &mut Findings) -> Claimed {
    let item = of.item.code;
    let said = match told {
        Told::Number(number) if of.sheet.edition.is_rescored(item) => {
            match of.sheet.edition.now(of.item, number.points()) {
                Some(now) => match certain(of, number.points(), "Ghi", findings) {
                    Claimed::Points(_) => return Claimed::Points(now),
                    faulty => return faulty,
                },
                None => said::ScoreOutdated { item, found: number.points() }.into(),
            }
        }
        Told::Number(number) => match refusal(of, number.points()) {
            None => return certain(of, number.points(), "Ghi", findings),
            Some(said) => said,
        },
        Told::Blank => return unwritten(of, findings),
        Told::NotApplicable => match mark::named(of.item, &of.shown(Column::Score)) {
            Some(points) => return by_name(of, points, findings),
            None => not_allowed(of),
        },
        Told::Unclear(why, found) => match why {
            Unclear::NotANumber => match mark::named(of.item, &found) {
                Some(points) => return by_name(of, points, findings),
                None => no_level(of.item, found),
            },
            Unclear::IsDate => said::TurnedIntoDay { item, found }.into(),
            Unclear::TwoWays => said::TwoWays { item, label: "Điểm", found }.into(),
            Unclear::IsError => said::ScoreBroken { item, found }.into(),
            Unclear::NoValue => said::ScoreUncomputed { item }.into(),
        },
    };
    of.say(Column::Score, said, findings);
    Claimed::Faulty
}

/// An item whose own score cell is blank: a level may be marked below it.
fn unwritten(of: Row<'_>, findings: &mut Findings) -> Claimed {
    let item = of.item.code;
    let marks = mark::marks(of);
    let place = |at: CellRef| of.sheet.place(at);
    let unclear = marks.iter().find(|it| it.points.is_none());
    if let Some(Mark { at, .. }) = unclear {
        let found = of.sheet.grid.shown(at.row, Column::Title);
        findings.say(place(*at), said::MarkUnknown { item, found });
        return Claimed::Faulty;
    }
    let is_sum = matches!(of.item.rule, Rule::Parts(_));
    match marks.as_slice() {
        [] => {}
        [_, second, ..] if !is_sum => {
            let cells: Vec<CellRef> = marks.iter().map(|it| it.at).collect();
            findings.say(place(second.at), said::MarksSeveral { item, cells });
            return Claimed::Faulty;
        }
        [first, ..] => {
            let points = marks.iter().filter_map(|it| it.points).sum();
            findings.say(place(first.at), said::LevelMarked { item, points });
            return certain(of, points, "Đánh dấu", findings);
        }
    }
    if let Some((place, found)) = of.misplaced() {
        findings.say(place, said::ScoreBeside { item, found });
    } else if let Some(at) = mark::mark_beside(of) {
        findings.say(place(at), said::MarkBeside { item });
    } else {
        let cells = mark::level_cells(of);
        let said = if cells.is_empty() {
            Said::from(said::Unscored { item })
        } else {
            said::Unmarked { item, cells }.into()
        };
        of.say(Column::Score, said, findings);
    }
    Claimed::Faulty
}

/// The points of the level whose name was written.
fn by_name(of: Row<'_>, points: Points, findings: &mut Findings) -> Claimed {
    let found = of.shown(Column::Score);
    of.say(Column::Score, said::LevelNamed { item: of.item.code, found, points }, findings);
    certain(of, points, "Ghi", findings)
}

/// What is said of words that are no score and no level's name.
fn no_level(item: &Item, found: String) -> Said {
    let levels = item.rule.named_levels(item.max);
    let levels = levels.iter().map(|it| format!("{} ({})", it.label, it.points));
    let (item, levels) = (item.code, levels.collect::<Vec<_>>().join("; "));
    let is_word =
        !found.contains(|c: char| c.is_ascii_digit()) && found.contains(char::is_alphabetic);
    if levels.is_empty() || !is_word {
        said::NotANumber { item, found }.into()
    } else {
        said::NotALevelsName { item, found, levels }.into()
    }
}

/// These points, unless an uncoded row below gives other ones.
fn certain(of: Row<'_>, points: Points, how: &str, findings: &mut Findings) -> Claimed {
    let Sheet { grid, .. } = of.sheet;
    let marks = mark::marks(of);
    let other = match of.item.rule {
        Rule::Parts(_) => {
            let sum = marks.iter().map(|it| it.points).sum::<Option<Points>>();
            marks.first().filter(|_| sum != Some(points))
        }
        _ => marks.iter().find(|it| it.points != Some(points)),
    };
    if let Some(other) = other {
        let said = said::MarkDiffers { item: of.item.code, how, points };
        findings.say(of.sheet.place(other.at), said);
        return Claimed::Faulty;
    }
    let below = of.below().filter_map(|row| grid.at(row, Column::Score));
    let mut other = below.filter_map(|at| match look(grid.page, at) {
        Told::Number(number) if number.points() != points => Some((at, number)),
        _ => None,
    });
    let Some((at, found)) = other.next() else { return Claimed::Points(points) };
    let said = said::ScoreBelow { item: of.item.code, how, points, found };
    findings.say(of.sheet.place(at), said);
    Claimed::Faulty
}

/// Why these points are not a score of the item, if they are not.
fn refusal(of: Row<'_>, found: Points) -> Option<Said> {
    let (item, max) = (of.item.code, of.item.max);
    if found < Points::ZERO || max < found {
        return Some(said::OutOfRange { item, found, max }.into());
    }
    if let Some(choices) = of.item.rule.choices(max) {
        let levels: Vec<String> = choices.iter().map(Points::to_string).collect();
        let said = said::NotALevel { item, found, levels: levels.join("; ") };
        return (!choices.contains(&found)).then(|| said.into());
    }
    let places = of.places();
    (places < found.places()).then(|| said::TooFine { item, places, found }.into())
}

/// An item whose points the rule computes from figures.
fn computed(of: Row<'_>, told: &Told, claim: &mut Claim, findings: &mut Findings) -> Claimed {
    let item = of.item.code;
    let figures = match declared(of, findings) {
        Declared::Faulty => return Claimed::Faulty,
        Declared::Nothing if *told == Told::NotApplicable => {
            of.say(Column::Score, not_allowed(of), findings);
            return Claimed::Faulty;
        }
        Declared::Nothing => {
            say_missing(of, findings);
            return Claimed::Faulty;
        }
        Declared::Figures(figures) => figures,
    };
    let (places, day) = (of.places(), of.sheet.submission());
    let computed = of.item.rule.compute(&figures, of.item.max, places, day);
    claim.figures = Some(figures);
    match computed.expect("every figure the rule needs is declared") {
        Computed::NotApplicable => {
            if let Told::Number(found) = *told {
                let said = said::ScoredThoughNothingArose { item, found };
                of.say(Column::Score, said, findings);
            }
            Claimed::NotApplicable(NotApplicable::NothingArose)
        }
        Computed::Points(computed) => {
            // Beside an earlier rule stand the points of that rule.
            let is_rescored = of.sheet.edition.is_rescored(item);
            if let Some(found) = differs(of, told, computed).filter(|_| !is_rescored) {
                of.say(Column::Score, said::Miscomputed { item, found, computed }, findings);
            }
            certain(of, computed, "Tính từ số liệu được", findings)
        }
    }
}

/// What a score cell says, where that is not the computed points. Results of
/// formulas may be missing, not computed yet, or rounded at a tie the other way.
fn differs(of: Row<'_>, told: &Told, points: Points) -> Option<String> {
    let at = of.at(Column::Score)?;
    let is_formula = of.sheet.grid.page.cells.get(&at).is_some_and(|cell| cell.is_formula);
    match told {
        Told::Blank | Told::Unclear(Unclear::NoValue, _) => None,
        Told::Number(typed) => {
            let last = Points::scaled(1, of.places());
            let typed = typed.points();
            let is_near = points - last <= typed && typed <= points + last;
            // Libraries that compute nothing store a nought.
            let is_stale = is_formula && (is_near || typed == Points::ZERO);
            (typed != points && !is_stale && typed.rounded(of.places()) != points)
                .then(|| typed.to_string())
        }
        Told::NotApplicable => Some(format!("«{}»", of.shown(Column::Score))),
        Told::Unclear(_, shown) => Some(format!("«{shown}»")),
    }
}

fn check_evidence(of: Row<'_>, claim: &Claim, findings: &mut Findings) {
    let is_claimed = matches!(claim.score, Claimed::Points(points) if Points::ZERO < points);
    if of.sheet.is_issued && of.at(Column::Evidence).is_none() {
        // A column of ours was deleted: that is said.
        return;
    }
    // «Không», «ok» or a dash fills the cell and names nothing.
    let says = |words: &str| !(text::is_empty_answer(words) || text::is_bare_yes(words));
    let is_proved = says(&claim.evidence) || says(&claim.explanation);
    if of.item.needs_evidence && is_claimed && !is_proved {
        let item = of.item.code;
        let Sheet { round, unit, .. } = of.sheet;
        let waiver = round.waivers.find(&unit.id, Waivable::Evidence, Some(item));
        let said = Said::from(said::Unproved { item }).waived_if(waiver);
        of.say(Column::Evidence, said, findings);
    }
}

fn not_allowed(of: Row<'_>) -> Said {
    let (item, found) = (of.item.code, of.shown(Column::Score));
    if of.item.may_be_exempt {
        said::NotListed { item, found }.into()
    } else {
        said::ForEveryUnit { item, found }.into()
    }
}
