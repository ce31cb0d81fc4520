//! *Tổng quan*: the round on one page, and what nobody has checked.

use super::pictures;
use super::ranking::{RankTable, ends, shown};
use super::{Teller, dash, percent, whole};
use crate::finding::CellRef;
use crate::rank::{Ranking, Reason, Standing};
use crate::report::head;
use crate::report::sheet::{Cell, Level, Row, Sheet, Value};
use crate::round::settings::{Bloc, Flawed};
use crate::words;

const WIDTHS: [f64; 11] = [34.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 12.0, 12.0, 12.0, 12.0];
const COLUMNS: u32 = 11;

pub(super) fn sheet(teller: &Teller, name: String, tables: &[RankTable]) -> Sheet {
    let mut writer = Writer { teller, tables, sheet: teller.sheet(name, &WIDTHS), blocs: 0 };
    writer.opening();
    writer.facts();
    writer.intake();
    writer.ends();
    writer.unchecked();
    let blocs = writer.blocs;
    pictures::draw(teller, &mut writer.sheet, tables, blocs);
    writer.sheet
}

struct Writer<'a> {
    teller: &'a Teller<'a>,
    tables: &'a [RankTable],
    sheet: Sheet,
    /// The first row of the table of blocs.
    blocs: u32,
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
                Reason::Silent => turnout.missing += 1,
                Reason::SetAside => turnout.set_aside += 1,
                Reason::Exempt(_) => turnout.exempt += 1,
                Reason::ShareTooSmall | Reason::NoSurvey => turnout.sound += 1,
            }
        }
        turnout
    }

    fn units(self) -> usize {
        self.sound + self.set_aside + self.missing + self.exempt
    }
}

