//! An invented round with every kind of rule, small enough to be read.

use std::collections::BTreeMap;

use cchc::day::Day;
use cchc::finding::Place;
use cchc::form::Claimed;
use cchc::handout::blank_form::{Answer, Answers, Nomination};
use cchc::points::{Points, Quantity};
use cchc::round::Round;
use cchc::round::criteria::{
    CriteriaSet, Heading, Item, ItemCode, Labels, Node, Origin, SetId, Unsaid,
};
use cchc::round::exemption::{Exemption, Exemptions};
use cchc::round::register::{Register, Unit, UnitId};
use cchc::round::rule::{Due, Edge, Empty, Figures, LateStep, Level, Rule, Span, Step};
use cchc::round::settings::{
    Band, BlankAppraisal, Bloc, BlocId, Compare, Flawed, Intake, NoSurvey, Numbering, Resend,
    Scoring, Settings, Yearless,
};

pub(super) fn code(text: &str) -> ItemCode {
    text.parse().unwrap()
}

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn points(plain: &str) -> Points {
    Quantity::parse(plain).unwrap().points()
}

/// Steps from the best down: each from `low` (included), in percent or number.
fn steps(rows: &[(i64, &str)]) -> Vec<Step> {
    let mut high = None;
    let step = |(low, worth): &(i64, &str)| {
        let at = Edge { at: Quantity::whole(*low), is_included: true };
        let low = (at.at != Quantity::ZERO).then_some(at);
        let span = Span { low, high };
        high = low.map(|edge| Edge { is_included: false, ..edge });
        Step { span, points: points(worth) }
    };
    rows.iter().map(step).collect()
}

fn levels(rows: &[(&str, &str)]) -> Vec<Level> {
    let level =
        |(label, worth): &(&str, &str)| Level { label: (*label).to_owned(), points: points(worth) };
    rows.iter().map(level).collect()
}

/// Code, title, maximum, rule, and what each figure means.
type Line = (&'static str, &'static str, &'static str, Rule, [&'static str; 4]);

fn share(floor: Option<i64>, target: Option<i64>, empty: Empty) -> Rule {
    let percent = |share: Option<i64>| share.map(Quantity::whole);
    Rule::Proportional { floor: percent(floor), target: percent(target), empty }
}

fn first_area() -> Vec<Line> {
    let late = vec![
        LateStep { days: Some(15), points: points("0.75") },
        LateStep { days: None, points: Points::ZERO },
    ];
    vec![
        (
            "1.1.1",
            "Thời điểm ban hành kế hoạch CCHC",
            "1.5",
            Rule::Deadline { due: Due::On(day("31/01/2019")), late },
            ["", "", "", "ngày ban hành kế hoạch"],
        ),
        (
            "1.1.2",
            "Kế hoạch phủ đủ nhiệm vụ, nêu rõ sản phẩm, người làm, thời hạn",
            "1.5",
            Rule::Levels(levels(&[("đủ", "1.5"), ("thiếu 1 yếu tố", "0.75"), ("thiếu từ 2", "0")])),
            ["", "", "", ""],
        ),
        (
            "1.1.3",
            "Mức hoàn thành kế hoạch",
            "2",
            share(Some(50), None, Empty::Zero),
            ["nhiệm vụ hoàn thành", "tổng số nhiệm vụ", "", ""],
        ),
        ("1.2", "Có nội dung tuyên truyền trong kế hoạch", "0.5", Rule::YesNo, ["", "", "", ""]),
        (
            "1.3",
            "Số hình thức tuyên truyền đã làm",
            "1.5",
            Rule::CountLevels(steps(&[(3, "1.5"), (2, "1"), (1, "0.5"), (0, "0")])),
            ["", "", "số hình thức", ""],
        ),
        (
            "1.10",
            "Nộp phiếu tự chấm đúng hạn",
            "1",
            Rule::DaysLate { due: Due::Submission, each: points("0.25") },
            ["", "", "", "ngày nộp phiếu"],
        ),
    ]
}

