//! A criteria workbook → a [`CriteriaSet`], and everything that is wrong with
//! it: codes, sums, rules and where scores come from.

use std::collections::BTreeMap;

use crate::book::{Book, Page};
use crate::digest::{self, Digest};
use crate::finding::{CellRef, Code, Findings, Place, Said, cell, round, rule as said};
use crate::points::{Points, Quantity};
use crate::round::criteria::{
    CriteriaSet, Heading, Item, ItemCode, Labels, Node, Origin, SetId, Unsaid,
};
use crate::round::doubts::doubts;
use crate::round::read_rule::read_rule;
use crate::round::rule::{Due, Empty, Figure, Rule};
use crate::round::terms::Terms;
use crate::table::sheets::Sheets;
use crate::table::{self, Column, Line, Table, shown};
use crate::text;

pub const CODE: &str = "Mã";
pub const TITLE: &str = "Nội dung";
pub const MAX: &str = "Điểm tối đa";
pub const RULE: &str = "Cách chấm";
pub const PARAMETERS: &str = "Tham số";
pub const FIGURES: &str = "Số liệu kê khai";
pub const ORIGIN: &str = "Nguồn điểm";
pub const EVIDENCE: &str = "Kiểm chứng";
pub const EXEMPT: &str = "Không áp dụng";
pub const SOURCE: &str = "Căn cứ";

/// The columns of the table, in the order of our own workbooks.
pub const COLUMNS: &[Column] = &[
    Column::needed(CODE),
    Column::needed(TITLE),
    Column::needed(MAX),
    Column::needed(RULE),
    Column::needed(PARAMETERS),
    Column::needed(FIGURES),
    Column::needed(ORIGIN),
    Column::needed(EVIDENCE),
    Column::needed(EXEMPT),
    Column::optional(SOURCE),
];

/// What stands before the decision in the head of the page.
pub const DECISION: &str = "Quyết định ban hành";
const TOTAL: &str = "Tổng cộng";

pub const ORIGINS: &[(&str, Origin)] = &[
    ("thẩm định", Origin::Appraised),
    ("số liệu", Origin::Computed),
    ("khảo sát", Origin::Survey),
];
pub const EVIDENCES: &[(&str, bool)] = &[("bắt buộc", true), ("không", false)];
pub const EXEMPTS: &[(&str, bool)] = &[("được", true), ("không", false)];
pub const FIGURE_WORDS: &[(&str, Figure)] = &[
    ("tử số", Figure::Numerator),
    ("mẫu số", Figure::Denominator),
    ("số lượng", Figure::Count),
    ("ngày", Figure::Day),
];

/// More points than an item ever has, or a slip of the finger. Sums of ten
/// thousand such items can still be multiplied with each other exactly.
const MOST_POINTS: i64 = 10_000;

/// Reads a criteria set. What was read is given even when something is wrong
/// with it: the findings tell.
pub(super) fn read(
    book: &Book,
    terms: Option<Terms>,
    findings: &mut Findings,
) -> Option<CriteriaSet> {
    let mut sheets = Sheets::of(book);
    let page = sheets.first(COLUMNS);
    sheets.close(findings);
    let Some(page) = page else {
        findings.say(Place::file(&book.file), cell::BookEmpty {});
        return None;
    };
    let table = Table::find(book, page, COLUMNS, table::ROUND, findings)?;
    let (title, source) = head(book, page, table.head(), findings);
    if let Some((terms, found)) =
        terms.and_then(|it| Some((it, text::other_years(&title, it.year)?)))
    {
        let said = round::HeadOfYear { title: &title, found, year: terms.year };
        let id = set_id(&book.file);
        terms.confirmed.doubt(&id.0, book.place(page), said.into(), findings);
    }
    let mut draft = Draft {
        terms,
        findings,
        rows: Vec::new(),
        codes: BTreeMap::new(),
        unsure: Unsure::default(),
        hash: Digest::default(),
        marks: BTreeMap::new(),
        unsaid: Unsaid::default(),
    };
    for line in table.lines() {
        draft.line(&line);
    }
    draft.check_tree(&table);
    let fingerprint = draft.hash.hex()[..16].to_owned();
    let (marks, unsaid) = (draft.marks, draft.unsaid);
    let nodes = draft.rows.into_iter().map(|(node, _)| node).collect();
    Some(CriteriaSet { id: set_id(&book.file), title, source, nodes, fingerprint, marks, unsaid })
}

/// The id of a set: its file's name without folder and ending.
pub(super) fn set_id(file: &str) -> SetId {
    let name = file.rsplit('/').next().unwrap_or(file);
    SetId(name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned())
}

