//! A round and its tally → the [`Record`].

use serde::{Serialize, Serializer};

use crate::award::{Award, Awards, Declined};
use crate::finding::Finding;
use crate::form::Receipt;
use crate::points::{Points, Quantity};
use crate::rank::{Ranking, Standing, Unranked};
use crate::record::contents::{
    AreaRecord, AwardRecord, AwardsRecord, BlocRecord, CardRecord, DeclinedRecord, FindingRecord,
    FormRecord, ItemRecord, PersonRecord, Record, RoundRecord, StandingRecord, UnrankedRecord,
    VERSION, WaiverRecord,
};
use crate::record::input::Input;
use crate::record::word::{Status, Word};
use crate::round::Round;
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;
use crate::round::settings::Bloc;
use crate::round::waiver::Waiver;
use crate::score::{ItemScore, ScoreCard};
use crate::tally::Tally;
use crate::words;

/// Everything the round came to, before it has outputs and a code. `program` is
/// its name and version.
pub fn of<'a>(
    round: &'a Round,
    tally: &'a Tally,
    inputs: &[Input],
    program: &str,
) -> Record<Items<'a>> {
    let settings = &round.settings;
    let source = Source { round, tally };
    let blocs = settings.blocs.iter().filter_map(|bloc| {
        let ranking = tally.rankings.iter().find(|it| it.bloc == bloc.id)?;
        Some(source.bloc(bloc, ranking))
    });
    Record {
        version: VERSION.to_owned(),
        program: program.to_owned(),
        round: RoundRecord {
            id: settings.id.clone(),
            year: settings.year,
            title: settings.title.clone(),
            source: settings.source.clone(),
        },
        status: Word::of(match &tally.lacks {
            lacks if lacks.is_empty() => &Status::Final,
            lacks if words::is_partial(lacks) => &Status::Partial,
            _ => &Status::Provisional,
        }),
        lacks: tally.lacks.iter().map(Word::of).collect(),
        blocs: blocs.collect(),
        areas: Vec::new(),
        awards: tally.awards.as_ref().map(|awards| source.awards(awards)),
        analysis: Vec::new(),
        firmness: None,
        waivers: round.waivers.0.iter().map(|it| waiver(it, tally)).collect(),
        forms: tally.intake.receipts.iter().map(form).collect(),
        findings: tally.findings.iter().map(finding).collect(),
        inputs: inputs.to_vec(),
        amendment: None,
        outputs: None,
        seal: None,
    }
}

/// What the areas of each bloc's sets are called, of the sets that any unit is
/// scored by.
pub fn areas(round: &Round) -> Vec<AreaRecord> {
    let mut areas = Vec::new();
    for bloc in &round.settings.blocs {
        for id in bloc.sets.iter().filter(|id| round.units(bloc).any(|it| it.set == **id)) {
            areas.extend(round.sets[id].areas().map(|area| AreaRecord {
                bloc: bloc.id.0.clone(),
                set: id.to_string(),
                code: area.code().to_string(),
                name: area.title().to_owned(),
            }));
        }
    }
    areas
}

/// The items of a card, made while they are written.
pub struct Items<'a> {
    source: Source<'a>,
    card: &'a ScoreCard,
}

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let items = self.card.items.iter();
        serializer.collect_seq(items.map(|(code, it)| self.source.item(self.card, code, &it)))
    }
}

/// What every part of the record is told from.
#[derive(Clone, Copy)]
struct Source<'a> {
    round: &'a Round,
    tally: &'a Tally,
}

impl<'a> Source<'a> {
    fn name(&self, unit: &UnitId) -> String {
        self.round.register.name(unit).to_owned()
    }

    fn points(&self, points: Points) -> String {
        points.data(self.round.settings.scoring.places)
    }

    /// With the places of an index, or as many more as it was measured with.
    fn percent(&self, percent: Quantity) -> String {
        let places = self.round.settings.scoring.index_places;
        percent.percent().data(places.max(percent.places()))
    }

