//! The text of *Tham số* → its segments, taken by name; what nobody asks for is
//! unknown, what is asked for and not there is lacking.

use crate::finding::{Said, rule as said};
use crate::points::{Points, Quantity};
use crate::text;

/// The segments of *Tham số*, taken one by one; what is left over is unknown.
pub(super) struct Parameters {
    pub(super) segments: Vec<String>,
    /// The keys that were asked for.
    asked: Vec<&'static str>,
    /// Those of them that must be there and are not.
    lacking: Vec<&'static str>,
    /// What is wrong with the rule. Its place is the caller's to say.
    pub(super) wrong: Vec<Said>,
}

impl Parameters {
    pub(super) fn split(parameters: &str) -> Parameters {
        let segments = parameters.split(';').map(text::clean).filter(|it| !it.is_empty());
        Parameters {
            segments: segments.collect(),
            asked: Vec::new(),
            lacking: Vec::new(),
            wrong: Vec::new(),
        }
    }

    pub(super) fn say(&mut self, said: impl Into<Said>) {
        self.wrong.push(said.into());
    }

    pub(super) fn needed_percent(&mut self, key: &'static str) -> Option<Quantity> {
        let value = self.needed(key)?;
        self.as_percent(key, &value)
    }

    pub(super) fn percent(&mut self, key: &'static str) -> Option<Quantity> {
        let value = self.value(key)?;
        self.as_percent(key, &value)
    }

    fn as_percent(&mut self, key: &str, value: &str) -> Option<Quantity> {
        let number = text::number(value.trim_end_matches('%')).ok();
        let percent = number.filter(|it| Quantity::ZERO < *it && *it <= Quantity::whole(1000));
        if percent.is_none() {
            self.say(said::PercentUnfit { name: key, found: value });
        }
        percent
    }

    pub(super) fn needed(&mut self, key: &'static str) -> Option<String> {
        let value = self.value(key);
        if value.is_none() {
            self.lacking.push(key);
        }
        value
    }

    /// Takes the segment `key = value`.
    pub(super) fn value(&mut self, key: &'static str) -> Option<String> {
        self.asked.push(key);
        let is_it = |segment: &String| {
            segment.split_once('=').is_some_and(|(left, _)| text::key(left) == text::key(key))
        };
        let at = self.segments.iter().position(is_it)?;
        let segment = self.segments.remove(at);
        if self.segments.iter().any(is_it) {
            self.segments.retain(|it| !is_it(it));
            self.say(said::ParameterTwice { name: key });
        }
        segment.split_once('=').map(|(_, value)| text::clean(value))
    }

    /// Takes all segments that are left, but not one that is a lacking key
    /// misspelt.
    pub(super) fn rest(&mut self) -> Vec<String> {
        let is_misspelt = |segment: &String| {
            let key = segment.split('=').next().unwrap_or_default();
            text::nearest(key, self.lacking.iter().copied()).is_some()
        };
        let segments = std::mem::take(&mut self.segments).into_iter();
        let (misspelt, rest) = segments.partition(is_misspelt);
        self.segments = misspelt;
        rest
    }

    /// What nobody asked for is unknown, or one of the lacking keys misspelt.
    pub(super) fn close(&mut self) {
        for segment in std::mem::take(&mut self.segments) {
            let key = segment.split('=').next().unwrap_or(&segment).trim();
            let near = text::nearest(key, self.asked.iter().copied());
            self.lacking.retain(|key| near != Some(*key));
            self.wrong.push(said::ParameterUnknown { found: &segment, near }.into());
        }
        let lacking = std::mem::take(&mut self.lacking).into_iter();
        self.wrong.extend(lacking.map(|name| said::ParameterMissing { name }.into()));
    }
}

/// `left = points`; the last sign of equality counts, so that `>=3 = 1,5` and
/// a label with one in it can be read.
pub(super) fn with_points(segment: &str) -> Result<(String, Points), Said> {
    let Some((left, right)) = segment.rsplit_once('=') else {
        return Err(said::PointsMissing { found: segment }.into());
    };
    Ok((text::clean(left), points(right)?))
}

pub(super) fn points(value: &str) -> Result<Points, Said> {
    let number = text::number(value).ok().filter(|number| !number.is_negative());
    let unclear = || said::PointsUnclear { found: text::clean(value) }.into();
    number.map(Quantity::points).ok_or_else(unclear)
}