fn other_areas() -> Vec<Line> {
    let na = Empty::NotApplicable;
    let serious = Some("lãnh đạo bị kỷ luật".to_owned());
    vec![
        (
            "2.1",
            "Tỷ lệ tồn tại sau kiểm tra đã khắc phục",
            "2",
            share(Some(70), None, na),
            ["tồn tại đã khắc phục", "tồn tại phát hiện", "", ""],
        ),
        (
            "2.2",
            "Tỷ lệ xử lý phản ánh, kiến nghị đúng hạn",
            "2",
            Rule::RatioLevels { steps: steps(&[(100, "2"), (70, "1"), (0, "0")]), empty: na },
            ["xử lý đúng hạn", "tiếp nhận", "", ""],
        ),
        (
            "2.3",
            "Thu ngân sách so với dự toán",
            "1",
            share(None, Some(100), Empty::Zero),
            ["đã thu", "dự toán", "", ""],
        ),
        (
            "2.4",
            "Cán bộ, công chức bị xử lý kỷ luật",
            "2",
            Rule::Deduction { each: points("1"), serious },
            ["lãnh đạo bị kỷ luật", "", "công chức bị kỷ luật", ""],
        ),
        (
            "2.5",
            "Báo cáo gửi đúng hạn",
            "1",
            Rule::Deduction { each: points("0.25"), serious: None },
            ["", "", "số lần trễ", ""],
        ),
        (
            "2.6",
            "Công khai dự toán, quyết toán, tài sản",
            "1.5",
            Rule::Parts(levels(&[("dự toán", "0.5"), ("quyết toán", "0.5"), ("tài sản", "0.5")])),
            ["", "", "", ""],
        ),
        (
            "2.7",
            "Sáng kiến được công nhận",
            "1",
            Rule::PerItem { each: points("0.5") },
            ["", "", "số sáng kiến", ""],
        ),
        (
            "3.1",
            "Mức độ hài lòng của người dân",
            "4",
            Rule::Survey { steps: None },
            ["", "", "", ""],
        ),
        (
            "3.2",
            "Đánh giá của đại biểu HĐND",
            "2",
            Rule::Survey { steps: Some(steps(&[(90, "2"), (0, "0")])) },
            ["", "", "", ""],
        ),
    ]
}

fn set(id: &str) -> CriteriaSet {
    let mut nodes: Vec<Node> = first_area()
        .into_iter()
        .chain(other_areas())
        .map(|(at, title, max, rule, [numerator, denominator, count, day])| {
            let origin = match rule {
                Rule::Survey { .. } => Origin::Survey,
                _ => Origin::Appraised,
            };
            let labels = Labels {
                numerator: numerator.to_owned(),
                denominator: denominator.to_owned(),
                count: count.to_owned(),
                day: day.to_owned(),
            };
            Node::Item(Item {
                code: code(at),
                title: title.to_owned(),
                max: points(max),
                rule,
                origin,
                labels,
                needs_evidence: ["1.1.2", "1.2"].contains(&at),
                may_be_exempt: ["2.1", "2.2", "2.6"].contains(&at),
                source: String::new(),
            })
        })
        .collect();
    for (at, title, max) in [
        ("1", "Công tác chỉ đạo, điều hành CCHC", "8"),
        ("1.1", "Kế hoạch CCHC năm", "5"),
        ("2", "Tổ chức thực hiện", "10.5"),
        ("3", "Tác động của CCHC (khảo sát)", "6"),
    ] {
        let (code, max) = (code(at), points(max));
        nodes.push(Node::Heading(Heading { code, title: title.to_owned(), max }));
    }
    nodes.sort_by_key(Node::code);
    let marks = nodes.iter().map(|node| (node.code(), "01234567".to_owned())).collect();
    CriteriaSet {
        id: SetId(id.to_owned()),
        title: "Bộ chỉ số cải cách hành chính của phường, xã".to_owned(),
        source: "Quyết định số 12/QĐ-UBND ngày 05/01/2019 của UBND thành phố Hạ Long".to_owned(),
        nodes,
        fingerprint: format!("{id}-1"),
        marks,
        unsaid: Unsaid::default(),
    }
}

fn unit(id: &str, name: &str, other_names: &[&str]) -> Unit {
    Unit {
        id: UnitId(id.to_owned()),
        name: name.to_owned(),
        other_names: other_names.iter().map(|it| (*it).to_owned()).collect(),
        bloc: BlocId("phuong-xa".to_owned()),
        set: SetId("phuong-xa".to_owned()),
        head: "Nguyễn Thị Bình".to_owned(),
        post: "Chủ tịch UBND phường".to_owned(),
        since: None,
        until: None,
        predecessors: Vec::new(),
        exempt: None,
    }
}

