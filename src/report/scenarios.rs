//! The workbook of scenarios (kịch bản): who would move under other rules, a
//! sheet each. Every page says that it is not the result.

use crate::finding::CellRef;
use crate::points::Percent;
use crate::report::head;
use crate::report::sheet::{Cell, Level, Row, Sheet, Value, Workbook};
use crate::round::Round;
use crate::round::scenario::Scenario;
use crate::round::settings::Bloc;
use crate::scenario::{Move, Outcome, Place};
use crate::tally::Tally;
use crate::words;

const WIDTHS: [f64; 9] = [10.0, 10.0, 10.0, 40.0, 12.0, 12.0, 16.0, 16.0, 24.0];

/// The most units listed of one bloc.
const MOST_UNITS: usize = 1000;

/// What stands where a result's status would.
const NO_RESULT: &str = "KỊCH BẢN, KHÔNG PHẢI KẾT QUẢ";

/// The workbook of some scenarios, each with what it comes to.
pub fn workbook(round: &Round, tally: &Tally, played: &[(&Scenario, Vec<Outcome>)]) -> Workbook {
    let scoring = &round.settings.scoring;
    let sheet = |(number, (scenario, outcomes)): (usize, &(&Scenario, Vec<Outcome>))| {
        // The number keeps names apart that differ only far to the right.
        let name = format!("Kịch bản {number} {}", scenario.id);
        Writer { round, tally }.sheet(&name, scenario, outcomes)
    };
    Workbook {
        title: format!("Kịch bản (không phải kết quả) – {}", round.settings.title),
        dated: round.settings.intake.deadline,
        places: scoring.places,
        index_places: scoring.index_places,
        sheets: (1..).zip(played).map(sheet).collect(),
        properties: Vec::new(),
    }
}

struct Writer<'a> {
    round: &'a Round,
    tally: &'a Tally,
}

impl Writer<'_> {
    fn sheet(&self, name: &str, scenario: &Scenario, outcomes: &[Outcome]) -> Sheet {
        let mut sheet = Sheet {
            widths: WIDTHS.to_vec(),
            footer: format!("{NO_RESULT} – {}", self.round.settings.title),
            is_highlighted: true,
            ..Sheet::named(name)
        };
        let title = format!("KỊCH BẢN: {}", scenario.title.to_uppercase());
        head::title(&mut sheet, &title, &[&self.round.settings.title]);
        let columns = head::columns(&sheet);
        sheet.push(Row::banner(NO_RESULT, Level::Alarm, columns));
        if let Some(missing) = words::provisional(&self.tally.lacks) {
            sheet.push(Row::banner(missing, Level::Alarm, columns));
        }
        sheet.push(Row::banner(summary(outcomes), Level::Strong, columns));
        let changes = changes(scenario).join("; ");
        head::remark(&mut sheet, &format!("Khác với quy định của kỳ: {changes}."));
        // One table, a shaded row for each bloc: one head serves all pages.
        head::gap(&mut sheet);
        let head = sheet.next_row();
        sheet.repeat = Some((head, head));
        sheet.push(Row::head([
            "Hạng (kết quả)",
            "Hạng (kịch bản)",
            "Lên + xuống −",
            "Đơn vị",
            "Chỉ số (kết quả)",
            "Chỉ số (kịch bản)",
            "Xếp loại (kết quả)",
            "Xếp loại (kịch bản)",
            "Khen thưởng tập thể",
        ]));
        for outcome in outcomes {
            let bloc = self.round.settings.blocs.iter().find(|bloc| bloc.id == outcome.bloc);
            if let Some(bloc) = bloc {
                self.bloc(&mut sheet, bloc, outcome);
            }
        }
        sheet
    }

    fn bloc(&self, sheet: &mut Sheet, bloc: &Bloc, outcome: &Outcome) {
        let moved: Vec<&Move> = outcome.moves.iter().filter(|it| it.is_felt()).collect();
        let same = outcome.moves.len() - moved.len();
        let limit = (MOST_UNITS < moved.len())
            .then(|| format!("; liệt kê {MOST_UNITS} đơn vị đầu trong {} đơn vị", moved.len()));
        let name = format!(
            "{}: {same} đơn vị không có gì thay đổi, không liệt kê{}",
            bloc.name,
            limit.unwrap_or_default(),
        );
        sheet.push(Row::banner(name, Level::Area.left(), head::columns(sheet)));
        for it in moved.into_iter().take(MOST_UNITS) {
            let row = self.unit(sheet, bloc, it);
            sheet.push(row);
        }
    }

    fn unit(&self, sheet: &Sheet, bloc: &Bloc, it: &Move) -> Row {
        let row = sheet.next_row();
        let cell = |col: u32| CellRef { row, col };
        let rank = |place: Option<Place>| {
            place.map_or_else(
                || Cell::text("–", Level::Body.center()),
                |it| Cell::new(Value::Whole(i64::from(it.rank)), Level::Body.center()),
            )
        };
        let index = |place: Option<Place>| {
            let index: Option<Percent> = place.map(|it| it.index);
            index.map_or_else(
                || Cell::text("–", Level::Body.center()),
                |it| Cell::new(Value::Percent(it), Level::Body.right()),
            )
        };
        let band = |place: Option<Place>| {
            let band = place.and_then(|it| bloc.bands.get(it.band));
            Cell::text(band.map_or("–", |band| &band.name), Level::Body.center())
        };
        let change = it.now.zip(it.then).map_or_else(
            || Cell::text("–", Level::Body.center()),
            |(now, then)| {
                let change = i64::from(now.rank) - i64::from(then.rank);
                let formula = format!("{}-{}", cell(0), cell(1));
                Cell::formula(formula, Value::Whole(change), Level::Body.center())
            },
        );
        let name = self.round.register.unit(&it.unit).map_or(&it.unit.0, |unit| &unit.name);
        let (was, would_be) = it.awarded();
        let award = match (was, would_be) {
            (true, true) => Cell::text("vẫn được khen", Level::Body.left()),
            (false, true) => Cell::text("được khen thêm", Level::Good),
            (true, false) => Cell::text("không còn được khen", Level::Bad),
            (false, false) => Cell::text("", Level::Body.left()),
        };
        Row::new(vec![
            rank(it.now),
            rank(it.then),
            change,
            Cell::text(name, Level::Body.left()),
            index(it.now),
            index(it.then),
            band(it.now),
            band(it.then),
            award,
        ])
    }
}

