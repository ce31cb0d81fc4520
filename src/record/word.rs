//! The words by which a record names what the judgement calls by variants: one
//! table, for writing and for reading.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::award::DeclineReason;
use crate::finding::Severity;
use crate::form::Fate;
use crate::history::contents::Rating;
use crate::history::series::Continuity;
use crate::margin::{Firm, Kind, Mark, Rest};
use crate::rank::Reason;
use crate::score::{Lack, ScoredBy};

/// What is named by a word.
pub trait Named: Sized + 'static {
    /// Every word, in the order of the variants.
    const WORDS: &'static [&'static str];

    /// The word of a variant, whatever else that carries.
    fn word(&self) -> &'static str;

    /// The variant of a word, of one that carries nothing.
    fn bare(word: &str) -> Option<Self>;
}

/// The word of a record for a `T`.
#[derive(Clone, PartialEq, Eq)]
pub struct Word<T> {
    word: &'static str,
    of: PhantomData<T>,
}

impl<T: Named> Word<T> {
    pub fn of(value: &T) -> Word<T> {
        Word { word: value.word(), of: PhantomData }
    }

    /// The word itself.
    pub fn spelled(&self) -> &'static str {
        self.word
    }

    /// What is named; `None` when it carries more than its word says.
    pub fn bare(&self) -> Option<T> {
        T::bare(self.word)
    }
}

impl<T> fmt::Debug for Word<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.word.fmt(out)
    }
}

impl<T> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word)
    }
}

impl<'de, T: Named> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Word { word: "", of: PhantomData })
    }
}

impl<T: Named> Visitor<'_> for Word<T> {
    type Value = Word<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "one of {:?}", T::WORDS)
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<Word<T>, E> {
        let word = T::WORDS.iter().find(|it| **it == found);
        let word = word.ok_or_else(|| E::unknown_variant(found, T::WORDS))?;
        Ok(Word { word, ..self })
    }
}

/// Whether anything is still missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Final,
    /// What is ranked is final, and units are missing.
    Partial,
    Provisional,
}

/// What a unit's year is in a series.
#[derive(Clone, Copy, Debug)]
pub(super) enum Held {
    Own,
    Unranked,
    Composed,
    Absent,
}

/// A part of a move that cannot be told from the unit's own doing.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unsplit {
    Criteria,
    Appraisal,
}

macro_rules! bare {
    ($name:ident $variant:ident) => {
        Some($name::$variant)
    };
    ($name:ident $variant:ident $($more:tt)+) => {
        None
    };
}

macro_rules! words {
    ($($name:ident { $($variant:ident $({$rest:tt})? $(or $also:ident)? $word:literal)* })*) => {
        $(impl Named for $name {
            const WORDS: &'static [&'static str] = &[$($word),*];

            fn word(&self) -> &'static str {
                match self { $($name::$variant $({$rest})? $(| $name::$also {..})? => $word,)* }
            }

            fn bare(word: &str) -> Option<Self> {
                match word {
                    $($word => bare!($name $variant $($rest)? $($also)?),)*
                    _ => None,
                }
            }
        })*

        #[cfg(test)]
        pub(super) const TABLES: &[(&str, &[&str])] = &[$((stringify!($name), $name::WORDS)),*];
    };
}

words! {
    Status {
        Final "chinh-thuc"
        Partial "chinh-thuc-mot-phan"
        Provisional "tam-tinh"
    }
    Lack {
        Appraisal "tham-dinh"
        Survey "khao-sat"
        Faulty "phieu-loi"
        Adjustment "thuong-tru"
        Ranking "xep-hang"
        Everybody "moi-don-vi"
    }
    Reason {
        Silent or Refused "chua-nop"
        SetAside "gat-ra"
        Exempt{..} "mien"
        ShareTooSmall "ty-le-thap"
        NoSurvey "chua-khao-sat"
        Ended "khong-con"
        NotYet "chua-co"
    }
    ScoredBy {
        Unit "don-vi"
        Figures "so-lieu"
        Appraiser "tham-dinh"
        Survey "khao-sat"
        Exempt "khong-ap-dung"
        NothingArose "khong-phat-sinh"
        Faulty "muc-loi"
        NoSurvey "chua-khao-sat"
    }
    DeclineReason {
        Unranked "khong-xep-hang"
        NoRule "khong-co-quy-dinh"
        Gone "khong-con"
        Excluded{..} "loai-tru"
        Commended{..} "da-khen"
        TooFewYears{..} "it-nam"
        RankTooLow "thu-hang"
        IndexTooLow "chi-so"
        BandTooLow or BandTooRare "xep-loai"
        MeanTooLow{..} "trung-binh"
        GainTooLow{..} "muc-tang"
        Late "nop-muon"
        NotNominated "khong-de-nghi"
        QuotaFull "het-suat"
        Doubtful or LikeExcluded "chua-ro"
        ProposedElsewhere "da-xet"
        UnitQuotaFull "het-suat-don-vi"
        TiedOut "dong-hang"
        AwaitsCouncil "cho-quyet-dinh"
    }
    Fate {
        Counted "duoc-tinh"
        Provisional "tam-tinh"
        SetAside "gat-ra"
        Superseded "thay-the"
        Stray "bo-qua"
    }
    Severity { Error "loi" Warning "canh-bao" Note "ghi-chu" }
    Kind { First "hang-nhat" Award{..} "khen-thuong" Band{..} "xep-loai" Pair "lien-nhau" }
    Firm { Indistinct "khong-phan-biet" Close "sat-nut" Certain "chac-chan" }
    Mark { Appraised "tham-dinh-doi" NoEvidence "khong-minh-chung" FewAnswers "it-phieu" }
    Rest { Bonus "thuong-tru" NotApplicable "khong-ap-dung" TieBreak "tieu-chi-phu" }
    Continuity { Continuous "lien-tuc" Broken "dut-doan" Composed "ghep" }
    Held { Own "rieng" Unranked "khong-xep-hang" Composed "ghep" Absent "khong-co" }
    Unsplit { Criteria "doi-bo-chi-so" Appraisal "tham-dinh" }
    Rating { Hold "giu" Watch "theo-doi" Lift "nang" }
}
