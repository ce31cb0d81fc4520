//! A small round with results, made by hand for the tests of the telling.

use std::collections::{BTreeMap, BTreeSet};

use crate::appraisal::{Adjustment, AdjustmentKind, Appraisal};
use crate::award::{Award, Awards, DeclineReason, Declined};
use crate::day::Day;
use crate::finding::{CellRef, Code, Finding, Findings, Place, Said, cell, result};
use crate::form::{Fate, Intake, Nominee, Receipt};
use crate::margin;
use crate::points::{Index, Percent, Points, Quantity};
use crate::rank::{Ranking, Reason, Standing, Unranked};
use crate::robustness::{Examined, Study};
use crate::round::Round;
use crate::round::criteria::{CriteriaSet, Heading, Item, Labels, Node, Origin, SetId, Unsaid};
use crate::round::exemption::{Exemption, Exemptions};
use crate::round::firmness::{Draws, Firmness, Judged, Thresholds};
use crate::round::heading::Headings;
use crate::round::register::{Register, Unit, UnitId};
use crate::round::rule::Rule;
use crate::round::settings::{
    Band, BlankAppraisal, Bloc, BlocId, Compare, Flawed, Intake as IntakeRules, NoSurvey,
    Numbering, Resend, Scoring, Settings, TieBreak, Yearless,
};
use crate::scenario;
use crate::score::{ItemScore, ItemScores, Lack, ScoreCard, ScoredBy};
use crate::tally::{LastRound, LastStanding, Seats, Tally};

/// How large a sample to make.
pub(crate) struct Size {
    /// Units of each of the two blocs; the last two of a bloc are not ranked.
    pub(crate) units: [usize; 2],
    pub(crate) areas: u16,
    /// Items of an area; the last is a survey item.
    pub(crate) items: u16,
}

pub(crate) const SMALL: Size = Size { units: [4, 5], areas: 2, items: 3 };

pub(crate) fn round(size: &Size) -> Round {
    let blocs =
        [("phong-ban", "Khối phòng, ban chuyên môn"), ("phuong-xa", "Khối UBND phường, xã")];
    let unit = |bloc: usize, at: usize| Unit {
        id: UnitId(format!("{}-{at:02}", ["PB", "PX"][bloc])),
        name: match bloc {
            0 => format!("Phòng Nội vụ {at}"),
            _ => format!("Phường Hà Tu {at}"),
        },
        other_names: Vec::new(),
        bloc: BlocId(blocs[bloc].0.to_owned()),
        set: SetId(blocs[bloc].0.to_owned()),
        head: "Nguyễn Văn An".to_owned(),
        post: "Trưởng phòng".to_owned(),
        since: None,
        until: None,
        predecessors: Vec::new(),
        exempt: None,
    };
    let units = (0..2).flat_map(|bloc| (1..=size.units[bloc]).map(move |at| unit(bloc, at)));
    let sets = blocs.map(|(id, name)| (SetId(id.to_owned()), set(id, name, size)));
    let exemption = Exemption {
        reason: "Đơn vị không có thủ tục hành chính".to_owned(),
        source: "Công văn số 12/UBND-NV ngày 05/11/2019".to_owned(),
        place: Place::cell("khong-ap-dung.xlsx", "Không áp dụng", CellRef::new(1, 0)),
    };
    let exempt = (UnitId("PB-01".to_owned()), "1.1".parse().unwrap());
    Round {
        settings: settings(&blocs),
        sets: sets.into_iter().collect(),
        register: Register::of(units.collect()),
        exemptions: Exemptions(BTreeMap::from([(exempt, exemption)])),
        revisions: crate::round::revision::Revisions::default(),
        waivers: crate::round::waiver::Waivers::default(),
        assent: crate::round::terms::Assent::default(),
    }
}

