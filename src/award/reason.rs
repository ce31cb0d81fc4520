//! Why somebody gets nothing: one set of reasons for a round and for a summary.

use crate::points::Percent;

/// Why somebody gets nothing, from the farthest from a place to the nearest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeclineReason {
    Unranked,
    /// No rule of a summary is for the unit's bloc, or it was never ranked.
    NoRule,
    /// The unit was gone before the period ended.
    Gone,
    /// On a list of exclusions, with its reason.
    Excluded(String),
    /// Commended for the same achievement already, by this decision.
    Commended(String),
    /// Ranked in too few years of a period.
    TooFewYears {
        had: usize,
        needed: usize,
    },
    RankTooLow,
    IndexTooLow,
    BandTooLow,
    /// Reached the band in too few years of a period.
    BandTooRare {
        had: usize,
        needed: usize,
    },
    /// The mean index of a period.
    MeanTooLow(Percent),
    /// The gain over a period.
    GainTooLow(Percent),
    Late,
    NotNominated,
    /// It is not certain who was nominated.
    Doubtful,
    /// May be this person of the list of exclusions.
    LikeExcluded(String),
    /// Proposed in another unit already: the secretariat says that it is one
    /// person.
    ProposedElsewhere,
    /// The quota of the rule was full, or no rule is for the bloc.
    QuotaFull,
    /// The unit's own quota of persons was full.
    UnitQuotaFull,
    /// Equal across the last place and the rule takes none of them.
    TiedOut,
    /// Equal across the last place; the council decides.
    AwaitsCouncil,
}
