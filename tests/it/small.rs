//! Small rounds made in code: a few items, a few units, no files.
//!
//! `Small::new().item("1.1", "60").unit("A").form("A", &[("1.1", "50")]).tally()`
//! is a whole round. Numbers are written with a decimal point.

use std::collections::BTreeMap;

use cchc::appraisal::{Adjustment, AdjustmentKind, Appraisal, Appraised};
use cchc::day::Day;
use cchc::finding::{CellRef, Code, Findings, Place};
use cchc::form::{Claim, Claimed, Form, Intake, Nominee, NotApplicable};
use cchc::points::{Points, Quantity};
use cchc::rank::{Ranking, Standing};
use cchc::round::Round;
use cchc::round::criteria::{
    CriteriaSet, Heading, Item, ItemCode, Labels, Node, Origin, SetId, Unsaid,
};
use cchc::round::exemption::{Exemption, Exemptions};
use cchc::round::register::{Exclusion, Register, Unit, UnitId};
use cchc::round::rule::Rule;
use cchc::round::settings::{
    AwardRule, AwardRules, Band, BaseSalary, BlankAppraisal, Bloc, BlocId, Compare, Flawed,
    MoneyRounding, NoSurvey, Numbering, Recipients, Resend, Scoring, Settings, TieAtCut, Yearless,
};
use cchc::score::ScoreCard;
use cchc::survey::{Answer, Survey};
use cchc::tally::{Tally, tally};

pub(crate) fn q(plain: &str) -> Quantity {
    Quantity::parse(plain).unwrap()
}

pub(crate) fn pts(plain: &str) -> Points {
    q(plain).points()
}

pub(crate) fn code(text: &str) -> ItemCode {
    text.parse().unwrap()
}

pub(crate) fn id(text: &str) -> UnitId {
    UnitId(text.to_owned())
}

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Changes what a form says of one item.
pub(crate) fn edit_claim(form: &mut Form, item: &str, edit: impl FnOnce(&mut Claim)) {
    let owned = |it: Claim<&str>| Claim {
        row: it.row,
        score: it.score,
        figures: it.figures,
        evidence: it.evidence.into(),
        explanation: it.explanation.into(),
    };
    let claims = form.claims.iter().map(|(code, it)| (code, owned(it)));
    let mut claims: BTreeMap<ItemCode, Claim> = claims.collect();
    edit(claims.get_mut(&code(item)).unwrap());
    form.claims = claims.into_iter().collect();
}

/// A round with what came in for it.
#[derive(Clone)]
pub(crate) struct Small {
    pub(crate) round: Round,
    pub(crate) intake: Intake,
    pub(crate) appraisal: Option<Appraisal>,
    pub(crate) survey: Option<Survey>,
}

impl Small {
    /// One bloc with one empty set; bands from 90, 80, 65, 50 and 0; exact
    /// comparison, numbered 1, 2, 2, 4, no tie-breaks, no awards.
    pub(crate) fn new() -> Small {
        let set = CriteriaSet {
            id: SetId("bo".to_owned()),
            title: "Bộ chỉ số".to_owned(),
            source: "Quyết định số 1".to_owned(),
            nodes: Vec::new(),
            fingerprint: String::new(),
            marks: BTreeMap::new(),
            unsaid: Unsaid::default(),
        };
        let round = Round {
            settings: settings(),
            sets: BTreeMap::from([(set.id.clone(), set)]),
            register: Register::default(),
            exemptions: Exemptions::default(),
            revisions: cchc::round::revision::Revisions::default(),
            waivers: cchc::round::waiver::Waivers::default(),
            assent: cchc::round::terms::Assent::default(),
        };
        Small { round, intake: Intake::default(), appraisal: None, survey: None }
    }