/// How firm the result is, by ten draws.
pub(crate) fn examined(round: &Round, tally: &Tally) -> Examined {
    let firmness = round.settings.firmness.as_ref().unwrap();
    let margins = margin::margins(round, tally, firmness);
    let study = Study::of(round, tally, firmness, &margins);
    let mut counts = study.nothing();
    counts.add(&study.draw(0..10));
    let robustness = study.finish(&counts);
    let plain = scenario::play(round, tally, &scenario::plain());
    Examined { margins, robustness, plain }
}

fn firmness() -> Firmness {
    let thresholds = |certain, told_apart| Thresholds {
        certain: Quantity::whole(certain),
        told_apart: Quantity::whole(told_apart),
    };
    Firmness {
        gap: thresholds(5, 1),
        few_answers: 100,
        duplicate_from: Some(Quantity::scaled(9, 1)),
        odd: None,
        draws: Some(Draws {
            count: 10,
            seed: 2019,
            stays: thresholds(95, 75),
            judged: Some(Judged { chance: Quantity::whole(10), steps: 1 }),
            survey: true,
            weights: Quantity::whole(10),
        }),
    }
}

fn settings(blocs: &[(&str, &str)]) -> Settings {
    let band = |name: &str, from| Band { name: name.to_owned(), from: Quantity::whole(from) };
    let bands = [("Xuất sắc", 90), ("Tốt", 80), ("Khá", 65), ("Trung bình", 50), ("Yếu", 0)];
    let bloc = |(id, name): &(&str, &str)| Bloc {
        id: BlocId((*id).to_owned()),
        name: (*name).to_owned(),
        sets: vec![SetId((*id).to_owned())],
        bands: bands.iter().map(|(name, from)| band(name, *from)).collect(),
    };
    Settings {
        id: "cchc-2019".to_owned(),
        year: 2019,
        title: "Chỉ số cải cách hành chính năm 2019".to_owned(),
        body: "Ủy ban nhân dân thành phố Hạ Long".to_owned(),
        parent_body: "Tỉnh Quảng Ninh".to_owned(),
        place: "Hạ Long".to_owned(),
        source: "Quyết định số 05/QĐ-UBND ngày 02/01/2019 của UBND thành phố".to_owned(),
        intake: IntakeRules {
            deadline: Day::new(2019, 12, 15).unwrap(),
            resend: Resend::SetAside,
            flawed: Flawed::SetAside,
            yearless: Yearless::SetAside,
            headings: Headings::default(),
            counted_on: Day::new(2019, 12, 31).unwrap(),
        },
        feedback: crate::round::settings::Feedback::Noticed,
        is_way_whole: false,
        losses_shown: 10,
        scoring: Scoring {
            places: 2,
            index_places: 2,
            compare: Compare::Exact,
            numbering: Numbering::Standard,
            tie_breaks: vec![TieBreak::Appraised, TieBreak::Area("1".parse().unwrap())],
            bonus_max: Quantity::whole(2).points(),
            penalty_max: Quantity::whole(5).points(),
            assessed_min: Quantity::whole(50),
            no_survey: NoSurvey::Restate,
            blank_appraisal: BlankAppraisal::Missing,
        },
        blocs: blocs.iter().map(bloc).collect(),
        awards: None,
        firmness: Some(firmness()),
        scenarios: Vec::new(),
    }
}

fn set(id: &str, name: &str, size: &Size) -> CriteriaSet {
    let mut nodes = Vec::new();
    for area in 1..=size.areas {
        let max = Quantity::whole(size.items.into()).times(Points::scaled(15, 1));
        nodes.push(Node::Heading(Heading {
            code: area.to_string().parse().unwrap(),
            title: format!("Cải cách thể chế {area}"),
            max,
        }));
        nodes.extend((1..=size.items).map(|at| Node::Item(item(area, at, at == size.items))));
    }
    CriteriaSet {
        id: SetId(id.to_owned()),
        title: format!("Bộ chỉ số {name}"),
        source: "Quyết định số 05/QĐ-UBND".to_owned(),
        nodes,
        fingerprint: "0".repeat(64),
        marks: BTreeMap::new(),
        unsaid: Unsaid::default(),
    }
}