/// Four wards; Hà Tu is exempt from item 2.1.
pub(super) fn round() -> Round {
    let mut exempt = unit("PX-TC", "UBND phường Tuần Châu", &[]);
    exempt.exempt = Some("mới thành lập".to_owned());
    let units = vec![
        unit("PX-HT", "UBND phường Hà Tu", &["Phường Hà Tu cũ"]),
        unit("PX-HB", "UBND xã Hòa Bình", &[]),
        unit("PX-TN", "UBND xã Thống Nhất", &[]),
        exempt,
    ];
    let exemption = Exemption {
        reason: "không có tồn tại sau kiểm tra".to_owned(),
        source: "Văn bản số 15/UBND-NV".to_owned(),
        place: Place::file("khong-ap-dung.xlsx"),
    };
    let set = set("phuong-xa");
    Round {
        settings: settings(),
        sets: BTreeMap::from([(set.id.clone(), set)]),
        register: Register::of(units),
        revisions: cchc::round::revision::Revisions::default(),
        waivers: cchc::round::waiver::Waivers::default(),
        assent: cchc::round::terms::Assent::default(),
        exemptions: Exemptions(BTreeMap::from([(
            (UnitId("PX-HT".to_owned()), code("2.1")),
            exemption,
        )])),
    }
}

fn settings() -> Settings {
    Settings {
        id: "cchc-2019".to_owned(),
        year: 2019,
        title: "Chỉ số cải cách hành chính năm 2019".to_owned(),
        body: "Ủy ban nhân dân thành phố Hạ Long".to_owned(),
        parent_body: "Tỉnh Quảng Ninh".to_owned(),
        place: "Hạ Long".to_owned(),
        source: "Quyết định số 12/QĐ-UBND".to_owned(),
        intake: Intake {
            deadline: day("15/12/2019"),
            resend: Resend::SetAside,
            flawed: Flawed::SetAside,
            yearless: Yearless::SetAside,
            headings: cchc::round::heading::Headings::default(),
            counted_on: day("31/12/2019"),
        },
        feedback: cchc::round::settings::Feedback::Noticed,
        is_way_whole: false,
        losses_shown: 10,
        scoring: Scoring {
            places: 2,
            index_places: 2,
            compare: Compare::Exact,
            numbering: Numbering::Standard,
            tie_breaks: Vec::new(),
            bonus_max: points("2"),
            penalty_max: points("5"),
            assessed_min: Quantity::whole(50),
            no_survey: NoSurvey::Restate,
            blank_appraisal: BlankAppraisal::Missing,
        },
        blocs: vec![Bloc {
            id: BlocId("phuong-xa".to_owned()),
            name: "Khối UBND phường, xã".to_owned(),
            sets: vec![SetId("phuong-xa".to_owned())],
            bands: vec![Band { name: "Yếu".to_owned(), from: Quantity::ZERO }],
        }],
        awards: None,
        firmness: None,
        scenarios: Vec::new(),
    }
}

/// What a unit that did everything right would write: every item answered,
/// with evidence, one collective and one person nominated.
pub(super) fn answers() -> Answers {
    let mut items = BTreeMap::new();
    let figures = |numerator: i64, denominator: i64| Figures {
        numerator: Some(Quantity::whole(numerator)),
        denominator: Some(Quantity::whole(denominator)),
        ..Figures::default()
    };
    let count = |count: i64| Figures { count: Some(Quantity::whole(count)), ..Figures::default() };
    let on = |text: &str| Figures { day: Some(day(text)), ..Figures::default() };
    let serious = Figures { numerator: Some(Quantity::ZERO), ..count(0) };
    for (at, figures) in [
        ("1.1.1", on("20/01/2019")),
        ("1.1.3", figures(9, 10)),
        ("1.3", count(2)),
        ("1.10", on("10/12/2019")),
        ("2.1", figures(7, 10)),
        ("2.2", figures(8, 10)),
        ("2.3", figures(120, 100)),
        ("2.4", serious),
        ("2.5", count(1)),
        ("2.7", count(1)),
    ] {
        items.insert(code(at), Answer { figures, ..Answer::default() });
    }
    for (at, score) in [("1.1.2", "0.75"), ("1.2", "0.5"), ("2.6", "1")] {
        items.insert(code(at), Answer { score: Some(points(score)), ..Answer::default() });
    }
    for (at, answer) in &mut items {
        answer.evidence = format!("Báo cáo số {at}/BC-UBND");
    }
    let nomination = |name: &str, post: &str| Nomination {
        name: name.to_owned(),
        post: post.to_owned(),
        achievement: "Giải quyết 100 % hồ sơ đúng hạn".to_owned(),
        years: "2019".to_owned(),
    };
    Answers {
        dated: Some(day("10/12/2019")),
        items,
        collectives: vec![nomination("Tập thể đơn vị", "")],
        individuals: vec![nomination("Nguyễn Văn An", "Công chức một cửa")],
    }
}

pub(super) fn claimed(plain: &str) -> Claimed {
    Claimed::Points(points(plain))
}