/// How many move, in one sentence.
fn summary(outcomes: &[Outcome]) -> String {
    let moves = || outcomes.iter().flat_map(|outcome| &outcome.moves);
    let count = |holds: &dyn Fn(&&Move) -> bool| moves().filter(|it| holds(it)).count();
    let ranks = count(&|it| it.now.map(|it| it.rank) != it.then.map(|it| it.rank));
    let bands = count(&|it| it.now.map(|it| it.band) != it.then.map(|it| it.band));
    let (won, lost) =
        (count(&|it| it.awarded() == (false, true)), count(&|it| it.awarded() == (true, false)));
    if ranks + bands + won + lost == 0 {
        return "Theo kịch bản này không đơn vị nào đổi hạng, xếp loại hay khen thưởng.".to_owned();
    }
    format!(
        "Nếu theo kịch bản này thì trong {} đơn vị có {ranks} đơn vị đổi hạng, {bands} đơn vị đổi \
         xếp loại, {won} tập thể được khen thêm, {lost} tập thể không còn được khen.",
        moves().count(),
    )
}

/// What a scenario changes, in words.
fn changes(scenario: &Scenario) -> Vec<String> {
    let mut changes = Vec::new();
    if scenario.without_bonus {
        changes.push("không tính điểm thưởng".to_owned());
    }
    if scenario.without_penalty {
        changes.push("không tính điểm trừ".to_owned());
    }
    if let Some(share) = scenario.survey_share {
        changes.push(format!("khảo sát chiếm {share} % của bộ chỉ số"));
    }
    if let Some(compare) = scenario.compare {
        changes.push(format!("so sánh {}", words::compare(compare)));
    }
    if let Some(numbering) = scenario.numbering {
        changes.push(format!("đồng hạng đánh số {}", words::numbering(numbering)));
    }
    if let Some(breaks) = &scenario.tie_breaks {
        changes.push(if breaks.is_empty() {
            "không xét tiêu chí phụ".to_owned()
        } else {
            format!("khi bằng nhau xét {}", words::tie_breaks(breaks, ", "))
        });
    }
    if !scenario.without.is_empty() {
        let codes: Vec<String> = scenario.without.iter().map(ToString::to_string).collect();
        changes.push(format!("không tính mục {}", codes.join(", ")));
    }
    if scenario.plain {
        changes.push("mục không áp dụng vẫn nằm trong mẫu số".to_owned());
    }
    changes
}
