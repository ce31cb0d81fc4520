//! A history and what it comes to → the text of `tong-ket.json`.
//!
//! `templates/tong-ket.schema.json` says the same to other programs. Every
//! decimal is a string with a decimal point.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::award::DeclineReason;
use crate::finding::Finding;
use crate::history::History;
use crate::history::award::{Proposal, Proposals};
use crate::history::contents::{self, Rating};
use crate::history::migration::Migration;
use crate::history::moves::Move;
use crate::history::series::{Continuity, Point, Series};
use crate::history::summary::Summary;
use crate::history::year::Fate;
use crate::points::Percent;
use crate::record::build::finding;
use crate::record::contents::{FindingRecord, VERSION};
use crate::record::input::Input;
use crate::record::word::{Held, Unsplit, Word};

/// Everything a summary came to.
#[derive(Serialize)]
struct PeriodRecord<L: Serialize, M: Serialize> {
    #[serde(rename = "phien-ban")]
    version: &'static str,
    #[serde(rename = "chuong-trinh")]
    program: String,
    #[serde(rename = "ma")]
    id: String,
    #[serde(rename = "ten")]
    title: String,
    #[serde(rename = "tu-nam")]
    from: i16,
    #[serde(rename = "den-nam")]
    to: i16,
    #[serde(rename = "don-vi")]
    lines: L,
    #[serde(rename = "bien-dong-hang")]
    moves: M,
    #[serde(rename = "chuyen-xep-loai")]
    migrations: Vec<MigrationRecord>,
    #[serde(rename = "noi-dung")]
    contents: Vec<ContentRecord>,
    #[serde(rename = "muc-yeu")]
    weak: Vec<WeakRecord>,
    #[serde(rename = "khen-thuong")]
    awards: Option<AwardsRecord>,
    #[serde(rename = "phat-hien")]
    findings: Vec<FindingRecord>,
    #[serde(rename = "dau-vao")]
    inputs: Vec<Input>,
}