    /// Changes whatever else a test needs.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Small)) -> Small {
        change(&mut self);
        self
    }

    pub(crate) fn scoring(self, change: impl FnOnce(&mut Scoring)) -> Small {
        self.with(|small| change(&mut small.round.settings.scoring))
    }

    /// An item that is claimed and appraised.
    pub(crate) fn item(self, at: &str, max: &str) -> Small {
        self.node(at, max, Origin::Appraised, Rule::YesNo)
    }

    /// An item scored by the satisfaction in percent × its maximum.
    pub(crate) fn survey_item(self, at: &str, max: &str) -> Small {
        self.node(at, max, Origin::Survey, Rule::Survey { steps: None })
    }

    /// An item at the end of the set, and its area if that is new.
    pub(crate) fn node(self, at: &str, max: &str, origin: Origin, rule: Rule) -> Small {
        let (at, max) = (code(at), pts(max));
        self.with(|small| {
            let set = small.round.sets.values_mut().next().unwrap();
            let area = set.nodes.iter_mut().find(|node| node.code() == at.area());
            if let Some(Node::Heading(area)) = area {
                area.max += max;
            } else {
                let title = format!("Lĩnh vực {}", at.area());
                set.nodes.push(Node::Heading(Heading { code: at.area(), title, max }));
            }
            set.nodes.push(Node::Item(Item {
                code: at,
                title: format!("Tiêu chí {at}"),
                max,
                rule,
                origin,
                labels: Labels::default(),
                needs_evidence: false,
                may_be_exempt: true,
                source: String::new(),
            }));
        })
    }

    /// Another bloc, with the same set and bands.
    pub(crate) fn bloc(self, name: &str) -> Small {
        self.with(|small| {
            let like = &small.round.settings.blocs[0];
            let bloc = Bloc { id: BlocId(name.to_owned()), name: name.to_owned(), ..like.clone() };
            small.round.settings.blocs.push(bloc);
        })
    }

    /// A unit of the last bloc so far, named like its id.
    pub(crate) fn unit(self, name: &str) -> Small {
        self.with(|small| {
            let bloc = small.round.settings.blocs.last().unwrap();
            small.round.register.push(Unit {
                id: id(name),
                name: name.to_owned(),
                other_names: Vec::new(),
                bloc: bloc.id.clone(),
                set: bloc.sets[0].clone(),
                head: String::new(),
                post: String::new(),
                since: None,
                until: None,
                predecessors: Vec::new(),
                exempt: None,
            });
        })
    }

    /// The form of a unit, dated on the deadline, with no nominations.
    /// `KAD` is not applicable, `0/0` nothing arose, `?` faulty.
    pub(crate) fn form(self, unit: &str, scores: &[(&str, &str)]) -> Small {
        let file = format!("nop/{unit}.xlsx");
        let claims = scores.iter().map(|(item, score)| {
            let score = match *score {
                "KAD" => Claimed::NotApplicable(NotApplicable::Listed),
                "0/0" => Claimed::NotApplicable(NotApplicable::NothingArose),
                "?" => Claimed::Faulty,
                points => Claimed::Points(pts(points)),
            };
            let claim = Claim {
                row: None,
                score,
                figures: None,
                evidence: Box::default(),
                explanation: Box::default(),
            };
            (code(item), claim)
        });
        let form = Form {
            file: file.clone(),
            unit: id(unit),
            dated: Some(self.round.settings.intake.deadline),
            page: String::new(),
            columns: BTreeMap::new(),
            claims: claims.collect(),
            collectives: Vec::new(),
            individuals: Vec::new(),
        };
        self.with(|small| {
            small.intake.forms.insert(form.unit.clone(), form);
        })
    }

    /// A unit with its form, in one line.
    pub(crate) fn scored(self, unit: &str, scores: &[(&str, &str)]) -> Small {
        self.unit(unit).form(unit, scores)
    }

    pub(crate) fn edit_form(self, unit: &str, change: impl FnOnce(&mut Form)) -> Small {
        self.with(|small| change(small.intake.forms.get_mut(&id(unit)).unwrap()))
    }

    /// The unit nominates itself, and these persons.
    pub(crate) fn nominates(self, unit: &str, persons: &[&str]) -> Small {
        let nominee = |row: u32, name: &str| Nominee {
            place: Place::cell("nop/", "Đề nghị khen thưởng", CellRef::new(row, 1)),
            name: name.to_owned(),
            post: String::new(),
            achievement: String::new(),
            years: String::new(),
            is_doubtful: false,
        };
        self.edit_form(unit, |form| {
            form.collectives = vec![nominee(3, unit)];
            let persons = (10..).zip(persons).map(|(row, name)| nominee(row, name));
            form.individuals = persons.collect();
        })
    }

    /// The legal list lets an item of a unit off.
    pub(crate) fn exempt(self, unit: &str, item: &str) -> Small {
        let exemption = Exemption {
            reason: "Không có thủ tục hành chính".to_owned(),
            source: "Quyết định số 1".to_owned(),
            place: Place::cell("khong-ap-dung.xlsx", "Không áp dụng", CellRef::new(1, 0)),
        };
        self.with(|small| {
            small.round.exemptions.0.insert((id(unit), code(item)), exemption);
        })
    }

    /// The unit's bloc was appraised; these items of it got these points.
    pub(crate) fn appraised(self, unit: &str, scores: &[(&str, &str)]) -> Small {
        self.with(|small| {
            let appraisal = small.appraisal.get_or_insert_default();
            for (item, points) in scores {
                let place = Place::cell("tham-dinh/a.xlsx", "Thẩm định", CellRef::new(1, 12));
                let appraised = Appraised { points: pts(points), reason: String::new(), place };
                appraisal.scores.insert((id(unit), code(item)), appraised);
            }
        })
    }

    pub(crate) fn adjusted(self, unit: &str, kind: AdjustmentKind, points: &str) -> Small {
        self.with(|small| {
            let appraisal = small.appraisal.get_or_insert_default();
            let row = u32::try_from(appraisal.adjustments.len()).unwrap() + 1;
            appraisal.adjustments.push(Adjustment {
                unit: id(unit),
                kind,
                points: pts(points),
                reason: String::new(),
                source: String::new(),
                place: Place::cell("tham-dinh/a.xlsx", "Thưởng, trừ điểm", CellRef::new(row, 2)),
            });
        })
    }

    /// The survey's satisfaction with an item of a unit, in percent.
    pub(crate) fn answer(self, unit: &str, item: &str, percent: &str) -> Small {
        self.with(|small| {
            let answers = &mut small.survey.get_or_insert_default().answers;
            let row = u32::try_from(answers.len()).unwrap() + 1;
            let place = Place::cell("khao-sat/a.xlsx", "Khảo sát", CellRef::new(row, 4));
            let answer = Answer { percent: q(percent), count: 100, place };
            answers.insert((id(unit), code(item)), answer);
        })
    }

    /// Award rules for the round, with the amounts of June 2020.
    pub(crate) fn awards(self, collectives: Vec<AwardRule>, individuals: Vec<AwardRule>) -> Small {
        let salary = |since: &str, amount| BaseSalary {
            since: day(since),
            amount,
            source: "Nghị định".to_owned(),
        };
        let of_persons = |rule| AwardRule { recipients: Recipients::Individuals, ..rule };
        let individuals = individuals.into_iter().map(of_persons).collect();
        self.with(|small| {
            small.round.settings.awards = Some(AwardRules {
                decided: day("18/06/2020"),
                decision: String::new(),
                step: 10_000,
                rounding: MoneyRounding::Up,
                salaries: vec![salary("01/07/2018", 1_390_000), salary("01/07/2019", 1_490_000)],
                collectives,
                individuals,
                collective_quota: None,
                individual_quota: None,
            });
        })
    }

    pub(crate) fn exclude(self, unit: &str, person: Option<&str>, reason: &str) -> Small {
        self.with(|small| {
            small.round.register.exclusions.push(Exclusion {
                unit: id(unit),
                person: person.map(str::to_owned),
                reason: reason.to_owned(),
                source: String::new(),
                place: Place::sheet("don-vi.xlsx", "Không xét khen"),
            });
        })
    }

    pub(crate) fn tally(&self) -> Tally {
        let (appraisal, survey) = (self.appraisal.clone(), self.survey.clone());
        tally(&self.round, self.intake.clone(), appraisal, survey, None, Findings::default())
    }

    /// The only bloc's ranking.
    pub(crate) fn ranking(&self) -> Ranking {
        self.tally().rankings.remove(0)
    }

    /// The card of a unit, ranked or not.
    pub(crate) fn card(&self, unit: &str) -> ScoreCard {
        let rankings = self.tally().rankings;
        let ranked = rankings.iter().flat_map(|it| &it.standings).map(|it| &it.card);
        let others = rankings.iter().flat_map(|it| &it.unranked).filter_map(|it| it.card.as_ref());
        ranked.chain(others).find(|card| card.unit == id(unit)).unwrap().clone()
    }

    pub(crate) fn standing(&self, unit: &str) -> Standing {
        let rankings = self.tally().rankings;
        let mut standings = rankings.iter().flat_map(|it| &it.standings);
        standings.find(|it| it.card.unit == id(unit)).unwrap().clone()
    }

    /// `1 A, 2 B, 2 C`.
    pub(crate) fn order(&self) -> String {
        let ranking = self.ranking();
        let line = |it: &Standing| format!("{} {}", it.rank, it.card.unit);
        ranking.standings.iter().map(line).collect::<Vec<_>>().join(", ")
    }

    /// The codes of everything noticed.
    pub(crate) fn codes(&self) -> Vec<Code> {
        self.tally().findings.iter().map(|finding| finding.code).collect()
    }
}

