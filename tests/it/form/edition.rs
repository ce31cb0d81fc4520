//! Forms issued before the criteria set was changed.

use cchc::finding::CellRef;
use cchc::form::layout::{self, Column, Key};
use cchc::form::{self, Claimed, Fate, NotApplicable};
use cchc::points::Points;
use cchc::round::criteria::{Heading, Item, Node};
use cchc::round::settings::Flawed;

use cchc::excel;
use cchc::handout::round_books;

use crate::office::{Office, Report, SET, honest};

use super::identity::hidden;
use super::invented;
use super::sent::Sent;

/// Hà Tu's form, and the set changed since it was issued: these lines ask
/// something else now.
fn outdated(changed: &[&str]) -> Sent {
    Sent::good().when(|round| {
        for set in round.sets.values_mut() {
            "other".clone_into(&mut set.fingerprint);
            for code in changed {
                set.marks.insert(invented::code(code), "other".to_owned());
            }
            let is_changed = |code| changed.iter().any(|it| invented::code(it) == code);
            for node in set.nodes.iter_mut().filter(|node| is_changed(node.code())) {
                match node {
                    Node::Heading(Heading { title, .. }) | Node::Item(Item { title, .. }) => {
                        title.push_str(" (sửa)");
                    }
                }
            }
        }
    })
}

#[test]
fn a_form_of_an_older_set_is_read_where_its_lines_mean_the_same() {
    let sent = outdated(&[]);
    let sent =
        sent.only("P035 Phiếu phát trước khi bộ chỉ số được sửa; các dòng đơn vị chấm không đổi");
    let points = |sent: &Sent| -> Vec<_> {
        sent.form().claims.iter().map(|(code, it)| (code, it.score)).collect()
    };
    assert_eq!(points(&sent), points(&Sent::good()));
}

#[test]
fn a_line_that_means_something_else_now_is_asked_for_again() {
    let sent = outdated(&["1.2", "1.1.3"]);
    let sent = sent.only(
        "P022 A15 Bộ chỉ số đã sửa 2 tiêu chí sau khi phát phiếu này: 1.1.3 (A15), 1.2 (A16)",
    );
    assert_eq!(sent.claimed("1.2"), Claimed::Faulty);
    assert_eq!(sent.claimed("1.1.2"), Claimed::Points(Points::scaled(75, 2)));
    // A survey's line and one that does not apply are not the unit's to answer.
    let sent = outdated(&["3.1", "2.1"]);
    assert_eq!(sent.codes(), ["P035"]);
    assert_eq!(sent.claimed("2.1"), Claimed::NotApplicable(NotApplicable::Listed));
}

#[test]
fn lines_that_came_or_went_accuse_nobody() {
    let area = |sent: Sent| {
        let max = |node: &mut Node| match node {
            Node::Heading(heading) => heading.max += Points::scaled(1, 0),
            Node::Item(_) => {}
        };
        sent.when(|round| {
            round.sets.values_mut().flat_map(|set| &mut set.nodes).for_each(max);
        })
    };
    let gone = outdated(&["1", "1.1", "2", "3"]).when(|round| {
        for set in round.sets.values_mut() {
            set.nodes.retain(|node| node.code() != invented::code("1.2"));
            set.marks.remove(&invented::code("1.2"));
        }
    });
    assert_eq!(area(gone).codes(), ["P035"]);
    let row = Sent::good().row("1.2");
    let come = outdated(&["1", "1.1", "2", "3", "1.2"]).moved(move |at| match at.row {
        here if here == row => None,
        below if row < below => Some(CellRef::new(below - 1, at.col)),
        above => Some(CellRef::new(above, at.col)),
    });
    area(come).only("P022 Bộ chỉ số đã sửa 1 tiêu chí sau khi phát phiếu này: 1.2 (chưa có dòng)");
}