#[derive(Debug, Serialize)]
struct LineRecord {
    /// The last id.
    #[serde(rename = "ma")]
    id: String,
    #[serde(rename = "cac-ma")]
    ids: Vec<String>,
    #[serde(rename = "ten")]
    name: String,
    #[serde(rename = "khoi")]
    bloc: String,
    #[serde(rename = "chuoi")]
    continuity: Word<Continuity>,
    #[serde(rename = "hinh-thanh-tu")]
    parents: Vec<String>,
    #[serde(rename = "cac-nam")]
    years: Vec<PointRecord>,
    #[serde(rename = "so-nam")]
    ranked: usize,
    #[serde(rename = "trung-binh")]
    mean: Option<String>,
    #[serde(rename = "tang")]
    gain: Option<String>,
    #[serde(rename = "dao-dong")]
    swing: Option<String>,
    /// Years per band, best first.
    #[serde(rename = "so-nam-xep-loai")]
    bands: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct PointRecord {
    #[serde(rename = "nam")]
    year: i16,
    #[serde(rename = "loai")]
    kind: Word<Held>,
    #[serde(rename = "ma")]
    id: Option<String>,
    #[serde(rename = "khoi")]
    bloc: Option<String>,
    #[serde(rename = "chi-so")]
    index: Option<String>,
    #[serde(rename = "hang")]
    rank: Option<u32>,
    #[serde(rename = "xep-loai")]
    band: Option<String>,
    #[serde(rename = "ly-do")]
    reason: Option<String>,
    /// The share of each content's maximum, in percent.
    #[serde(rename = "noi-dung")]
    contents: BTreeMap<String, String>,
}

#[derive(Debug, Serialize)]
struct MoveRecord {
    #[serde(rename = "don-vi")]
    line: String,
    #[serde(rename = "khoi")]
    bloc: String,
    #[serde(rename = "tu-nam")]
    from: i16,
    #[serde(rename = "den-nam")]
    to: i16,
    #[serde(rename = "hang-truoc")]
    before: i64,
    #[serde(rename = "hang-sau")]
    after: i64,
    #[serde(rename = "thuc-hien")]
    performance: i64,
    #[serde(rename = "doi-bo-chi-so")]
    criteria: i64,
    #[serde(rename = "doi-don-vi")]
    units: i64,
    #[serde(rename = "tham-dinh")]
    appraisal: i64,
    #[serde(rename = "khong-tach-duoc")]
    unknown: Vec<Word<Unsplit>>,
}

#[derive(Debug, Serialize)]
struct MigrationRecord {
    #[serde(rename = "khoi")]
    bloc: String,
    #[serde(rename = "tu-nam")]
    from: i16,
    #[serde(rename = "den-nam")]
    to: i16,
    #[serde(rename = "so-don-vi")]
    counts: Vec<Vec<usize>>,
}

#[derive(Debug, Serialize)]
struct ContentRecord {
    #[serde(rename = "khoi")]
    bloc: String,
    #[serde(rename = "noi-dung")]
    content: String,
    #[serde(rename = "ty-le")]
    shares: BTreeMap<i16, String>,
    #[serde(rename = "huong")]
    rating: Word<Rating>,
}

#[derive(Debug, Serialize)]
struct WeakRecord {
    #[serde(rename = "khoi")]
    bloc: String,
    #[serde(rename = "bo-chi-so")]
    era: String,
    #[serde(rename = "muc")]
    code: String,
    #[serde(rename = "ty-le")]
    shares: BTreeMap<i16, String>,
    #[serde(rename = "so-nam-yeu")]
    weak: usize,
}

#[derive(Debug, Serialize)]
struct AwardsRecord {
    #[serde(rename = "luong-co-so")]
    salary: Option<i64>,
    #[serde(rename = "tap-the")]
    collectives: Vec<ProposalRecord>,
    #[serde(rename = "ca-nhan")]
    individuals: Vec<ProposalRecord>,
    #[serde(rename = "khong-de-nghi")]
    passed_over: Vec<PassedOverRecord>,
}

#[derive(Debug, Serialize)]
struct ProposalRecord {
    #[serde(rename = "don-vi")]
    line: String,
    #[serde(rename = "ho-ten")]
    person: Option<String>,
    /// The rule's number in the settings, from 1.
    #[serde(rename = "quy-dinh")]
    rule: usize,
    #[serde(rename = "co-so-xet")]
    key: String,
    #[serde(rename = "muc-thuong")]
    amount: i64,
    #[serde(rename = "cach-biet")]
    margin: Option<String>,
}

#[derive(Debug, Serialize)]
struct PassedOverRecord {
    #[serde(rename = "don-vi")]
    line: String,
    #[serde(rename = "ho-ten")]
    person: Option<String>,
    #[serde(rename = "ly-do")]
    why: Word<DeclineReason>,
}

/// A summary of several years, as its record tells it.
pub struct Period<'a> {
    pub history: &'a History,
    pub summary: &'a Summary<'a>,
    pub findings: &'a [Finding],
    pub inputs: &'a [Input],
}

/// A list that is made while it is written, so that it never waits in memory.
#[derive(Clone, Debug)]
struct Each<I>(I);

impl<I> Serialize for Each<I>
where
    I: Iterator<Item: Serialize> + Clone,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

