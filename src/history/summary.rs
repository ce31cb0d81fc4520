//! A history → everything that is told of it.

use crate::finding::Findings;
use crate::history::History;
use crate::history::award::{self, Proposals};
use crate::history::contents::{self, ContentTrend, WeakItem};
use crate::history::effect;
use crate::history::migration::{self, Migration};
use crate::history::moves::{self, Move};
use crate::history::series::{self, Continuity, Series, Stats};
use crate::round::settings::BlocId;

/// Everything computed from a history.
#[derive(Clone, Debug)]
pub struct Summary<'a> {
    pub series: Vec<Series<'a>>,
    pub moves: Vec<Move>,
    /// Of each pair of years next to each other that have results, all blocs.
    pub steps: Vec<Migration>,
    /// From the first to the last year with results.
    pub whole: Vec<Migration>,
    pub trends: Vec<ContentTrend>,
    pub weak: Vec<WeakItem>,
    pub proposals: Option<Proposals>,
}

/// Sums up. What is to be said about ties at the awards goes to `findings`.
pub fn sum_up<'a>(history: &'a History, findings: &mut Findings) -> Summary<'a> {
    let series = series::series(history);
    let years: Vec<i16> = history.years.keys().copied().collect();
    let matrices = |from, to| migration::migrations(history, &series, from, to);
    let steps = years.windows(2).flat_map(|pair| matrices(pair[0], pair[1])).collect();
    let whole = match (years.first(), years.last()) {
        (Some(first), Some(last)) if first < last => matrices(*first, *last),
        _ => Vec::new(),
    };
    let proposals = award::propose(history, &series, findings);
    effect::nominations(history, &series, findings);
    Summary {
        moves: moves::moves(history),
        steps,
        whole,
        trends: contents::trends(history),
        weak: contents::weak_items(history),
        proposals,
        series,
    }
}

impl<'a> Summary<'a> {
    /// A bloc's series: those compared over the period by mean, best first, then
    /// the others in register order.
    pub fn of_bloc(&self, history: &History, bloc: &BlocId) -> Vec<&Series<'a>> {
        let least = history.period.limits.ranked_years;
        let is_compared = |it: &Series| it.stats.as_ref().is_some_and(|it| least <= it.years);
        let mut series: Vec<&Series> = self.series.iter().filter(|it| it.bloc == *bloc).collect();
        series.sort_by(|a, b| {
            let mean = |it: &Series| it.stats.as_ref().map(|it| it.mean);
            let (left, right) = (is_compared(a), is_compared(b));
            let by_mean = || if left { mean(b).cmp(&mean(a)) } else { std::cmp::Ordering::Equal };
            right.cmp(&left).then_with(by_mean)
        });
        series
    }

    /// The lines of a bloc that are compared over the period: ranked in enough
    /// years, and ranked in the last one.
    pub fn compared(&self, history: &History, bloc: &BlocId) -> Vec<(&Series<'a>, &Stats)> {
        let last = history.years.keys().next_back().copied().unwrap_or_default();
        let series = self.of_bloc(history, bloc).into_iter();
        let compared = series.filter_map(|it| Some((it, it.stats.as_ref()?)));
        let compared = compared.filter(|it| history.period.limits.ranked_years <= it.1.years);
        compared.filter(|it| it.1.last.0 == last).collect()
    }
}

impl Continuity {
    /// In words.
    pub fn told(self) -> &'static str {
        match self {
            Continuity::Continuous => "liên tục",
            Continuity::Broken => "đứt đoạn",
            Continuity::Composed => "ghép",
        }
    }
}