/// The title and the decision above the table.
fn head(book: &Book, page: &Page, head: u32, findings: &mut Findings) -> (String, String) {
    let mut title = None;
    let mut source = None;
    for row in page.rows().take_while(|row| *row < head) {
        let words: Vec<String> =
            page.row(row).map(|(_, cell)| shown(cell)).filter(|word| !word.is_empty()).collect();
        let Some(first) = words.first() else { continue };
        let is_decision = text::key(first).starts_with(&text::key(DECISION));
        if is_decision && source.is_none() {
            let unfilled = page.row(row).find(|(_, cell)| text::is_unfilled(&shown(cell)));
            if let Some((col, cell)) = unfilled {
                let place = book.cell_place(page, CellRef::new(row, col));
                findings.say(place, round::CellUnfilled { found: shown(cell) });
            }
            let after = first.split_once(':').map_or("", |(_, after)| after.trim());
            source = Some(if after.is_empty() { words[1..].join(" ") } else { after.to_owned() });
        } else if title.is_none() {
            title = Some(first.clone());
        }
    }
    let source = source.unwrap_or_default();
    if source.is_empty() {
        findings.say(book.place(page), said::DecisionMissing { word: DECISION });
    }
    (title.unwrap_or_default(), source)
}

/// A set as far as it was read.
struct Draft<'f> {
    terms: Option<Terms<'f>>,
    findings: &'f mut Findings,
    /// What was read, and where its maximum stands.
    rows: Vec<(Node, Place)>,
    /// Where each code stands.
    codes: BTreeMap<ItemCode, Place>,
    unsure: Unsure,
    hash: Digest,
    marks: BTreeMap<ItemCode, String>,
    unsaid: Unsaid,
}

/// Where sums are not checked, because a row below could not be read: its own
/// finding says enough.
#[derive(Default)]
struct Unsure {
    /// A row whose code is unknown may belong anywhere.
    is_everywhere: bool,
    parents: Vec<ItemCode>,
    /// The code above each row whose own is unknown.
    lost: Vec<Option<ItemCode>>,
}

