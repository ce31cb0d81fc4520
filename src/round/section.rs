//! A section of a settings file → typed values, with a finding at the line of
//! every key that is missing, unknown or ill-valued; never only the first.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::day::Day;
use crate::finding::setting as said;
use crate::finding::{Findings, Place, Said, round};
use crate::points::Quantity;
use crate::round::terms::Confirmed;
use crate::text;

/// The text of the settings, and what was noticed in it so far.
pub(crate) struct Source<'a> {
    file: &'a str,
    text: &'a str,
    findings: RefCell<Findings>,
    confirmed: RefCell<Confirmed>,
    /// The lines and keys of texts that still have a mark of the template.
    unfilled: RefCell<Vec<(usize, String)>>,
}

/// A table of the settings. Keys that were never asked for when the section
/// closes are unknown.
pub(crate) struct Section<'a> {
    source: &'a Source<'a>,
    table: &'a DeTable<'a>,
    /// As the reader finds it: `[cham-diem]`, `[[khoi]] thứ 2`; empty at the
    /// top.
    name: String,
    line: usize,
    asked: Vec<&'static str>,
    /// Asked for, needed and not there.
    lacking: Vec<&'static str>,
}

/// A kind of value: how it is called, and how it is read.
pub(crate) struct Kind<T> {
    pub(crate) words: &'static str,
    pub(crate) read: fn(&DeValue) -> Option<T>,
}

pub(crate) const TEXT: Kind<String> =
    Kind { words: "chữ trong ngoặc kép", read: |value| Some(text::clean(value.as_str()?)) };
pub(crate) const FLAG: Kind<bool> =
    Kind { words: "true hoặc false", read: |value| value.as_bool() };
pub(crate) const WHOLE: Kind<i64> = Kind { words: "số nguyên không âm", read: whole };
pub(crate) const NUMBER: Kind<Quantity> =
    Kind { words: "số không âm, viết bằng dấu chấm", read: number };
pub(crate) const DAY: Kind<Day> =
    Kind { words: "ngày dạng năm-tháng-ngày, ví dụ 2019-12-15", read: day };
pub(crate) const TEXTS: Kind<Vec<String>> =
    Kind { words: "danh sách chữ, ví dụ [\"a\", \"b\"]", read: texts };

/// What a least percentage usually is.
const USUAL_LEAST: [i64; 2] = [10, 100];

/// The key that lists what was confirmed.
const CONFIRMED: &str = "xac-nhan";

/// Reads a settings text: `read` is given its top section when the text can be
/// parsed at all. What was noticed goes to `findings`; what was confirmed is
/// given too, because other files are asked about as well.
pub(crate) fn document<T>(
    file: &str,
    text: &str,
    findings: &mut Findings,
    read: impl FnOnce(Section) -> Option<T>,
) -> Option<(T, Confirmed)> {
    // What Notepad puts before UTF-8 text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source {
        file,
        text,
        findings: RefCell::default(),
        confirmed: RefCell::default(),
        unfilled: RefCell::default(),
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut last = 0;
    for error in &errors {
        let line = source.line(error.span().map_or(0, |span| span.start));
        // One slip can trip the parser several times.
        if line != last {
            let found = text.lines().nth(line - 1).unwrap_or_default().trim();
            source.say(line, said::NotUnderstood { found });
        }
        last = line;
    }
    let read = || {
        let mut top = Section::top(&source, table.get_ref());
        let keys = top.optional(CONFIRMED, &TEXTS).unwrap_or_default();
        let line = top.line_of(CONFIRMED);
        source.confirmed.replace(Confirmed::list(keys, line));
        read(top)
    };
    let value = if errors.is_empty() { read() } else { None };
    source.say_unfilled();
    findings.extend(source.findings.take());
    Some((value?, source.confirmed.into_inner()))
}

fn whole(value: &DeValue) -> Option<i64> {
    let integer = value.as_integer().filter(|it| it.radix() == 10)?;
    integer.as_str().parse().ok().filter(|whole| 0 <= *whole)
}

