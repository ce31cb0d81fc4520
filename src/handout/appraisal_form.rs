//! The workbook that appraisers fill in (bảng thẩm định): the forms of one bloc
//! → rows of unit and item with the self score beside the appraised one.
//!
//! Sheets and columns are named by [`layout`]; the reader of appraisals finds
//! everything by those names.

use crate::appraisal::{Appraisal, Change, layout};
use crate::form::{Claim, Claimed, Intake};
use crate::handout::choices::Choices;
use crate::handout::identity;
use crate::handout::ledger::Ledger;
use crate::points::{Points, Quantity};
use crate::round::Round;
use crate::round::criteria::{Item, Origin};
use crate::round::register::Unit;
use crate::round::rule::Figures;
use crate::round::settings::{BlankAppraisal, Bloc};
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Allow, Ask, Level, Range, Sheet, Value, Workbook};

/// Empty rows for bonuses and penalties, beside two for each unit.
const SPARE_ROWS: usize = 10;

/// The appraisal workbook of a bloc: a row for every item that applies to a
/// unit whose form counts, except those that the survey scores.
pub fn workbook(round: &Round, bloc: &Bloc, intake: &Intake) -> Workbook {
    let mut choices = Choices::default();
    let lines = lines(round, bloc, intake, &mut choices);
    written(round, bloc, &lines, None, choices)
}

/// The supplement (bảng bổ sung) of this number to the tables of a bloc that came
/// back: the rows that they lack, and those that a form sent again has changed
/// since. `None` when there is none.
pub fn supplement(
    round: &Round,
    bloc: &Bloc,
    intake: &Intake,
    before: &Appraisal,
    number: u32,
) -> Option<Workbook> {
    let mut choices = Choices::default();
    let mut lines = lines(round, bloc, intake, &mut choices);
    lines.retain_mut(|line| {
        let Some(row) = before.rows.get(&(line.unit.id.clone(), line.item.code)) else {
            return true;
        };
        line.change = row.as_ref();
        row.is_some()
    });
    (!lines.is_empty()).then(|| written(round, bloc, &lines, Some(number), choices))
}

fn written(
    round: &Round,
    bloc: &Bloc,
    lines: &[Line],
    supplement: Option<u32>,
    mut choices: Choices,
) -> Workbook {
    let settings = &round.settings;
    let mut pairs = vec![
        (layout::VERSION_KEY, layout::VERSION.to_owned()),
        (layout::ROUND_KEY, settings.id.clone()),
        (layout::BLOC_KEY, bloc.id.0.clone()),
    ];
    pairs.extend(supplement.map(|it| (layout::SUPPLEMENT_KEY, it.to_string())));
    let scores = scores(round, bloc, lines, supplement, &mut choices);
    let adjustments = adjustments(round, bloc, &mut choices);
    Workbook {
        title: format!("{} {}: {}", TITLE, settings.year, bloc.name),
        dated: settings.intake.deadline,
        places: settings.scoring.places,
        index_places: settings.scoring.index_places,
        sheets: vec![scores, adjustments, choices.sheet(), identity::sheet(&pairs)],
        properties: identity::properties(&pairs),
    }
}

const TITLE: &str = "BẢNG THẨM ĐỊNH ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM";

fn scores(
    round: &Round,
    bloc: &Bloc,
    lines: &[Line],
    supplement: Option<u32>,
    choices: &mut Choices,
) -> Sheet {
    let is_first = supplement.is_none();
    let words = [layout::KEEP, layout::AGAIN].map(Value::from).to_vec();
    let review = supplement.and_then(|_| choices.range(words));
    let table = table(review);
    let mut sheet = Sheet {
        name: layout::SCORES.to_owned(),
        widths: table.widths(),
        is_protected: true,
        footer: format!("{} – {}", round.settings.title, bloc.name),
        ..Sheet::default()
    };
    let blank = round.settings.scoring.blank_appraisal;
    head::issued(&mut sheet, &round.settings);
    head::gap(&mut sheet);
    let time = supplement.map(|number| format!("Bảng bổ sung lần {number}"));
    let under: Vec<&str> = [Some(&*bloc.name), time.as_deref()].into_iter().flatten().collect();
    head::title(&mut sheet, &format!("{TITLE} {}", round.settings.year), &under);
    head::remark(&mut sheet, how_to_fill(blank));
    if !is_first {
        head::remark(&mut sheet, HOW_TO_REVIEW);
    }
    let left = match blank {
        BlankAppraisal::Missing => "dòng chưa thẩm định",
        BlankAppraisal::Agrees if is_first => "dòng để trống, hiểu là đồng ý với điểm tự chấm",
        BlankAppraisal::Agrees => "dòng để trống (dòng đã đổi thì chưa xem lại)",
    };
    let ledger = Ledger {
        table,
        unit: |it| it.unit,
        blank: layout::SCORE,
        unless: supplement.map(|_| (layout::REVIEW, layout::KEEP)),
        shaded_to: layout::EXPLANATION,
        none: "Chưa có phiếu nào của khối được tính",
        done: "Mọi dòng đã có điểm thẩm định",
        left,
    };
    let placed = ledger.write(&mut sheet, lines);
    // A reason that is still owed is red.
    let (own, score, reason) = (layout::SELF, layout::SCORE, layout::REASON);
    let is_owed = format!(
        r#"AND($[{score}]<>"",$[{own}]<>"",$[{score}]<>$[{own}],LEN(TRIM($[{reason}]))=0)"#
    );
    placed.mark(&mut sheet, reason, &is_owed, Level::Bad);
    head::signature(&mut sheet, "Tổ thẩm định", "");
    sheet
}

