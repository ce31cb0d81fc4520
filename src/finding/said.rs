//! A sentence and the facts it tells. The sentence is phrased once, beside its
//! code; whoever has to decide something asks for the facts.

use super::{CellRef, Code, Place};
use crate::day::Day;
use crate::points::{Percent, Points, Quantity};

/// What a finding says: a sentence under a code, made of facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub(super) code: Code,
    pub(super) text: String,
    pub(super) facts: Facts,
}

/// The facts of a sentence, each under the name of its slot.
pub(super) type Facts = Vec<(&'static str, Fact)>;

/// One fact of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    Item(Item),
    Unit(Unit),
    Waived(Waived),
    Text(String),
    Texts(Vec<String>),
    Points(Points),
    Quantity(Quantity),
    Percent(Percent),
    Day(Day),
    Whole(i64),
    Cell(CellRef),
    Place(Place),
    Files(Vec<String>),
    /// The key that confirms what is doubted.
    Doubt(String),
}

/// The code of the item that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item(pub String);

/// The id of the unit that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit(pub String);

/// The waiver that turned a finding into a note.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waived {
    pub approver: String,
    pub dated: Day,
    /// The waiver's own line, which no other has.
    pub place: Place,
}

/// Words as they were found, or names.
#[derive(Clone, Debug)]
pub struct Text(String);

/// Several words, told with commas between them.
#[derive(Clone, Debug)]
pub struct Texts(Vec<String>);

/// Files by their paths in the round's folder. A unit knows their names only.
#[derive(Clone, Debug)]
pub struct Files(Vec<String>);

/// What may have been meant by an unknown word, if anything is near.
#[derive(Clone, Debug)]
pub struct Near(Option<String>);

/// What can stand in a slot of a sentence.
pub(super) trait Slot {
    fn note(self, name: &'static str, facts: Facts) -> Facts;
}

/// Declares sentences: the code, the sentence's name, its slots and its words.
/// A slot without a fact does not compile, neither does a word without a slot.
macro_rules! sentences {
    ($($code:ident $name:ident { $($slot:ident: $kind:ty),* } $words:literal)+) => {$(
        #[doc = concat!("`", $words, "`")]
        pub struct $name<$($slot),*> { $(pub $slot: $slot),* }

        impl<$($slot: Into<$kind>),*> From<$name<$($slot),*>> for Said {
            fn from(given: $name<$($slot),*>) -> Said {
                let $name { $($slot),* } = given;
                $(let $slot: $kind = $slot.into();)*
                let text = format_args!($words).to_string();
                let facts = Vec::new();
                $(let facts = Slot::note($slot, stringify!($slot), facts);)*
                Said { code: Code::$code, text, facts }
            }
        }
    )+};
}

pub(super) use sentences;

impl Said {
    pub fn code(&self) -> Code {
        self.code
    }

    /// Both, the second after the first.
    #[must_use]
    pub fn and(mut self, more: Said) -> Said {
        self.text = format!("{self}; {more}");
        self.facts.extend(more.facts);
        self
    }

    /// The same, said of a key of the settings.
    #[must_use]
    pub fn of_key(self, key: &str) -> Said {
        self.after(format!("{key}: "), [("key", Fact::Text(key.to_owned()))])
    }

    /// The same, said of an item.
    #[must_use]
    pub fn of_item(self, item: impl Into<Item>) -> Said {
        let item = item.into();
        self.after(format!("{item}: "), [("item", Fact::Item(item))])
    }

    /// The same, said of a unit.
    #[must_use]
    pub fn of_unit(self, unit: impl Into<Unit>) -> Said {
        let unit = unit.into();
        self.after(format!("{unit}: "), [("unit", Fact::Unit(unit))])
    }

    /// The same, said of an item of a unit.
    #[must_use]
    pub fn of(self, unit: impl Into<Unit>, item: impl Into<Item>) -> Said {
        let (unit, item) = (unit.into(), item.into());
        let name = format!("{unit}, {item} – ");
        self.after(name, [("unit", Fact::Unit(unit)), ("item", Fact::Item(item))])
    }