    fn bloc(&self, bloc: &Bloc, ranking: &'a Ranking) -> BlocRecord<Items<'a>> {
        let places = self.round.settings.scoring.index_places;
        let standing = |it: &'a Standing| self.standing(bloc, it);
        BlocRecord {
            id: bloc.id.0.clone(),
            name: bloc.name.clone(),
            mean: ranking.mean.map(|mean| mean.data(places)),
            standings: ranking.standings.iter().map(standing).collect(),
            unranked: ranking.unranked.iter().map(|it| self.unranked(it)).collect(),
        }
    }

    fn standing(&self, bloc: &Bloc, standing: &'a Standing) -> StandingRecord<Items<'a>> {
        let unit = &standing.card.unit;
        let places = self.round.settings.scoring.index_places;
        let last = self.tally.last.as_ref().and_then(|last| last.standings.get(unit));
        StandingRecord {
            unit: unit.to_string(),
            name: self.name(unit),
            rank: standing.rank,
            band: bloc.bands[standing.band].name.clone(),
            last_rank: last.map(|it| it.rank),
            last_index: last.map(|it| it.index.data(places)),
            card: self.card(&standing.card),
        }
    }

    fn unranked(&self, unranked: &'a Unranked) -> UnrankedRecord<Items<'a>> {
        UnrankedRecord {
            unit: unranked.unit.to_string(),
            name: self.name(&unranked.unit),
            reason: Word::of(&unranked.reason),
            told: words::reason(unranked, self.round),
            card: unranked.card.as_ref().map(|card| self.card(card)),
        }
    }

    fn card(&self, card: &'a ScoreCard) -> CardRecord<Items<'a>> {
        let scoring = &self.round.settings.scoring;
        CardRecord {
            index: card.index.map(|it| scoring.shown(it).data(scoring.index_places)),
            self_total: self.points(card.self_total),
            appraised: self.points(card.appraised),
            survey: card.survey.map(|it| self.points(it)),
            bonus: self.points(card.bonus),
            penalty: self.points(card.penalty),
            total: self.points(card.total),
            possible: self.points(card.possible),
            assessed: card.assessed.percent().data(scoring.index_places),
            items: Items { source: *self, card },
        }
    }

    fn item(&self, card: &ScoreCard, code: ItemCode, item: &ItemScore) -> ItemRecord {
        ItemRecord {
            code: code.to_string(),
            max: self.points(item.max),
            self_score: item.self_score.map(|it| self.points(it)),
            appraised: item.appraised().map(|it| self.points(it)),
            satisfaction: card.satisfaction.get(&code).map(|it| self.percent(*it)),
            points: item.points.map(|it| self.points(it)),
            by: Word::of(&item.by),
        }
    }

    fn awards(&self, awards: &Awards) -> AwardsRecord {
        AwardsRecord {
            salary: awards.salary.as_ref().map(|(amount, _)| *amount),
            collectives: awards.collectives.iter().map(|it| self.award(it)).collect(),
            individuals: awards.individuals.iter().map(|it| self.person(it)).collect(),
            declined: awards.declined.iter().map(declined).collect(),
        }
    }

    fn award(&self, award: &Award) -> AwardRecord {
        let places = self.round.settings.scoring.index_places;
        AwardRecord {
            unit: award.unit.to_string(),
            name: self.name(&award.unit),
            rule: award.rule + 1,
            rank: award.rank,
            index: award.index.data(places),
            amount: award.amount,
            margin: award.margin.map(|it| it.data(places)),
        }
    }

    fn person(&self, award: &Award) -> PersonRecord {
        let nominee = award.nominee.as_ref();
        PersonRecord {
            person: nominee.map_or(String::new(), |it| it.name.clone()),
            post: nominee.map_or(String::new(), |it| it.post.clone()),
            award: self.award(award),
        }
    }
}

fn waiver(waiver: &Waiver, tally: &Tally) -> WaiverRecord {
    WaiverRecord {
        unit: waiver.unit.to_string(),
        rule: waiver.rule.word().to_owned(),
        item: waiver.item.map(|it| it.to_string()),
        requester: waiver.requester.clone(),
        approver: waiver.approver.clone(),
        dated: waiver.dated.to_string(),
        reason: waiver.reason.clone(),
        is_used: tally.is_used(waiver),
    }
}

fn declined(declined: &Declined) -> DeclinedRecord {
    DeclinedRecord {
        unit: declined.unit.to_string(),
        person: declined.person.clone(),
        reason: Word::of(&declined.reason),
    }
}

fn form(receipt: &Receipt) -> FormRecord {
    FormRecord {
        input: Input { file: receipt.file.clone(), sha256: receipt.sha256.clone() },
        unit: receipt.unit.as_ref().map(UnitId::to_string),
        fate: Word::of(&receipt.fate),
    }
}

pub(super) fn finding(finding: &Finding) -> FindingRecord {
    let spot = finding.place.spot();
    FindingRecord {
        code: finding.code.info().id.to_owned(),
        severity: Word::of(&finding.severity()),
        file: finding.place.file.clone(),
        sheet: finding.place.sheet_name().map(str::to_owned),
        spot: (!spot.is_empty()).then_some(spot),
        message: finding.message().to_owned(),
        help: finding.help().to_owned(),
    }
}