/// A rule for the first bloc with `quota` places and no gates; a tie at the cut
/// waits for the council.
pub(crate) fn rule(quota: usize, coefficient: &str) -> AwardRule {
    AwardRule {
        recipients: Recipients::Collectives,
        title: "Giấy khen".to_owned(),
        source: "Nghị định số 91/2017/NĐ-CP".to_owned(),
        blocs: vec![BlocId("khoi".to_owned())],
        quota,
        rank_max: None,
        index_min: None,
        band_min: None,
        on_time: false,
        nominated: false,
        per_unit: 1,
        coefficient: q(coefficient),
        tie: TieAtCut::Council,
    }
}

fn settings() -> Settings {
    let band =
        |(name, from): (&str, i64)| Band { name: name.to_owned(), from: Quantity::whole(from) };
    let bands = [("Xuất sắc", 90), ("Tốt", 80), ("Khá", 65), ("Trung bình", 50), ("Yếu", 0)];
    Settings {
        id: "cchc-2019".to_owned(),
        year: 2019,
        title: "Chỉ số cải cách hành chính năm 2019".to_owned(),
        body: "ỦY BAN NHÂN DÂN THÀNH PHỐ".to_owned(),
        parent_body: String::new(),
        place: "Hạ Long".to_owned(),
        source: "Quyết định số 1".to_owned(),
        intake: cchc::round::settings::Intake {
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
            bonus_max: pts("2"),
            penalty_max: pts("5"),
            assessed_min: q("50"),
            no_survey: NoSurvey::Restate,
            blank_appraisal: BlankAppraisal::Missing,
        },
        blocs: vec![Bloc {
            id: BlocId("khoi".to_owned()),
            name: "Khối".to_owned(),
            sets: vec![SetId("bo".to_owned())],
            bands: bands.map(band).into(),
        }],
        awards: None,
        firmness: None,
        scenarios: Vec::new(),
    }
}