    fn after<const N: usize>(mut self, name: String, facts: [(&'static str, Fact); N]) -> Said {
        self.text = name + &self.text;
        self.facts.splice(..0, facts);
        self
    }

    /// The same under another code: a table is read for many kinds of files.
    #[must_use]
    pub fn under(self, code: Code) -> Said {
        Said { code, ..self }
    }

    /// The same, which a confirmed key takes back.
    #[must_use]
    pub fn unless(mut self, key: String) -> Said {
        self.facts.push(("doubt", Fact::Doubt(key)));
        self
    }

    /// The same as a note, because a waiver sets the rule aside.
    #[must_use]
    pub fn waived(mut self, by: impl Into<Waived>) -> Said {
        let by = by.into();
        let (text, Waived { approver, dated, .. }) = (&self.text, &by);
        self.text = format!("{text}; được miễn trừ, {approver} phê duyệt ngày {dated}");
        self.facts.push(("waiver", Fact::Waived(by)));
        self.under(Code::RuleWaived)
    }

    /// The same as a note where there is a waiver.
    #[must_use]
    pub fn waived_if(self, by: Option<impl Into<Waived>>) -> Said {
        match by {
            Some(by) => self.waived(by),
            None => self,
        }
    }
}

macro_rules! displayed {
    ($($kind:ty: $value:ident => $words:expr,)+) => {$(
        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let $value = self;
                f.write_str(&$words)
            }
        }
    )+};
}

displayed! {
    Said: it => it.text,
    Item: it => it.0,
    Unit: it => it.0,
    Text: it => it.0,
    Texts: it => it.0.join(", "),
    Files: it => it.0.join("; "),
    Near: it => it.0.as_ref().map(|near| format!("; có phải «{near}»?")).unwrap_or_default(),
}

macro_rules! slots {
    ($($kind:ty: $value:ident => $fact:expr,)+) => {$(
        impl Slot for $kind {
            fn note(self, name: &'static str, mut facts: Facts) -> Facts {
                let $value = self;
                facts.push((name, $fact));
                facts
            }
        }
    )+};
}

slots! {
    Item: it => Fact::Item(it),
    Unit: it => Fact::Unit(it),
    Text: it => Fact::Text(it.0),
    Texts: it => Fact::Texts(it.0),
    Files: it => Fact::Files(it.0),
    Points: it => Fact::Points(it),
    Quantity: it => Fact::Quantity(it),
    Percent: it => Fact::Percent(it),
    Day: it => Fact::Day(it),
    i64: it => Fact::Whole(it),
    i16: it => Fact::Whole(it.into()),
    u32: it => Fact::Whole(it.into()),
    usize: it => Fact::Whole(i64::try_from(it).unwrap_or(i64::MAX)),
    CellRef: it => Fact::Cell(it),
    Place: it => Fact::Place(it),
}

impl Slot for Near {
    fn note(self, name: &'static str, mut facts: Facts) -> Facts {
        facts.extend(self.0.map(|near| (name, Fact::Text(near))));
        facts
    }
}

/// A sentence within another hands over its own facts.
impl Slot for Said {
    fn note(self, _: &'static str, mut facts: Facts) -> Facts {
        facts.extend(self.facts);
        facts
    }
}

impl<T: ToString + ?Sized> From<&T> for Text {
    fn from(text: &T) -> Text {
        Text(text.to_string())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text(text)
    }
}

impl<T: ToString> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Texts {
        Texts(texts.into_iter().map(|it| it.to_string()).collect())
    }
}

impl<T: ToString> From<Vec<T>> for Texts {
    fn from(texts: Vec<T>) -> Texts {
        texts.into_iter().collect()
    }
}

impl From<&String> for Files {
    fn from(file: &String) -> Files {
        Files(vec![file.clone()])
    }
}

impl From<Vec<String>> for Files {
    fn from(files: Vec<String>) -> Files {
        Files(files)
    }
}

impl From<Option<&str>> for Near {
    fn from(near: Option<&str>) -> Near {
        Near(near.map(str::to_owned))
    }
}
