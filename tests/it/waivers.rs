//! Rules set aside for single units: what they change, and where they stand.

use cchc::cli::Outcome;
use cchc::day::Day;
use cchc::excel;
use cchc::handout::round_books;

use crate::office::{Office, honest};

const HEAD: &str =
    "Mã đơn vị\tQuy định\tMã tiêu chí\tNgười đề nghị\tNgười phê duyệt\tNgày\tLý do\n";

fn waived(office: Office, lines: &[&str]) -> Office {
    let text = format!("{HEAD}{}\n", lines.join("\n"));
    let book = round_books::waivers(&text, 2019);
    office.file("mien-tru.xlsx", &excel::write(&book).unwrap())
}

/// A line of the list, approved as it should be.
fn line(unit: &str, rule: &str, item: &str) -> String {
    format!("{unit}\t{rule}\t{item}\tTổ thư ký\tChủ tịch UBND\t20/12/2019\tBão lụt")
}

#[test]
fn a_late_form_may_be_excused_and_is_commended() {
    let late = |office: Office| {
        let mut answers = honest(10);
        answers.dated = Day::new(2019, 12, 20);
        office.form("nop/P-HT.xlsx", "P-HT", &answers)
    };
    let plain = late(Office::busy()).run();
    assert!(plain.codes().contains(&"P031".to_owned()));
    let given = |report: &crate::office::Report| -> Vec<String> {
        let all = report.record()["khen-thuong"]["tap-the"].as_array().unwrap().clone();
        all.iter().map(|it| it["don-vi"].as_str().unwrap().to_owned()).collect()
    };
    assert!(!given(&plain).contains(&"P-HT".to_owned()));

    let report = waived(late(Office::busy()), &[&line("P-HT", "Nộp muộn", "")]).run();
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert!(!report.codes().contains(&"P031".to_owned()));
    assert!(report.codes().contains(&"K011".to_owned()));
    assert!(given(&report).contains(&"P-HT".to_owned()));
    let waiver = &report.record()["mien-tru"][0];
    assert_eq!(waiver["nguoi-phe-duyet"], "Chủ tịch UBND");
    assert_eq!(waiver["co-tac-dung"], true);
    let log = report.sheet("Tong-hop-2019.xlsx", "Nhật ký");
    let expected = "1 | UBND phường Hà Tu | 20/12/2019 | nộp muộn | Bão lụt | Tổ thư ký đề nghị; \
                    Chủ tịch UBND phê duyệt";
    assert!(log.contains(expected), "{log}");
    let overview = report.sheet("Tong-hop-2019.xlsx", "Tổng quan");
    assert!(overview.contains("Miễn trừ quy định | 1 trường hợp, 1 trường hợp có tác dụng"));
}

#[test]
fn a_waiver_excuses_no_other_unit_and_no_other_rule() {
    let mut late = honest(10);
    late.dated = Day::new(2019, 12, 20);
    let office =
        Office::busy().form("nop/P-HT.xlsx", "P-HT", &late).form("nop/X-QL.xlsx", "X-QL", &late);
    let lines = [line("P-HT", "nộp muộn", ""), line("X-QL", "phiếu có lỗi", "")];
    let report = waived(office, &[&lines[0], &lines[1]]).run();
    let record = report.record();
    let late: Vec<_> = record["phat-hien"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["ma"] == "P031")
        .map(|it| it["tep"].as_str().unwrap())
        .collect();
    assert_eq!(late, ["nop/X-QL.xlsx"]);
    let passed_over = record["khen-thuong"]["khong-xet"].as_array().unwrap();
    let of =
        |unit: &str| passed_over.iter().any(|it| it["don-vi"] == unit && it["ly-do"] == "nop-muon");
    assert!(of("X-QL") && !of("P-HT"), "{passed_over:?}");
}

