//! The text of *Tham số* → its segments, taken by name; what nobody asks for is
//! unknown, what is asked for and not there is lacking.

use crate::finding::Code;
use crate::points::{Points, Quantity};
use crate::table::did_you_mean;
use crate::text;

/// What is wrong with a rule. Its place is the caller's to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub code: Code,
    pub message: String,
}

impl Wrong {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Wrong {
        Wrong { code, message: message.into() }
    }

    pub(super) fn parameter(message: impl Into<String>) -> Wrong {
        Wrong::new(Code::RuleParameter, message)
    }
}

/// The segments of *Tham số*, taken one by one; what is left over is unknown.
pub(super) struct Parameters {
    pub(super) segments: Vec<String>,
    /// The keys that were asked for.
    asked: Vec<&'static str>,
    /// Those of them that must be there and are not.
    lacking: Vec<&'static str>,
    pub(super) wrong: Vec<Wrong>,
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
            let message = format!("«{key}» không phải tỷ lệ phần trăm lớn hơn 0: {value}");
            self.wrong.push(Wrong::parameter(message));
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
            self.wrong.push(Wrong::parameter(format!("«{key}» ghi hai lần")));
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
            let near = did_you_mean(near);
            let message = format!("Cách chấm này không có tham số «{segment}»{near}");
            self.wrong.push(Wrong::parameter(message));
        }
        let lacking = std::mem::take(&mut self.lacking).into_iter();
        let lacking = lacking.map(|key| Wrong::parameter(format!("Thiếu tham số «{key} = …»")));
        self.wrong.extend(lacking);
    }
}

/// `left = points`; the last sign of equality counts, so that `>=3 = 1,5` and
/// a label with one in it can be read.
pub(super) fn with_points(segment: &str) -> Result<(String, Points), Wrong> {
    let Some((left, right)) = segment.rsplit_once('=') else {
        return Err(Wrong::parameter(format!("Thiếu «= điểm»: {segment}")));
    };
    Ok((text::clean(left), points(right)?))
}

pub(super) fn points(value: &str) -> Result<Points, Wrong> {
    let number = text::number(value).ok().filter(|number| !number.is_negative());
    number.map(Quantity::points).ok_or_else(|| {
        Wrong::parameter(format!("Điểm không phải là số không âm: «{}»", text::clean(value)))
    })
}

pub(super) fn best_not_max(best: Points, max: Points) -> Wrong {
    Wrong::new(Code::BestNotMax, format!("Mức cao nhất {best} khác điểm tối đa {max}"))
}