fn item(area: u16, at: u16, is_survey: bool) -> Item {
    Item {
        code: format!("{area}.{at}").parse().unwrap(),
        title: format!("Rà soát văn bản {at}"),
        max: Points::scaled(15, 1),
        rule: if is_survey { Rule::Survey { steps: None } } else { Rule::YesNo },
        origin: if is_survey { Origin::Survey } else { Origin::Appraised },
        labels: Labels::default(),
        needs_evidence: false,
        may_be_exempt: true,
        source: String::new(),
    }
}

pub(crate) fn tally(round: &Round) -> Tally {
    let blocs = round.settings.blocs.iter().enumerate();
    let rankings: Vec<Ranking> = blocs.map(|(at, bloc)| ranking(round, at, bloc)).collect();
    let units = round.register.units.iter();
    let last = units.clone().zip(1..).map(|(unit, at)| {
        let index = Percent::default();
        (unit.id.clone(), LastStanding { rank: at, among: 20, index, of: None })
    });
    let receipt = |unit: &Unit| Receipt {
        file: format!("nop/{}.xlsx", unit.id),
        sha256: "ab".repeat(32),
        unit: Some(unit.id.clone()),
        possible: None,
        fate: Fate::Counted,
    };
    let place = Place::cell("nop/PX-05.xlsx", "Phiếu tự chấm", CellRef::new(9, 7));
    let above = cell::NotANumberHere { found: "2,5" };
    let silent = UnitId("PX-05".to_owned());
    let findings = Findings::from_iter([
        Finding::of(place, Said::from(above).under(Code::ScoreOutOfRange)),
        Finding::of(Place::file("nop"), result::Silent { name: "UBND phường 4", unit: &silent }),
    ]);
    Tally {
        intake: Intake {
            receipts: units.map(receipt).collect(),
            findings: findings.clone(),
            ..Intake::default()
        },
        appraisal: Some(appraisal()),
        survey: None,
        awards: Some(awards(&rankings)),
        rankings,
        last: Some(LastRound {
            year: 2018,
            standings: last.collect(),
            means: BTreeMap::from([("phong-ban".to_owned(), Quantity::scaled(8805, 2).percent())]),
        }),
        findings,
        lacks: BTreeSet::from([Lack::Appraisal]),
        seats: Seats::default(),
    }
}

fn appraisal() -> Appraisal {
    let adjustment = Adjustment {
        unit: UnitId("PX-01".to_owned()),
        kind: AdjustmentKind::Bonus,
        points: Points::scaled(5, 1),
        reason: "=Có sáng kiến được tỉnh công nhận".to_owned(),
        source: "Quyết định số 77/QĐ-UBND".to_owned(),
        place: Place::file("tham-dinh/tham-dinh-phuong-xa.xlsx"),
    };
    Appraisal { adjustments: vec![adjustment], ..Appraisal::default() }
}

fn awards(rankings: &[Ranking]) -> Awards {
    let first = &rankings[0].standings[0];
    let award = |name: &str| Award {
        unit: first.card.unit.clone(),
        nominee: Some(Nominee {
            place: Place::file("nop/PB-01.xlsx"),
            name: name.to_owned(),
            post: "Chuyên viên".to_owned(),
            achievement: "Hoàn thành xuất sắc nhiệm vụ".to_owned(),
            years: "2019".to_owned(),
            is_doubtful: false,
        }),
        rule: 0,
        rank: 1,
        index: first.index.shown(2),
        amount: 900_000,
        margin: Some(Quantity::scaled(125, 2).percent()),
    };
    let declined = Declined {
        unit: UnitId("PB-02".to_owned()),
        person: Some("Trần Thị Bình".to_owned()),
        reason: DeclineReason::QuotaFull,
    };
    Awards {
        collectives: vec![award("Phòng")],
        individuals: vec![award("Lê Văn Cường")],
        declined: vec![declined],
        ties: Vec::new(),
        salary: Some((1_490_000, "Nghị định số 38/2019/NĐ-CP".to_owned())),
    }
}

