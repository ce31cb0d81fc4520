//! *Tổng quan*: the round on one page, and what nobody has checked.

use super::pictures;
use super::ranking::{RankTable, ends};
use crate::rank::{Ranking, Reason, Standing, Unranked};
use crate::report::basis::Basis;
use crate::report::extent::{RANKING, path};
use crate::round::settings::{Bloc, Flawed};
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Placed, Table};
use crate::sheet::{Cell, Level, Row, Sheet};
use crate::words;

/// The most units that one sentence names.
const MOST_NAMED: usize = 50;

pub(super) fn sheet(basis: Basis, name: String, tables: &[RankTable]) -> Sheet {
    let turnout = turnout(basis);
    let mut overview = Overview { basis, sheet: basis.new_sheet(name, turnout.widths()) };
    overview.opening();
    overview.facts();
    let turnout = overview.turnout(turnout, tables);
    overview.ends();
    overview.unchecked();
    pictures::draw(basis, &mut overview.sheet, tables, &turnout);
    overview.sheet
}

/// The sheet as far as it is written.
struct Overview<'a> {
    basis: Basis<'a>,
    sheet: Sheet,
}

/// A bloc and its ranking.
struct Line<'a> {
    bloc: &'a Bloc,
    ranking: &'a Ranking,
    table: &'a RankTable,
    turnout: Turnout,
}

/// The first and the last of a bloc.
struct Ends<'a> {
    bloc: &'a Bloc,
    first: Vec<&'a Standing>,
    last: Vec<&'a Standing>,
}

/// How many units of a bloc came how far.
#[derive(Clone, Copy, Default)]
struct Turnout {
    sound: usize,
    set_aside: usize,
    missing: usize,
    exempt: usize,
}

impl Turnout {
    fn of(ranking: &Ranking) -> Turnout {
        let mut turnout = Turnout { sound: ranking.standings.len(), ..Turnout::default() };
        for unranked in &ranking.unranked {
            match unranked.reason {
                Reason::Silent | Reason::Refused(_) => turnout.missing += 1,
                Reason::SetAside => turnout.set_aside += 1,
                Reason::Exempt(_) => turnout.exempt += 1,
                Reason::ShareTooSmall | Reason::NoSurvey => turnout.sound += 1,
                Reason::Ended | Reason::NotYet => {}
            }
        }
        turnout
    }

    fn sent(self) -> usize {
        self.sound + self.set_aside
    }

    fn units(self) -> usize {
        self.sound + self.set_aside + self.missing + self.exempt
    }
}

/// Units per bloc and how far they came, with the means.
fn turnout(basis: Basis<'_>) -> Table<'_, Line<'_>> {
    let places = basis.scoring().index_places;
    let last = basis.tally.last.as_ref();
    let label =
        last.map_or("Trung bình kỳ trước".to_owned(), |it| format!("Trung bình {}", it.year));
    let then = move |it: &Line| last.and_then(|last| last.means.get(&it.bloc.id.0).copied());
    let change = format!("ROUND([Chỉ số trung bình (%)]-[{label}],{places})");
    Table::new(vec![
        Column::words("Khối", 34.0, |it: &Line| (&*it.bloc.name).into()).total("Toàn kỳ"),
        Column::number("Số đơn vị", 11.0, |it: &Line| {
            Entry::formula("[Đã nộp]+[Chưa nộp]+[Được miễn]", it.turnout.units())
        })
        .summed(),
        Column::number("Đã nộp", 11.0, |it: &Line| {
            Entry::formula("[Được tính]+[Gạt ra]", it.turnout.sent())
        })
        .summed(),
        Column::number("Được tính", 11.0, |it: &Line| it.turnout.sound.into()).summed(),
        Column::number("Gạt ra", 11.0, |it: &Line| it.turnout.set_aside.into()).summed(),
        Column::number("Chưa nộp", 11.0, |it: &Line| it.turnout.missing.into()).summed(),
        Column::number("Được miễn", 11.0, |it: &Line| it.turnout.exempt.into()).summed(),
        Column::number("Được xếp hạng", 12.0, |it: &Line| {
            let ranked = it.ranking.standings.len();
            let formula = it.table.indices().map(|at| format!("COUNT({})", at.absolute()));
            formula.map_or_else(|| ranked.into(), |formula| Entry::formula(formula, ranked))
        })
        .summed(),
        Column::number("Chỉ số trung bình (%)", 12.0, |it: &Line| {
            Entry::or_dash(it.ranking.mean.map(|mean| Entry::formula(it.table.mean(), mean)))
        }),
        Column::number(label, 12.0, move |it: &Line| Entry::or_dash(then(it))),
        Column::number("Tăng, giảm", 12.0, move |it: &Line| {
            let both = it.ranking.mean.zip(then(it));
            Entry::or_dash(both.map(|(mean, then)| Entry::formula(&*change, mean.minus(then))))
        }),
    ])
}