#[test]
fn missing_evidence_may_be_excused_for_one_item() {
    let mut answers = honest(10);
    for answer in answers.items.values_mut() {
        answer.evidence = String::new();
    }
    let office = Office::busy().form("nop/P-HT.xlsx", "P-HT", &answers);
    assert!(office.run().codes().contains(&"P080".to_owned()));
    let report = waived(office, &[&line("P-HT", "thiếu kiểm chứng", "1.1")]).run();
    assert!(!report.codes().contains(&"P080".to_owned()), "{:?}", report.codes());
    assert!(report.codes().contains(&"K011".to_owned()));
}

#[test]
fn a_flawed_form_may_count_and_a_small_share_may_be_ranked() {
    let mut answers = honest(10);
    let plan = answers.items.get_mut(&"1.1".parse().ok().unwrap()).unwrap();
    plan.score = Some(cchc::points::Points::scaled(15, 1));
    let flawed = || Office::busy().form("nop/P-HT.xlsx", "P-HT", &answers);
    let reason =
        |report: &crate::office::Report| report.record()["khoi"][1]["khong-xep-hang"].clone();
    assert_eq!(reason(&flawed().run())[0]["ly-do"], "gat-ra");
    let report = waived(flawed(), &[&line("P-HT", "phiếu có lỗi", "")]).run();
    assert_eq!(reason(&report), serde_json::json!([]));
    assert_eq!(report.record()["trang-thai"], "tam-tinh");

    // Nothing was given to do: only 2 of 6 points apply to the unit.
    let mut idle = honest(0);
    let tasks = idle.items.get_mut(&"1.2".parse().ok().unwrap()).unwrap();
    tasks.figures.denominator = Some(cchc::points::Quantity::ZERO);
    let small = || Office::busy().form("nop/P-HT.xlsx", "P-HT", &idle);
    assert_eq!(reason(&small().run())[0]["ly-do"], "ty-le-thap");
    let report = waived(small(), &[&line("P-HT", "tỷ lệ áp dụng tối thiểu", "")]).run();
    assert_eq!(reason(&report), serde_json::json!([]));
    assert!(!report.codes().contains(&"K004".to_owned()));
}

#[test]
fn a_waiver_that_changes_nothing_is_noted() {
    let office = waived(Office::busy(), &[&line("P-HT", "nộp muộn", "")]);
    let report = office.run();
    assert!(report.said.contains("[T082] P-HT: miễn trừ «nộp muộn» không có gì để miễn\n"));
    assert_eq!(report.record()["mien-tru"][0]["co-tac-dung"], false);
    let told = office.tell(&["trace", "P-HT"]);
    assert!(told.said.contains("Miễn trừ quy định\n  1. Miễn trừ: nộp muộn: Bão lụt; Tổ thư ký"));
}

#[test]
fn a_waiver_of_the_wrong_unit_or_rule_names_the_nearest() {
    let mut late = honest(7);
    late.dated = Day::new(2019, 12, 20);
    let office = || Office::busy().form("nop/PB-TP.xlsx", "PB-TP", &late);
    let other = waived(office(), &[&line("P-HT", "nộp muộn", "")]).run();
    let said = "[T082] P-HT: miễn trừ «nộp muộn» không có gì để miễn; có phải «PB-TP: nộp muộn»?";
    assert!(other.said.contains(said), "{}", other.said);
    let rule = waived(office(), &[&line("PB-TP", "thiếu kiểm chứng", "")]).run();
    assert!(rule.said.contains("; có phải «PB-TP: nộp muộn»?"), "{}", rule.said);
}