fn ranking(round: &Round, at: usize, bloc: &Bloc) -> Ranking {
    let units: Vec<&Unit> = round.units(bloc).collect();
    let (ranked, rest) = units.split_at(units.len() - 2);
    let mut cards: Vec<ScoreCard> = ranked.iter().map(|unit| card(round, unit)).collect();
    cards.sort_by_key(|card| std::cmp::Reverse(card.index));
    let standing = |(card, rank): (ScoreCard, u32)| {
        let index = card.index.unwrap();
        let band = bloc.band(index, &round.settings.scoring);
        Standing { rank, card, index, band, decided_by: (rank == 2).then_some(0) }
    };
    let standings: Vec<Standing> = cards.into_iter().zip(1..).map(standing).collect();
    let shown: Vec<Percent> = standings.iter().map(|it| it.index.shown(2)).collect();
    let reasons = match at {
        0 => [Reason::Silent, Reason::Exempt("Mới thành lập ngày 01/12/2019".to_owned())],
        _ => [Reason::ShareTooSmall, Reason::SetAside],
    };
    let unranked = rest.iter().zip(reasons).map(|(unit, reason)| Unranked {
        unit: unit.id.clone(),
        card: (reason == Reason::ShareTooSmall).then(|| card(round, unit)),
        reason,
    });
    Ranking {
        bloc: bloc.id.clone(),
        unranked: unranked.collect(),
        mean: Percent::mean(&shown, 2),
        standings,
    }
}

fn card(round: &Round, unit: &Unit) -> ScoreCard {
    let seed = round.register.position(&unit.id).unwrap();
    let items: ItemScores = round
        .set(unit)
        .items()
        .zip(0..)
        .map(|(item, at)| {
            let is_exempt = round.exemptions.get(&unit.id, item.code).is_some();
            (item.code, score(item, is_exempt, (seed * 7 + at * 5) % 11))
        })
        .collect();
    let sum = |is_survey: bool| {
        let of = items.values().filter(|it| (it.by == ScoredBy::Survey) == is_survey);
        of.filter_map(|it| it.points).sum::<Points>()
    };
    let bonus = if unit.id.0 == "PX-01" { Points::scaled(5, 1) } else { Points::ZERO };
    let total = sum(false) + sum(true) + bonus;
    let possible: Points = items.values().filter(|it| it.points.is_some()).map(|it| it.max).sum();
    let surveyed = round.set(unit).items().filter(|item| item.origin == Origin::Survey);
    ScoreCard {
        unit: unit.id.clone(),
        satisfaction: surveyed.map(|item| (item.code, Quantity::scaled(925, 1))).collect(),
        self_total: items.values().filter_map(|it| it.self_score).sum(),
        appraised: sum(false),
        survey: Some(sum(true)),
        bonus,
        penalty: Points::ZERO,
        total,
        possible,
        counted: round.set(unit).max(),
        assessed: Index::new(possible, round.set(unit).max()).unwrap().shown(2).quantity(),
        index: Index::new(total, possible),
        items,
        lacks: vec![Lack::Appraisal],
    }
}

/// `luck` is 0 to 10: most items get their maximum.
fn score(item: &Item, is_exempt: bool, luck: usize) -> ItemScore {
    let lost = Points::scaled([100, 75, 33, 15][luck.min(3)], 2);
    let points = if luck < 4 { item.max - lost } else { item.max };
    let is_survey = item.origin == Origin::Survey;
    let by = match (is_exempt, is_survey, luck) {
        (true, ..) => ScoredBy::Exempt,
        (_, true, _) => ScoredBy::Survey,
        (_, _, 9) => ScoredBy::Unit,
        (_, _, 10) => ScoredBy::Figures,
        _ => ScoredBy::Appraiser,
    };
    let applies = !is_exempt;
    ItemScore {
        self_score: (applies && !is_survey).then_some(item.max),
        points: applies.then_some(points),
        max: item.max,
        by,
    }
}