fn number(value: &DeValue) -> Option<Quantity> {
    let plain = match value {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::Float(float) => float.as_str(),
        _ => return None,
    };
    Quantity::parse(plain).filter(|number| !number.is_negative())
}

/// A date alone, or in quotes as people tend to write it.
fn day(value: &DeValue) -> Option<Day> {
    match value {
        DeValue::Datetime(moment) if moment.time.is_none() => Day::parse(&moment.to_string()),
        DeValue::String(text) => Day::parse(text),
        _ => None,
    }
}

fn texts(value: &DeValue) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|it| (TEXT.read)(it.get_ref())).collect()
}

impl Source<'_> {
    fn say(&self, line: usize, said: impl Into<Said>) {
        self.findings.borrow_mut().say(Place::line(self.file, line), said);
    }

    /// One finding for every mark that the template left to be filled in.
    fn say_unfilled(&self) {
        let mut unfilled = self.unfilled.take();
        unfilled.sort();
        if let Some((line, first)) = unfilled.first() {
            let keys: Vec<&str> = unfilled.iter().map(|it| it.1.as_str()).collect();
            self.say(*line, Said::from(said::KeysUnfilled { keys }).of_key(first));
        }
    }

    /// The line, from 1, that an offset of the text is on.
    fn line(&self, offset: usize) -> usize {
        let before = self.text.bytes().take(offset);
        1 + before.filter(|byte| *byte == b'\n').count()
    }

    fn line_of(&self, value: &Spanned<DeValue>) -> usize {
        self.line(value.span().start)
    }

    /// What stands in the text, on one line and not too long.
    fn quote(&self, value: &Spanned<DeValue>) -> String {
        let found = text::clean(self.text.get(value.span()).unwrap_or_default());
        let short: String = found.chars().take(40).collect();
        if short == found { found } else { format!("{short}…") }
    }
}