impl Period<'_> {
    /// Writes the text of `tong-ket.json`: two spaces of indent, LF, a final
    /// line end. `version` is the program's.
    pub fn write(&self, version: &str, mut out: impl Write) -> io::Result<()> {
        let Period { history, summary, findings, inputs } = *self;
        let migrations = summary.whole.iter().chain(&summary.steps);
        let record = PeriodRecord {
            version: VERSION,
            program: version.to_owned(),
            id: history.period.id.clone(),
            title: history.period.title.clone(),
            from: history.period.from,
            to: history.period.to,
            lines: Each(summary.series.iter().map(|it| self.line(it))),
            moves: Each(summary.moves.iter().map(|it| self.step(it))),
            migrations: migrations.map(migration).collect(),
            contents: summary.trends.iter().map(|it| self.content(it)).collect(),
            weak: summary.weak.iter().map(|it| self.weak(it)).collect(),
            awards: summary.proposals.as_ref().map(|it| self.awards(it)),
            findings: findings.iter().map(finding).collect(),
            inputs: inputs.to_vec(),
        };
        serde_json::to_writer_pretty(&mut out, &record)?;
        out.write_all(b"\n")
    }

    fn id(&self, line: usize) -> String {
        self.history.genealogy.lines[line].id().to_string()
    }

    fn percent(&self, percent: Percent) -> String {
        percent.data(self.history.period.places)
    }

    fn line(&self, series: &Series) -> LineRecord {
        let line = &self.history.genealogy.lines[series.line];
        let stats = series.stats.as_ref();
        LineRecord {
            id: line.id().to_string(),
            ids: line.ids.iter().map(ToString::to_string).collect(),
            name: self.history.name(series.line).to_owned(),
            bloc: series.bloc.0.clone(),
            continuity: Word::of(&series.continuity),
            parents: line.parents.iter().map(|it| self.id(*it)).collect(),
            years: series.points.iter().map(|(year, point)| self.point(*year, point)).collect(),
            ranked: stats.map_or(0, |it| it.years),
            mean: stats.map(|it| self.percent(it.mean)),
            gain: stats.map(|it| self.percent(it.gain)),
            swing: stats.and_then(|it| it.swing).map(|it| self.percent(it)),
            bands: stats.map_or_else(Vec::new, |it| it.bands.clone()),
        }
    }

    fn point(&self, year: i16, point: &Point) -> PointRecord {
        let mut record = PointRecord {
            year,
            kind: Word::of(&Held::Absent),
            id: None,
            bloc: None,
            index: None,
            rank: None,
            band: None,
            reason: None,
            contents: BTreeMap::new(),
        };
        match point {
            Point::Own(entry) => {
                record.kind = Word::of(&Held::Own);
                record.id = Some(entry.unit.to_string());
                record.bloc = Some(entry.bloc.0.clone());
                match &entry.fate {
                    Fate::Ranked(placing) => {
                        record.index = Some(self.percent(placing.index));
                        record.rank = Some(placing.rank);
                        record.band = Some(placing.band.clone());
                    }
                    Fate::Unranked(reason) => {
                        record.kind = Word::of(&Held::Unranked);
                        record.reason = Some(reason.clone());
                    }
                }
                let shares = contents::of_unit(self.history, &entry.bloc, year, entry);
                let named = |(at, share)| (self.content_id(at), self.percent(share));
                record.contents = shares.into_iter().map(named).collect();
            }
            Point::Composed { index, .. } => {
                record.kind = Word::of(&Held::Composed);
                record.index = Some(self.percent(*index));
            }
            Point::Absent => {}
        }
        record
    }

    fn content_id(&self, at: usize) -> String {
        self.history.period.contents[at].id.clone()
    }

    fn step(&self, it: &Move) -> MoveRecord {
        let criteria = it.criteria_unknown.then_some(Word::of(&Unsplit::Criteria));
        let appraisal = it.appraisal_unknown.then_some(Word::of(&Unsplit::Appraisal));
        MoveRecord {
            line: self.id(it.line),
            bloc: it.bloc.0.clone(),
            from: it.from,
            to: it.to,
            before: it.before,
            after: it.after,
            performance: it.performance,
            criteria: it.criteria,
            units: it.units,
            appraisal: it.appraisal,
            unknown: criteria.into_iter().chain(appraisal).collect(),
        }
    }

    fn content(&self, trend: &contents::ContentTrend) -> ContentRecord {
        ContentRecord {
            bloc: trend.bloc.0.clone(),
            content: self.content_id(trend.content),
            shares: trend.shares.iter().map(|(year, it)| (*year, self.percent(*it))).collect(),
            rating: Word::of(&trend.rating),
        }
    }

    fn weak(&self, item: &contents::WeakItem) -> WeakRecord {
        WeakRecord {
            bloc: item.bloc.0.clone(),
            era: self.history.period.eras[item.era].id.clone(),
            code: item.code.to_string(),
            shares: item.shares.iter().map(|(year, it)| (*year, self.percent(*it))).collect(),
            weak: item.weak,
        }
    }

    fn awards(&self, proposals: &Proposals) -> AwardsRecord {
        let proposal = |it: &Proposal| ProposalRecord {
            line: self.id(it.line),
            person: it.person.as_ref().map(|it| it.0.clone()),
            rule: it.rule + 1,
            key: self.percent(it.key),
            amount: it.amount,
            margin: it.margin.map(|it| self.percent(it)),
        };
        let passed_over = proposals.passed_over.iter().map(|it| PassedOverRecord {
            line: self.id(it.line),
            person: it.person.clone(),
            why: Word::of(&it.why),
        });
        AwardsRecord {
            salary: proposals.salary.as_ref().map(|it| it.amount),
            collectives: proposals.collectives.iter().map(proposal).collect(),
            individuals: proposals.individuals.iter().map(proposal).collect(),
            passed_over: passed_over.collect(),
        }
    }
}

fn migration(it: &Migration) -> MigrationRecord {
    MigrationRecord { bloc: it.bloc.0.clone(), from: it.from, to: it.to, counts: it.counts.clone() }
}