impl<'a> Overview<'a> {
    fn opening(&mut self) {
        let settings = &self.basis.round.settings;
        head::issued(&mut self.sheet, settings);
        head::gap(&mut self.sheet);
        let columns = head::columns(&self.sheet);
        let title = "TỔNG HỢP KẾT QUẢ CHẤM ĐIỂM, XẾP HẠNG CẢI CÁCH HÀNH CHÍNH";
        self.basis.open(&mut self.sheet, title, columns);
        head::gap(&mut self.sheet);
    }

    fn facts(&mut self) {
        let settings = &self.basis.round.settings;
        let flawed = match settings.intake.flawed {
            Flawed::SetAside => "Gạt ra; đơn vị chưa được xếp hạng cho đến khi nộp lại",
            Flawed::CountZero => "Mục có lỗi tính 0 điểm; kết quả là tạm tính",
        };
        let sets = self.basis.round.sets.values();
        let sets: Vec<String> = sets.map(|it| format!("{} ({})", it.title, it.source)).collect();
        let facts = [
            ("Căn cứ", settings.source.clone()),
            ("Bộ chỉ số", sets.join("; ")),
            ("Trạng thái", words::status(self.basis.tally)),
            ("Hạn nộp phiếu", settings.intake.deadline.to_string()),
            ("Phiếu có lỗi", flawed.to_owned()),
        ];
        for (label, fact) in facts {
            self.fact(label, &fact);
        }
        for blank in words::blanks(self.basis.round, self.basis.tally) {
            self.fact("Để trống", &blank);
        }
        let waivers = &self.basis.round.waivers.0;
        if !waivers.is_empty() {
            let used = waivers.iter().filter(|it| self.basis.tally.is_used(it)).count();
            let told = format!(
                "{} trường hợp, {used} trường hợp có tác dụng; ai phê duyệt và vì sao: trang Nhật ký",
                waivers.len()
            );
            self.fact("Miễn trừ quy định", &told);
        }
        head::gap(&mut self.sheet);
    }

    fn fact(&mut self, label: &str, fact: &str) {
        let mut row = Row::banner(fact, Level::Body.left(), head::columns(&self.sheet) - 1);
        row.cells.insert(0, Cell::text(label, Level::Criterion.left()));
        self.sheet.push(row);
    }

    fn turnout(
        &mut self,
        table: Table<'a, Line<'a>>,
        tables: &'a [RankTable],
    ) -> Placed<'a, Line<'a>> {
        head::heading(&mut self.sheet, "1. Tình hình nộp phiếu và kết quả từng khối");
        let lines = self.basis.blocs().zip(tables).map(|((bloc, ranking), table)| Line {
            bloc,
            ranking,
            table,
            turnout: Turnout::of(ranking),
        });
        let placed = table.write(&mut self.sheet, &lines.collect::<Vec<Line>>());
        head::remark(
            &mut self.sheet,
            "Số đơn vị = đã nộp + chưa nộp + được miễn; đã nộp = được tính + gạt ra.",
        );
        head::remark(
            &mut self.sheet,
            "Chỉ số trung bình là trung bình của các chỉ số đã làm tròn của các đơn vị được xếp hạng.",
        );
        head::gap(&mut self.sheet);
        placed
    }