impl Draft<'_> {
    fn line(&mut self, line: &Line) {
        let found = line.code(CODE, self.findings);
        let title = line.text(TITLE, self.findings);
        if is_total(found.as_deref(), &title) {
            self.check_total(line);
            return;
        }
        let Some(found) = found else {
            if line.is_blank(CODE) {
                line.needed_text(CODE, self.findings);
            }
            self.lose();
            return;
        };
        let Ok(code) = found.parse::<ItemCode>() else {
            line.refuse(CODE, said::NotACode { label: CODE, found }, self.findings);
            self.lose();
            return;
        };
        line.needed_text(TITLE, self.findings);
        let max = line.needed_number(MAX, self.findings).map(Quantity::points);
        let is_fit = |max: &Points| Points::ZERO < *max && *max <= Points::scaled(MOST_POINTS, 0);
        if let Some(max) = max.filter(|max| !is_fit(max)) {
            let said = said::MaxUnfit { label: MAX, most: MOST_POINTS, max };
            line.refuse(MAX, said, self.findings);
        }
        let max = max.filter(is_fit);
        let is_in_place = self.is_in_place(code, line);
        if max.is_none() || !is_in_place {
            self.unsure.parents.extend(code.parent());
        }
        if is_in_place {
            self.unsure.parents.extend(Some(code).filter(|_| max.is_none()));
            self.check_places(max.as_slice(), &line.place(MAX));
            let node = self.node(line, code, title, max);
            self.rows.push((node, line.place(MAX)));
            self.codes.insert(code, line.place(CODE));
        }
    }

    /// A row whose code is unknown may have been any that follows the one above.
    fn lose(&mut self) {
        self.unsure.is_everywhere = true;
        self.unsure.lost.push(self.rows.last().map(|(node, _)| node.code()));
    }

    /// A row without a rule is a heading; whether it has children is seen when
    /// all rows are read.
    fn node(&mut self, line: &Line, code: ItemCode, title: String, sure: Option<Points>) -> Node {
        let max = sure.unwrap_or(Points::ZERO);
        let word = line.text(RULE, self.findings);
        let parameters = line.text(PARAMETERS, self.findings);
        let seen = format!("{code}\t{title}\t{max}\t{}\t{}\n", bare(&word), bare(&parameters));
        self.hash.add(seen.as_bytes());
        let figures = line.cell(FIGURES).map(shown).unwrap_or_default();
        let words = [&word, &parameters, &figures].map(|words| bare(words)).join("\t");
        let meaning = format!("{}\t{max}\t{words}", text::key(&title));
        self.marks.insert(code, digest::sha256(meaning.as_bytes())[..8].to_owned());
        let rest = [PARAMETERS, FIGURES, ORIGIN, EVIDENCE, EXEMPT];
        if word.is_empty() {
            if rest.iter().any(|label| !line.is_blank(label)) {
                self.say(line.place(RULE), code, said::RuleMissing {});
            }
            return Node::Heading(Heading { code, title, max });
        }
        let rule = match sure.map(|max| read_rule(&word, &parameters, max)) {
            None => None,
            Some(Ok(rule)) => {
                self.check_places(&rule.points(), &line.place(PARAMETERS));
                self.doubt(code, &rule, sure.unwrap_or_default(), &line.place(PARAMETERS));
                Some(rule)
            }
            Some(Err(wrong)) => {
                for said in wrong {
                    let is_of_rule = said.code() == Code::RuleUnknown;
                    let label = if is_of_rule { RULE } else { PARAMETERS };
                    self.say(line.place(label), code, said);
                }
                None
            }
        };
        let may_be_exempt = line.choice(EXEMPT, EXEMPTS, self.findings).unwrap_or(false);
        let needs_evidence = line.choice(EVIDENCE, EVIDENCES, self.findings).unwrap_or(false);
        let origin = line.choice(ORIGIN, ORIGINS, self.findings);
        let is_proved = origin != Some(Origin::Survey);
        self.unsaid.evidence += usize::from(is_proved && line.is_blank(EVIDENCE));
        self.unsaid.exempt += usize::from(line.is_blank(EXEMPT));
        if line.is_blank(ORIGIN) {
            line.needed_text(ORIGIN, self.findings);
        }
        let labels = match &rule {
            Some(rule) => {
                self.check_meaning(line, code, rule, origin, may_be_exempt);
                self.labels(line, code, rule)
            }
            None => Labels::default(),
        };
        Node::Item(Item {
            code,
            title,
            max,
            // A row whose rule is refused makes the whole set refused.
            rule: rule.unwrap_or(Rule::YesNo),
            origin: origin.unwrap_or(Origin::Appraised),
            labels,
            needs_evidence,
            may_be_exempt,
            source: line.text(SOURCE, self.findings),
        })
    }

    fn check_meaning(
        &mut self,
        line: &Line,
        code: ItemCode,
        rule: &Rule,
        origin: Option<Origin>,
        may_be_exempt: bool,
    ) {
        let is_survey = matches!(rule, Rule::Survey { .. });
        if origin.is_some_and(|origin| is_survey != (origin == Origin::Survey)) {
            let found = line.text(ORIGIN, self.findings);
            let rule = line.text(RULE, self.findings);
            self.say(line.place(ORIGIN), code, said::OriginContradicts { found, rule });
        }
        if rule.empty() == Some(Empty::NotApplicable) && !may_be_exempt {
            self.say(line.place(EXEMPT), code, said::NeverExempt { label: EXEMPT });
        }
    }

    /// `tử số: …; mẫu số: …`, exactly the figures that the rule takes.
    fn labels(&mut self, line: &Line, code: ItemCode, rule: &Rule) -> Labels {
        let mut labels = Labels::default();
        let mut given = Vec::new();
        for part in line.list(FIGURES, self.findings) {
            let (word, label) = part.split_once(':').unwrap_or((&part, ""));
            let known = FIGURE_WORDS.iter().find(|(own, _)| text::key(own) == text::key(word));
            let Some((word, figure)) = known else {
                let words = FIGURE_WORDS.iter().map(|(word, _)| *word);
                let near = text::nearest(word, words);
                let said = said::FigureUnknown { found: &part, near };
                self.say(line.place(FIGURES), code, said);
                given.extend(rule.figures());
                continue;
            };
            let label = text::clean(label);
            let place = line.place(FIGURES);
            if label.is_empty() {
                self.say(place, code, said::FigureNameless { word });
            } else if given.contains(figure) {
                self.say(place, code, said::FigureTwice { word });
            } else if !rule.figures().contains(figure) {
                self.say(place, code, said::FigureUnused { word });
            }
            given.push(*figure);
            match figure {
                Figure::Numerator => labels.numerator = label,
                Figure::Denominator => labels.denominator = label,
                Figure::Count => labels.count = label,
                Figure::Day => labels.day = label,
            }
        }
        let lacking = rule.figures().iter().filter(|figure| !given.contains(figure));
        let words: Vec<&str> = FIGURE_WORDS
            .iter()
            .filter(|(_, figure)| lacking.clone().any(|it| it == figure))
            .map(|(word, _)| *word)
            .collect();
        if !words.is_empty() {
            let words = words.join(": …; ");
            self.say(line.place(FIGURES), code, said::FiguresMissing { words });
        }
        labels
    }

    /// Whether the code is new, after the one above, and under its parent.
    fn is_in_place(&mut self, code: ItemCode, line: &Line) -> bool {
        if let Some(place) = self.codes.get(&code) {
            let said = said::CodeTwice { item: code, spot: place.spot() };
            self.findings.say(line.place(CODE), said);
            return false;
        }
        let parent = code.parent();
        let has_parent =
            parent.is_none_or(|parent| self.rows.iter().any(|(node, _)| node.code() == parent));
        let last = self.rows.last().map(|(node, _)| node.code());
        if let Some(parent) = parent.filter(|_| !has_parent) {
            let may_be_lost = |above: &Option<ItemCode>| above.is_none_or(|above| above < parent);
            if !self.unsure.lost.iter().any(may_be_lost) {
                let said = said::ParentMissing { item: code, parent: &parent };
                self.findings.say(line.place(CODE), said);
            }
            self.unsure.is_everywhere = true;
            return false;
        }
        if let Some(last) = last.filter(|last| code < *last) {
            self.findings.say(line.place(CODE), said::AfterLater { item: code, above: &last });
        }
        true
    }

    /// Sums, headings without children and items with them.
    fn check_tree(&mut self, table: &Table) {
        let mut sums: BTreeMap<ItemCode, Points> = BTreeMap::new();
        for (node, _) in &self.rows {
            if let Some(parent) = node.code().parent() {
                *sums.entry(parent).or_insert(Points::ZERO) += node.max();
            }
        }
        for (node, place) in &self.rows {
            let (code, max) = (node.code(), node.max());
            let is_unsure = self.unsure.is_everywhere || self.unsure.parents.contains(&code);
            let said: Said = match (node, sums.get(&code)) {
                (Node::Heading(_), Some(sum)) if is_unsure || *sum == max => continue,
                (Node::Item(_), None) if code.level() != 1 => continue,
                (Node::Heading(_), None) if is_unsure => continue,
                (Node::Heading(_), Some(sum)) => said::SumWrong { max, sum: *sum }.into(),
                (Node::Heading(_), None) => said::NeitherRuleNorItems {}.into(),
                (Node::Item(_), Some(_)) => said::RuleWithItems {}.into(),
                (Node::Item(_), None) => said::AreaWithoutItems {}.into(),
            };
            self.findings.say(place.clone(), said.of_item(code));
        }
        if self.rows.is_empty() {
            self.findings.say(table.place(), said::SetEmpty {});
        }
    }

    fn check_total(&mut self, line: &Line) {
        let areas = self.rows.iter().filter(|(node, _)| node.code().level() == 1);
        let sum: Points = areas.map(|(node, _)| node.max()).sum();
        let printed = line.number(MAX, self.findings).map(Quantity::points);
        let is_sure = !self.unsure.is_everywhere;
        if let Some(max) = printed.filter(|printed| is_sure && *printed != sum) {
            self.findings.say(line.place(MAX), said::TotalWrong { label: TOTAL, max, sum });
        }
    }

    fn check_places(&mut self, points: &[Points], place: &Place) {
        let Some(Terms { places, .. }) = self.terms else { return };
        for fine in points.iter().filter(|points| places < points.places()) {
            self.findings.say(place.clone(), said::TooFine { points: *fine, places });
        }
    }

    /// What may be meant and is odd, unless the item's code is confirmed. A set
    /// copied from an earlier round brings its deadlines along.
    fn doubt(&mut self, code: ItemCode, rule: &Rule, max: Points, place: &Place) {
        let Some(Terms { year, confirmed, .. }) = self.terms else { return };
        let findings = &mut *self.findings;
        let mut say = |said: Said| {
            confirmed.doubt(&code.to_string(), place.clone(), said.of_item(code), findings);
        };
        doubts(rule, max, &mut say);
        let Some(Due::On(day)) = rule.due() else { return };
        let to = year + 1;
        if day.year() < year {
            say(said::DueBefore { day, year }.into());
        } else if to < day.year() {
            say(round::FarDay { day, from: year, to }.into());
        }
    }

    fn say(&mut self, place: Place, item: ItemCode, said: impl Into<Said>) {
        self.findings.say(place, said.into().of_item(item));
    }
}

fn is_total(code: Option<&str>, title: &str) -> bool {
    let total = text::key(TOTAL);
    match code {
        Some(code) => text::key(code) == total,
        None => text::key(title) == total,
    }
}

/// Without case and spaces, so that a cell typed anew keeps the fingerprint.
fn bare(words: &str) -> String {
    words.to_lowercase().split_whitespace().collect()
}