fn how_to_fill(blank: BlankAppraisal) -> &'static str {
    match blank {
        BlankAppraisal::Missing => {
            "Nhập điểm vào cột Điểm thẩm định; điểm khác điểm tự chấm thì ghi lý do. Ô để trống \
             là chưa thẩm định. Thưởng, trừ điểm ghi ở trang sau."
        }
        BlankAppraisal::Agrees => {
            "Nhập điểm vào cột Điểm thẩm định nếu khác điểm tự chấm, và ghi lý do. Ô để trống là \
             đồng ý với điểm tự chấm. Thưởng, trừ điểm ghi ở trang sau."
        }
    }
}

const HOW_TO_REVIEW: &str = "Bảng này chỉ có dòng mà các bảng trước chưa có và dòng mà phiếu gửi \
     lại đã đổi; được tính cùng các bảng trước. Dòng đã đổi thì chọn ở cột Xem lại «giữ điểm đã \
     thẩm định» hoặc «thẩm định lại», hoặc nhập ngay điểm mới; để trống thì dòng đó còn phải hỏi.";

/// What a unit claims for an item, and what may be granted.
struct Line<'a> {
    unit: &'a Unit,
    item: &'a Item,
    claim: Claim<&'a str>,
    allowed: Ask,
    /// What the form has changed since it was appraised.
    change: Option<&'a Change>,
}

/// Every item that applies to a unit whose form counts.
fn lines<'a>(
    round: &'a Round,
    bloc: &'a Bloc,
    intake: &'a Intake,
    choices: &mut Choices,
) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let units = round.units(bloc).filter(|unit| unit.exempt.is_none());
    for (unit, form) in units.filter_map(|unit| Some((unit, intake.forms.get(&unit.id)?))) {
        for item in round.set(unit).items().filter(|item| item.origin != Origin::Survey) {
            let is_listed = round.exemptions.get(&unit.id, item.code).is_some();
            let claim = form.claims.get(item.code).filter(|_| !is_listed);
            let applies = |claim: &Claim<&str>| !matches!(claim.score, Claimed::NotApplicable(_));
            let Some(claim) = claim.filter(applies) else { continue };
            let allowed = allowed(item, choices);
            lines.push(Line { unit, item, claim, allowed, change: None });
        }
    }
    lines
}

/// A supplement offers a `review`.
fn table<'a>(review: Option<Range>) -> Table<'a, Line<'a>> {
    let number = |label, width, of: fn(&Figures) -> Option<Quantity>| {
        Column::number(label, width, move |it: &Line| it.claim.figures.as_ref().and_then(of).into())
    };
    let mut columns = vec![
        Column::code(layout::UNIT, 10.0, |it: &Line| it.unit.id.to_string().into()).pinned(),
        Column::words(layout::NAME, 17.0, |it: &Line| (&it.unit.name).into()).pinned(),
        Column::code(layout::CODE, 7.0, |it: &Line| it.item.code.to_string().into()).pinned(),
        Column::words(layout::TITLE, 34.0, |it: &Line| (&it.item.title).into()),
        Column::number(layout::MAX, 8.0, |it: &Line| it.item.max.into()),
        number(layout::NUMERATOR, 9.0, |it| it.numerator),
        number(layout::DENOMINATOR, 9.0, |it| it.denominator),
        number(layout::COUNT, 8.0, |it| it.count),
        Column::code(layout::DAY, 11.0, |it: &Line| it.claim.figures.and_then(|it| it.day).into()),
        Column::number(layout::SELF, 8.0, |it: &Line| match it.claim.score {
            Claimed::Points(points) => points.into(),
            Claimed::NotApplicable(_) | Claimed::Faulty => Entry::blank(),
        }),
        Column::words(layout::EVIDENCE, 24.0, |it: &Line| it.claim.evidence.into()),
        Column::words(layout::EXPLANATION, 24.0, |it: &Line| it.claim.explanation.into()),
    ];
    columns.extend(review.into_iter().flat_map(reviewed));
    columns.extend([
        Column::number(layout::SCORE, 9.0, |it: &Line| {
            Entry::blank().at(Level::Input).asking(it.allowed.clone())
        }),
        Column::words(layout::REASON, 24.0, |_: &Line| Entry::blank().at(Level::Input)),
    ]);
    Table::new(columns).leading()
}