    /// Who leads and who closes each bloc.
    fn ends(&mut self) {
        head::heading(&mut self.sheet, "2. Đơn vị đứng đầu và đứng cuối");
        let basis = self.basis;
        let units = move |standings: &[&Standing]| {
            let names: Vec<&str> = standings.iter().map(|it| basis.name(&it.card.unit)).collect();
            let none = || "Chưa có đơn vị được xếp hạng".to_owned();
            if names.is_empty() { none() } else { names.join("; ") }
        };
        let index = move |standings: &[&Standing]| {
            Entry::or_dash(standings.first().map(|it| basis.scoring().shown(it.index)))
        };
        let table = Table::new(vec![
            Column::words("Khối", 34.0, |it: &Ends| (&*it.bloc.name).into()),
            Column::words("Đứng đầu", 11.0, move |it: &Ends| units(&it.first).into()).spanning(4),
            Column::number("Chỉ số (%)", 11.0, move |it: &Ends| index(&it.first)),
            Column::words("Đứng cuối", 11.0, move |it: &Ends| units(&it.last).into()).spanning(4),
            Column::number("Chỉ số (%)", 12.0, move |it: &Ends| index(&it.last)).called("Cuối"),
        ]);
        let lines = basis.blocs().map(|(bloc, ranking)| {
            let [first, last] = ends(ranking).unwrap_or_default();
            Ends { bloc, first, last }
        });
        table.write(&mut self.sheet, &lines.collect::<Vec<Ends>>());
        head::gap(&mut self.sheet);
    }

    /// What a reader must not take for checked.
    fn unchecked(&mut self) {
        head::heading(&mut self.sheet, "3. Những điều chưa được kiểm tra");
        let tally = self.basis.tally;
        let cards = self.basis.blocs().flat_map(|(_, ranking)| ranking.cards());
        let unappraised = cards.filter(|card| {
            card.items.values().any(|it| it.self_score.is_some() && it.appraised().is_none())
        });
        let mut open = Vec::new();
        if tally.appraisal.is_none() {
            open.push("Chưa có bảng thẩm định: điểm đang tính theo phiếu tự chấm.".to_owned());
        } else {
            match unappraised.count() {
                0 => {}
                count => open.push(format!(
                    "{count} đơn vị còn mục chưa thẩm định: các mục đó tính theo phiếu tự chấm."
                )),
            }
        }
        for (bloc, ranking) in self.basis.blocs() {
            let told = |it: &Unranked| {
                format!("{} ({})", self.basis.name(&it.unit), words::reason(it, self.basis.round))
            };
            let mut units: Vec<String> = ranking.open().take(MOST_NAMED).map(told).collect();
            if !units.is_empty() {
                let rest = ranking.open().count() - units.len();
                let more = format!("{rest} đơn vị khác (tệp {})", path(RANKING));
                units.extend((0 < rest).then_some(more));
                let (ranked, units) = (words::ranked([ranking]), units.join("; "));
                open.push(format!("{}: mới xếp {ranked}; còn {units}.", bloc.name));
            }
        }
        if tally.survey.is_none() {
            open.push(
                "Chưa có kết quả điều tra xã hội học: tiêu chí khảo sát chưa được tính.".to_owned(),
            );
        }
        if tally.last.is_none() {
            open.push("Không có kết quả kỳ trước để so sánh.".to_owned());
        }
        open.push(
            "Chương trình không đọc tài liệu kiểm chứng, không xác minh chữ ký, con dấu và số liệu \
             đơn vị kê khai."
                .to_owned(),
        );
        let columns = head::columns(&self.sheet);
        for line in open {
            self.sheet.push(Row::banner(format!("– {line}"), Level::Plain, columns));
        }
    }
}