impl Writer<'_> {
    fn opening(&mut self) {
        let settings = &self.teller.round.settings;
        head::issued(&mut self.sheet, settings);
        head::gap(&mut self.sheet);
        self.teller.open(
            &mut self.sheet,
            "TỔNG HỢP KẾT QUẢ CHẤM ĐIỂM, XẾP HẠNG CẢI CÁCH HÀNH CHÍNH",
            &settings.title,
            COLUMNS,
        );
        head::gap(&mut self.sheet);
    }

    fn facts(&mut self) {
        let settings = &self.teller.round.settings;
        let flawed = match settings.intake.flawed {
            Flawed::SetAside => "Gạt ra; đơn vị chưa được xếp hạng cho đến khi nộp lại",
            Flawed::CountZero => "Mục có lỗi tính 0 điểm; kết quả là tạm tính",
        };
        let sets = self.teller.round.sets.values();
        let sets: Vec<String> = sets.map(|it| format!("{} ({})", it.title, it.source)).collect();
        let facts = [
            ("Căn cứ", settings.source.clone()),
            ("Bộ chỉ số", sets.join("; ")),
            ("Trạng thái", words::status(&self.teller.tally.lacks).to_owned()),
            ("Hạn nộp phiếu", settings.intake.deadline.to_string()),
            ("Phiếu có lỗi", flawed.to_owned()),
        ];
        for (label, fact) in facts {
            self.fact(label, &fact);
        }
        let waivers = &self.teller.round.waivers.0;
        if !waivers.is_empty() {
            let used = waivers.iter().filter(|it| self.teller.tally.is_used(it)).count();
            let told = format!(
                "{} trường hợp, {used} trường hợp có tác dụng; ai phê duyệt và vì sao: trang Nhật ký",
                waivers.len()
            );
            self.fact("Miễn trừ quy định", &told);
        }
        head::gap(&mut self.sheet);
    }

    fn fact(&mut self, label: &str, fact: &str) {
        let mut row = Row::banner(fact, Level::Body.left(), COLUMNS - 1);
        row.cells.insert(0, Cell::text(label, Level::Criterion.left()));
        self.sheet.push(row);
    }

    fn heading(&mut self, text: &str) {
        self.sheet.push(Row::banner(text, Level::Strong, COLUMNS));
    }

    /// Units per bloc and how far they came, with the means.
    fn intake(&mut self) {
        self.heading("1. Tình hình nộp phiếu và kết quả từng khối");
        head::remark(
            &mut self.sheet,
            "Chỉ số trung bình là trung bình của các chỉ số đã làm tròn của các đơn vị được xếp hạng.",
        );
        let last = self.teller.tally.last.as_ref().map(|last| last.year);
        let then =
            last.map_or("Trung bình kỳ trước".to_owned(), |it| format!("Trung bình {it}"));
        self.sheet.push(Row::head([
            "Khối",
            "Số đơn vị",
            "Đã nộp",
            "Được tính",
            "Gạt ra",
            "Chưa nộp",
            "Được miễn",
            "Được xếp hạng",
            "Chỉ số trung bình (%)",
            &then,
            "Tăng, giảm",
        ]));
        let first = self.sheet.next_row();
        self.blocs = first;
        let mut all = Turnout::default();
        let mut ranked = 0;
        for ((bloc, ranking), table) in self.teller.blocs().zip(self.tables) {
            let turnout = Turnout::of(ranking);
            all.sound += turnout.sound;
            all.set_aside += turnout.set_aside;
            all.missing += turnout.missing;
            all.exempt += turnout.exempt;
            ranked += ranking.standings.len();
            let row = self.intake_row(bloc, ranking, table, turnout);
            self.sheet.push(row);
        }
        let last = self.sheet.next_row() - 1;
        let sums = [
            all.units(),
            all.sound + all.set_aside,
            all.sound,
            all.set_aside,
            all.missing,
            all.exempt,
            ranked,
        ];
        let mut cells = vec![Cell::text("Toàn kỳ", Level::Total.left())];
        cells.extend((1..).zip(sums).map(|(col, sum)| {
            let [from, to] = [first, last].map(|row| CellRef { row, col });
            Cell::formula(format!("SUM({from}:{to})"), whole(sum), Level::Total.right())
        }));
        cells.extend((0..3).map(|_| Cell::blank(Level::Total.right())));
        self.sheet.push(Row::new(cells));
        self.sheet.push(Row::banner(
            "Số đơn vị = đã nộp + chưa nộp + được miễn; đã nộp = được tính + gạt ra.",
            Level::Remark,
            COLUMNS,
        ));
        head::gap(&mut self.sheet);
    }

    fn intake_row(
        &self,
        bloc: &Bloc,
        ranking: &Ranking,
        table: &RankTable,
        turnout: Turnout,
    ) -> Row {
        let at = self.sheet.next_row() + 1;
        let counted = |formula: String, count: usize| {
            Cell::formula(formula, whole(count), Level::Body.right())
        };
        let plain = |count: usize| Cell::new(whole(count), Level::Body.right());
        let mut cells = vec![
            Cell::text(&*bloc.name, Level::Body.left()),
            counted(format!("C{at}+F{at}+G{at}"), turnout.units()),
            counted(format!("D{at}+E{at}"), turnout.sound + turnout.set_aside),
            plain(turnout.sound),
            plain(turnout.set_aside),
            plain(turnout.missing),
            plain(turnout.exempt),
        ];
        let ranked = ranking.standings.len();
        cells.push(match table.indices() {
            Some(indices) => counted(format!("COUNT({})", indices.absolute()), ranked),
            None => plain(ranked),
        });
        let mean = ranking
            .mean
            .map(|mean| Cell::formula(table.mean(), Value::Percent(mean), Level::Body.right()));
        let last = self.teller.tally.last.as_ref();
        let then = last.and_then(|last| last.means.get(&bloc.id.0).copied());
        let change = ranking.mean.zip(then).map(|(mean, then)| {
            let places = self.teller.scoring().index_places;
            let formula = format!("ROUND(I{at}-J{at},{places})");
            Cell::formula(formula, Value::Percent(mean.minus(then)), Level::Body.right())
        });
        let then = then.map(|it| percent(it, Level::Body.right()));
        cells.extend(
            [mean, then, change].map(|it| it.unwrap_or_else(|| dash(Level::Body.center()))),
        );
        Row::new(cells)
    }

    /// Who leads and who closes each bloc.
    fn ends(&mut self) {
        self.heading("2. Đơn vị đứng đầu và đứng cuối");
        let mut head = Row::head(["Khối", "Đứng đầu", "", "", "", "Chỉ số (%)"]);
        head.cells[1].span = 4;
        head.cells.extend(Row::head(["Đứng cuối", "", "", "", "Chỉ số (%)"]).cells);
        head.cells[6].span = 4;
        self.sheet.push(head);
        for (bloc, ranking) in self.teller.blocs() {
            let mut cells = vec![Cell::text(&*bloc.name, Level::Body.left())];
            for standings in ends(ranking).unwrap_or_default() {
                cells.push(Cell::text(self.units(&standings), Level::Body.left()).spanning(4));
                cells.extend((0..3).map(|_| Cell::blank(Level::Body.left())));
                cells.push(match standings.first() {
                    Some(standing) => percent(shown(self.teller, standing), Level::Body.right()),
                    None => dash(Level::Body.center()),
                });
            }
            self.sheet.push(Row::new(cells));
        }
        head::gap(&mut self.sheet);
    }

    fn units(&self, standings: &[&Standing]) -> String {
        let names: Vec<&str> = standings.iter().map(|it| self.teller.name(&it.card.unit)).collect();
        if names.is_empty() {
            "Chưa có đơn vị được xếp hạng".to_owned()
        } else {
            names.join("; ")
        }
    }

    /// What a reader must not take for checked.
    fn unchecked(&mut self) {
        self.heading("3. Những điều chưa được kiểm tra");
        let tally = self.teller.tally;
        let cards = self.teller.blocs().flat_map(|(_, ranking)| ranking.cards());
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
        for line in open {
            self.sheet.push(Row::banner(format!("– {line}"), Level::Plain, COLUMNS));
        }
    }
}