impl<'a> Section<'a> {
    fn top(source: &'a Source<'a>, table: &'a DeTable<'a>) -> Section<'a> {
        Section::new(source, table, String::new(), 1)
    }

    fn new(
        source: &'a Source<'a>,
        table: &'a DeTable<'a>,
        name: String,
        line: usize,
    ) -> Section<'a> {
        Section { source, table, name, line, asked: Vec::new(), lacking: Vec::new() }
    }

    /// The line of the section's own head.
    pub(crate) fn line(&self) -> usize {
        self.line
    }

    /// The line of a key; of the section when the key is not there.
    pub(crate) fn line_of(&self, key: &str) -> usize {
        self.table.get(key).map_or(self.line, |value| self.source.line_of(value))
    }

    /// Says something about the value of a key.
    pub(crate) fn say(&self, key: &str, said: impl Into<Said>) {
        self.source.say(self.line_of(key), said.into().of_key(&self.path(key)));
    }

    /// Says that a value, though of the right kind, will not do.
    pub(crate) fn refuse(&self, key: &str, why: impl Into<Said>) {
        let found = self.table.get(key).map(|value| self.source.quote(value)).unwrap_or_default();
        self.say(key, said::Refused { why, found });
    }

    /// Says that a value is out of its usual measure, unless somebody confirmed
    /// the key.
    pub(crate) fn doubt(&self, key: &str, said: impl Into<Said>) {
        self.doubt_on(self.line_of(key), key, said);
    }

    /// The same of a value below this section, on its line.
    pub(crate) fn doubt_on(&self, line: usize, key: &str, said: impl Into<Said>) {
        let place = Place::line(self.source.file, line);
        let (said, findings) = (said.into().of_key(&self.path(key)), &self.source.findings);
        self.source.confirmed.borrow().doubt(key, place, said, &mut findings.borrow_mut());
    }

    /// Doubts a percentage that is at most 1 and not 0: it was probably meant as
    /// a part of 1.
    pub(crate) fn doubt_share(&self, key: &str, percent: Option<Quantity>) {
        if let Some(found) = percent.filter(|it| Quantity::ZERO < *it && *it <= Quantity::whole(1))
        {
            self.doubt(key, said::PartOfOne { found });
        }
    }

    /// Doubts a percentage that is a part of 1, or above 100.
    pub(crate) fn doubt_percent(&self, key: &str, percent: Option<Quantity>) {
        self.doubt_share(key, percent);
        self.doubt_size(key, percent.unwrap_or_default(), [0, 100].map(Quantity::whole));
    }

    /// The same of a least percentage, which asks for nothing when it is so low
    /// that everybody reaches it.
    pub(crate) fn doubt_least(&self, key: &str, percent: Option<Quantity>) {
        self.doubt_share(key, percent);
        if let Some(percent) = percent.filter(|it| Quantity::whole(1) < *it) {
            self.doubt_size(key, percent, USUAL_LEAST.map(Quantity::whole));
        }
    }

    /// Doubts a number outside its usual bounds, both included.
    pub(crate) fn doubt_size(&self, key: &str, found: Quantity, usual: [Quantity; 2]) {
        let [from, to] = usual;
        if found < from || to < found {
            self.doubt(key, said::OutOfMeasure { found, from, to });
        }
    }

    /// Doubts a day that is still the one of the settings that one begins with.
    pub(crate) fn doubt_example(&self, key: &str, day: Option<Day>, template: &str) {
        let written = template.lines().find_map(|it| it.strip_prefix(key)?.strip_prefix(" = "));
        let example = written.and_then(|it| Day::parse(it.split_whitespace().next()?));
        if let Some(day) = day.filter(|day| Some(*day) == example) {
            self.doubt(key, said::DayOfTemplate { day });
        }
    }

    /// Doubts a day outside the years that it can belong to, both included.
    pub(crate) fn doubt_year(&self, key: &str, day: Option<Day>, years: [i16; 2]) {
        let [from, to] = years;
        if let Some(day) = day.filter(|day| day.year() < from || to < day.year()) {
            self.doubt(key, round::FarDay { day, from, to });
        }
    }

    /// A text that says something: not that there is nothing.
    pub(crate) fn words(&mut self, key: &'static str) -> String {
        let found = self.text(key);
        if !found.is_empty() && !text::is_unfilled(&found) && text::says_nothing(&found) {
            self.refuse(key, said::Empty {});
        }
        found
    }

    /// An id: not that there is none.
    pub(crate) fn id(&mut self, key: &'static str) -> String {
        let found = self.text(key);
        if !found.is_empty() && text::is_empty_answer(&found) {
            self.refuse(key, said::Empty {});
        }
        found
    }

    /// An id that can be a file's name: letters without marks, digits, dashes.
    pub(super) fn file_id(&mut self, key: &'static str) -> String {
        let found = self.id(key);
        if !text::is_empty_answer(&found) && text::file_name(&found) != found {
            self.refuse(key, said::NotAnId {});
        }
        found
    }

    /// The value of a key that may be left out.
    pub(crate) fn optional<T>(&mut self, key: &'static str, kind: &Kind<T>) -> Option<T> {
        let value = self.get(key)?;
        let read = (kind.read)(value.get_ref());
        if read.is_none() {
            self.refuse(key, said::OtherKind { words: kind.words });
        }
        read
    }

    /// The value of a key that must be there.
    pub(crate) fn needed<T>(&mut self, key: &'static str, kind: &Kind<T>) -> Option<T> {
        self.optional(key, kind).or_else(|| self.lack(key))
    }

    /// A text that must be there and not be empty.
    pub(crate) fn text(&mut self, key: &'static str) -> String {
        let text = self.needed(key, &TEXT);
        if text.as_deref() == Some("") {
            self.refuse(key, said::Empty {});
        }
        text.unwrap_or_default()
    }

    /// A whole number within bounds, both included.
    pub(crate) fn whole(&mut self, key: &'static str, from: i64, to: i64) -> i64 {
        let whole = self.needed(key, &WHOLE);
        if whole.is_some_and(|whole| whole < from || to < whole) {
            self.refuse(key, said::WholeWithin { from, to });
        }
        whole.filter(|whole| (from..=to).contains(whole)).unwrap_or(from)
    }

    pub(crate) fn number(&mut self, key: &'static str) -> Quantity {
        self.needed(key, &NUMBER).unwrap_or_default()
    }

    /// One of several words; the first when the key is missing or wrong.
    pub(crate) fn word<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> T {
        let found = self.needed(key, &TEXT);
        self.one_of(key, found.as_deref(), words)
    }

    /// The same of a key that may be left out.
    pub(super) fn optional_word<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> T {
        let found = self.optional(key, &TEXT);
        self.one_of(key, found.as_deref(), words)
    }

    fn one_of<T: Copy>(&self, key: &str, found: Option<&str>, words: &[(&str, T)]) -> T {
        let known = words.iter().find(|(word, _)| found == Some(*word));
        if let (Some(found), None) = (found, known) {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let near = text::nearest(found, words.iter().copied());
            self.say(key, said::NotAWord { words, found, near });
        }
        known.or(words.first()).map(|(_, value)| *value).expect("a list of words is not empty")
    }

    /// One of several words, if the key is there.
    pub(super) fn word_if_there<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let found = self.optional(key, &TEXT)?;
        Some(self.one_of(key, Some(&found), words))
    }

    /// The section under a key.
    pub(crate) fn section(&mut self, key: &'static str) -> Option<Section<'a>> {
        let value = self.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.refuse(key, said::NotASection { name: key });
            return None;
        };
        let line = self.source.line_of(value);
        Some(Section::new(self.source, table, format!("[{}]", self.joined(key)), line))
    }

    /// The section under a key that must be there.
    pub(crate) fn needed_section(&mut self, key: &'static str) -> Option<Section<'a>> {
        self.section(key).or_else(|| self.lack(key))
    }

    /// The sections `[[key]]`, in order.
    pub(crate) fn sections(&mut self, key: &'static str) -> Vec<Section<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.refuse(key, said::NotSections { name: self.joined(key) });
            return Vec::new();
        };
        let mut sections = Vec::new();
        for (number, item) in (1..).zip(array.iter()) {
            match item.get_ref().as_table() {
                Some(table) => {
                    let name = format!("[[{}]] thứ {number}", self.joined(key));
                    let line = self.source.line_of(item);
                    sections.push(Section::new(self.source, table, name, line));
                }
                None => self.refuse(key, said::NotSections { name: self.joined(key) }),
            }
        }
        sections
    }

    /// The sections `[[key]]`, at least one.
    pub(crate) fn needed_sections(&mut self, key: &'static str) -> Vec<Section<'a>> {
        let sections = self.sections(key);
        if sections.is_empty() {
            self.lack::<()>(key);
        }
        sections
    }

    /// Says which keys nobody asked for, and which are lacking; a lacking key
    /// that is merely misspelt is one finding.
    pub(crate) fn close(mut self) {
        for (key, value) in self.table {
            if value.get_ref().as_str().is_some_and(text::is_unfilled) {
                let at = (self.source.line_of(value), self.path(key.get_ref()));
                self.source.unfilled.borrow_mut().push(at);
            }
            if self.asked.iter().any(|asked| *asked == key.get_ref().as_ref()) {
                continue;
            }
            let near = text::nearest(key.get_ref(), self.asked.iter().copied());
            self.lacking.retain(|lacking| near != Some(*lacking));
            let line = self.source.line(key.span().start).min(self.source.line_of(value));
            let said = Said::from(said::KeyUnknown { near });
            self.source.say(line, said.of_key(&self.path(key.get_ref())));
        }
        for key in &self.lacking {
            self.source.say(self.line, said::KeyMissing { key: self.path(key) });
        }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    fn lack<T>(&mut self, key: &'static str) -> Option<T> {
        if !self.table.contains_key(key) {
            self.lacking.push(key);
        }
        None
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{} {key}", self.name) }
    }

    /// The dotted name of a section below this one.
    fn joined(&self, key: &str) -> String {
        match self.name.trim_start_matches('[').split(']').next() {
            None | Some("") => key.to_owned(),
            Some(own) => format!("{own}.{key}"),
        }
    }
}