#[test]
fn a_wrong_waiver_refuses_the_round() {
    #[track_caller]
    fn check(line: &str, expected: &str) {
        let report = waived(Office::busy(), &[line]).run();
        assert_eq!(report.outcome, Outcome::Failed, "{}", report.said);
        assert!(report.said.contains(expected), "{}", report.said);
        assert!(report.results.is_empty());
    }
    check(&line("P-HX", "nộp muộn", ""), "Miễn trừ!A2 [T081] Mã đơn vị không có trong danh sách");
    check(&line("P-HT", "nộp muôn lần", ""), "Miễn trừ!B2 [T081] ");
    check(&line("P-HT", "nộp muộn", "1.1"), "[T081] Quy định này không theo từng tiêu chí");
    check(&line("P-HT", "thiếu kiểm chứng", "9.9"), "không có tiêu chí chấm điểm «9.9»");
    let blank = "P-HT\tnộp muộn\t\tTổ thư ký\t\t20/12/2019\tBão lụt";
    check(blank, "Miễn trừ!E2 [T081] ");
    let of = |approver: &str| line("P-HT", "nộp muộn", "").replace("Chủ tịch UBND", approver);
    check(&of("Tổ thư ký"), "Miễn trừ!E2 [T081] Người phê duyệt chính là người đề nghị");
    check(&of("Không duyệt"), "Miễn trừ!E2 [T081] Không phải phê duyệt: «Không duyệt»");
    check(&of("/"), "Miễn trừ!E2 [T081] ");
    let on = |day: &str| line("P-HT", "nộp muộn", "").replace("20/12/2019", day);
    check(&on("20/12/2009"), "Miễn trừ!F2 [T081] 20/12/2009 không thuộc các năm 2019–2020");
    check(&on("20/12/2021"), "Miễn trừ!F2 [T081] 20/12/2021 không thuộc các năm 2019–2020");
    check(&on("19/06/2020"), "[T081] 19/06/2020 sau ngày quyết định khen thưởng 18/06/2020 của kỳ");
    check(&line("P-HT", "thiếu kiểm chứng", "Kế hoạch"), "«Kế hoạch»; có phải «1.1»?");
    check(&line("P-HT", "thiếu kiểm chứng", "1.1.1"), "«1.1.1»; có phải «1.1»?");
}

#[test]
fn an_approval_of_a_far_day_is_confirmed_by_its_unit() {
    let mut late = honest(10);
    late.dated = Day::new(2019, 12, 20);
    let line = line("P-HT", "nộp muộn", "").replace("20/12/2019", "19/06/2020");
    let office = Office::busy()
        .form("nop/P-HT.xlsx", "P-HT", &late)
        .setting("ma = \"cchc-2019\"", "xac-nhan = [\"P-HT\"]\nma = \"cchc-2019\"");
    let report = waived(office, &[&line]).run();
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert_eq!(report.record()["mien-tru"][0]["co-tac-dung"], true);
}

#[test]
fn what_is_odd_in_what_was_sent_is_confirmed_by_unit_and_item() {
    let mut odd = honest(10);
    let part = odd.items.get_mut(&"1.2".parse().unwrap()).unwrap();
    part.figures.numerator = Some(cchc::points::Quantity::scaled(5, 1));
    let low = [("PB-NV", 4), ("PB-TP", 3), ("P-HT", 4), ("X-QL", 2)];
    let office = || Office::busy().form("nop/P-HT.xlsx", "P-HT", &odd).survey(&low);
    let report = office().run();
    for told in ["[P117] 1.2 – Đã làm 0,5 trên 10", "[S004] 2.1 – tỷ lệ hài lòng cao nhất là 4"]
    {
        assert!(report.said.contains(told), "{}", report.said);
    }
    let keys = "xac-nhan = [\"P-HT 1.2\", \"khao-sat 2.1\", \"P-HT 1.1\"]\nma = \"cchc-2019\"";
    let report = office().setting("ma = \"cchc-2019\"", keys).run();
    assert!(!report.said.contains("P117") && !report.said.contains("S00"), "{}", report.said);
    let idle = "[T132] xac-nhan: «P-HT 1.1» không xác nhận điều gì";
    assert!(report.said.contains(idle), "{}", report.said);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
}