#[test]
fn where_only_points_changed_the_form_is_scored_by_the_new_rule() {
    let issued = |plan: i64| {
        let mut answers = honest(9);
        let score = Some(Points::scaled(plan, 0));
        answers.items.get_mut(&invented::code("1.1")).unwrap().score = score;
        Office::new().form("nop/PB-NV.xlsx", "PB-NV", &answers)
    };
    let mend = |office: Office, from: &[&str], to: &[&str]| {
        let set = from.iter().zip(to).fold(SET.to_owned(), |set, (from, to)| {
            assert!(set.contains(from), "{from}");
            set.replacen(from, to, 1)
        });
        let set = excel::write(&round_books::criteria(&set, 2019)).unwrap();
        office.file("bo-chi-so/phong-ban.xlsx", &set)
    };
    let points = [
        "điều hành\t6\t",
        "Kế hoạch\t2\tmức\tđủ = 2; thiếu = 1; không = 0",
        "hoàn thành\t4\ttỷ lệ có sàn\tsàn = 50%",
    ];
    let now = [
        "điều hành\t5\t",
        "Kế hoạch\t3\tmức\tđủ = 3; thiếu = 1,5; không = 0",
        "hoàn thành\t2\ttỷ lệ có sàn\tsàn = 60%",
    ];
    let items = |report: &Report| {
        let record = report.record();
        let items = record["khoi"][0]["xep-hang"][0]["muc"].as_array().cloned().unwrap_or_default();
        items.iter().map(|it| it["tu-cham"].clone()).collect::<Vec<_>>()
    };
    let report = mend(issued(2), &points, &now).run();
    assert_eq!(items(&report)[..2], ["3.00", "1.80"], "{}", report.said);
    let note = "Phiếu phát trước khi bộ chỉ số được sửa; chấm theo điểm mới, không phải điền lại: \
                1.1: 2 → 3, 1.2: 3,6 → 1,8";
    let findings = report.record()["phat-hien"].to_string();
    assert!(findings.contains(note), "{findings}");
    let report = mend(issued(1), &points, &now).run();
    assert_eq!(items(&report)[..2], ["1.50", "1.80"], "{}", report.said);

    // Another level is another question, and so is another figure.
    let label = mend(issued(2), &["thiếu = 1"], &["chậm = 1"]).run();
    assert!(label.said.contains("[P022] Bộ chỉ số đã sửa 1 tiêu chí"), "{}", label.said);
    let figure = ["sàn = 50%", "mẫu số: được giao"];
    let figure = mend(issued(2), &figure, &["sàn = 60%", "mẫu số: phải làm"]).run();
    assert!(figure.said.contains("[P022] Bộ chỉ số đã sửa 1 tiêu chí"), "{}", figure.said);
    let figure = mend(issued(2), &["mẫu số: được giao"], &["mẫu số: phải làm"]).run();
    assert!(figure.said.contains("[P022] Bộ chỉ số đã sửa 1 tiêu chí"), "{}", figure.said);
    // Two levels that were worth the same are not told apart.
    let same = SET.replacen("thiếu = 1", "thiếu = 2", 1);
    let same = excel::write(&round_books::criteria(&same, 2019)).unwrap();
    let office = Office::new().file("bo-chi-so/phong-ban.xlsx", &same);
    let office = office.form("nop/PB-NV.xlsx", "PB-NV", &honest(9));
    let unclear = mend(office, &["thiếu = 1"], &["thiếu = 0,5"]).run();
    assert!(unclear.said.contains("[P022] 1.1 – Bộ chỉ số đã sửa điểm"), "{}", unclear.said);
}

#[test]
fn the_marks_of_forms_that_are_out_stay_what_they_are() {
    let page = Sent::good().book.page(layout::IDENTITY).unwrap().clone();
    let told = format!("{:?}", page.cells.values().map(|cell| &cell.value).collect::<Vec<_>>());
    for mark in [":4c9278a6:", ":1e2e22bb:", ":0c43dd7e:", ":225ebbb6:"] {
        assert!(told.contains(mark), "{told}");
    }
}

#[test]
fn a_form_that_cannot_tell_or_has_little_left_is_not_read_line_by_line() {
    let refused = "P022 Phiếu lập theo một bản của bộ chỉ số «phuong-xa» khác bản đang dùng \
                   («phuong-xa»)";
    let set = Sent::good().round.set(&Sent::good().round.register.units[0]).id.to_string();
    let refused = refused.replace("phuong-xa", &set);
    let codes: Vec<String> = Sent::good()
        .round
        .sets
        .values()
        .next()
        .unwrap()
        .nodes
        .iter()
        .map(|node| node.code().to_string())
        .collect();
    let most: Vec<&str> = codes.iter().skip(codes.len() / 3).map(String::as_str).collect();
    assert!(outdated(&most).only(&refused).read().form.is_none());
    hidden(outdated(&[]), Key::Marks, "1.1=ab").only(&refused);
    let mut first = hidden(outdated(&[]), Key::Version, "1");
    first.page(layout::IDENTITY).cells.retain(|at, _| at.row != 6);
    first.only(&refused);
    let mut first = hidden(Sent::good(), Key::Version, "1");
    first.page(layout::IDENTITY).cells.retain(|at, _| at.row != 6);
    assert_eq!(first.codes(), [""; 0]);
}

#[test]
fn what_is_left_of_an_older_form_gives_way_to_a_newer_one() {
    let old = outdated(&["1.2"]);
    let mut round = old.round.clone();
    round.settings.intake.flawed = Flawed::CountZero;
    let mut new = old.clone();
    for (key, value) in [(Key::Fingerprint, "other".to_owned()), (Key::Marks, String::new())] {
        new = hidden(new, key, &value);
    }
    let gather = |sent: &[&Sent]| {
        let mut readings: Vec<_> = sent.iter().map(|it| form::read(&it.book, &round)).collect();
        for (at, reading) in readings.iter_mut().enumerate() {
            reading.file = format!("nop/{at}.xlsx");
            reading.sha256 = at.to_string();
        }
        let intake = form::gather(readings, &round);
        intake.receipts.iter().map(|it| it.fate).collect::<Vec<_>>()
    };
    assert_eq!(gather(&[&old]), [Fate::Provisional]);
    assert_eq!(gather(&[&new, &old]), [Fate::Counted, Fate::SetAside]);
    assert_eq!(gather(&[&old, &new]), [Fate::SetAside, Fate::Counted]);
    let other = old.clone().emptied("1.1.2", Column::Score);
    assert_eq!(gather(&[&old, &other]), [Fate::SetAside, Fate::SetAside]);
}