/// What a form sent again has changed, what was granted before, and whether that
/// stands.
fn reviewed<'a>(words: Range) -> [Column<'a, Line<'a>>; 3] {
    let ask = Allow::OneOf(words).or("Chọn trong danh sách, hoặc để trống và nhập điểm.");
    let told = format!("Giữ điểm đã thẩm định, hoặc {}.", layout::AGAIN);
    let ask = ask.prompting(layout::REVIEW, told);
    [
        Column::words(layout::CHANGED, 18.0, |it: &Line| {
            it.change.map_or_else(Entry::blank, |it| (&*it.columns).into())
        }),
        Column::number(layout::BEFORE, 9.0, |it: &Line| it.change.and_then(|it| it.granted).into()),
        Column::words(layout::REVIEW, 14.0, move |it: &Line| match it.change {
            Some(_) => Entry::blank().at(Level::Input).asking(ask.clone()),
            None => Entry::blank(),
        }),
    ]
}

/// What may be granted for an item, with its rule as the prompt.
fn allowed(item: &Item, choices: &mut Choices) -> Ask {
    let levels = item.rule.choices(item.max).unwrap_or_default();
    let words: Vec<String> = levels.iter().map(Points::to_string).collect();
    let offered = levels.into_iter().map(Value::Points).collect();
    let ask = match choices.range(offered) {
        Some(range) => {
            Allow::OneOf(range).or(format!("Chọn một trong các mức: {}.", words.join("; ")))
        }
        None => Allow::Decimal { from: Quantity::ZERO, to: item.max.quantity() }
            .or(format!("Nhập số từ 0 đến {}.", item.max)),
    };
    ask.prompting(format!("{} (tối đa {})", item.code, item.max), item.rule.words(item.max))
}

fn adjustments(round: &Round, bloc: &Bloc, choices: &mut Choices) -> Sheet {
    let scoring = &round.settings.scoring;
    let units: Vec<&Unit> = round.units(bloc).collect();
    let ids = choices.range(units.iter().map(|unit| (&unit.id.0).into()).collect());
    let kinds = choices.range(vec![layout::BONUS.into(), layout::PENALTY.into()]);
    let most = scoring.bonus_max.max(scoring.penalty_max).quantity();
    let smallest = Quantity::scaled(1, scoring.places);
    let points = Allow::Decimal { from: smallest, to: most };
    let blank = |(): &()| Entry::blank();
    let table = Table::new(vec![
        Column::code(layout::UNIT, 14.0, blank)
            .asking(ids.map(|ids| Allow::OneOf(ids).or("Chọn mã đơn vị trong danh sách."))),
        Column::code(layout::KIND, 12.0, blank)
            .asking(kinds.map(|kinds| Allow::OneOf(kinds).or("Chọn thưởng hoặc trừ."))),
        Column::number(layout::POINTS, 10.0, blank)
            .asking(points.or(format!("Nhập số từ {smallest} đến {most}."))),
        Column::words(layout::REASON, 50.0, blank),
        Column::words(layout::SOURCE, 40.0, blank),
    ]);
    let table = table.levels(|()| Level::Input).frozen();
    let mut sheet = Sheet {
        name: layout::ADJUSTMENTS.to_owned(),
        widths: table.widths(),
        is_protected: true,
        footer: format!("{} – {}", round.settings.title, bloc.name),
        ..Sheet::default()
    };
    let title = format!("ĐIỂM THƯỞNG, ĐIỂM TRỪ NĂM {}", round.settings.year);
    head::title(&mut sheet, &title, &[&bloc.name]);
    let caps = format!(
        "Tính nhiều nhất {} điểm thưởng và {} điểm trừ cho một đơn vị. Điểm luôn ghi số dương.",
        scoring.bonus_max, scoring.penalty_max,
    );
    head::remark(&mut sheet, &caps);
    table.write(&mut sheet, &vec![(); units.len() * 2 + SPARE_ROWS]);
    sheet
}
