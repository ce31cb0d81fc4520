//! What every table whose rows name units and items says of them. A column that
//! was overwritten, or a second copy of a workbook, is one cause for many rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::appraisal as said;
use crate::finding::{Code, Findings, Place, Said};
use crate::round::Round;
use crate::round::criteria::{CriteriaSet, Item, ItemCode};
use crate::round::register::{Unit, UnitId};
use crate::table::Line;
use crate::text;

/// Rows of one unit and item that contradict each other: by unit, the items and
/// the places of both rows.
#[derive(Debug, Default)]
pub(crate) struct Clashes(BTreeMap<UnitId, Vec<Clash>>);

#[derive(Debug)]
struct Clash {
    item: ItemCode,
    later: Place,
    earlier: Place,
}

impl Clashes {
    pub(crate) fn add(&mut self, unit: &UnitId, item: ItemCode, later: Place, earlier: Place) {
        self.0.entry(unit.clone()).or_default().push(Clash { item, later, earlier });
    }

    pub(crate) fn say(&self, code: Code, findings: &mut Findings) {
        for (unit, rows) in &self.0 {
            let Clash { later, earlier, .. } = &rows[0];
            let items = listed(rows.iter().map(|row| row.item));
            let said = said::Repeated { unit, items, place: earlier.clone() };
            findings.say(later.clone(), Said::from(said).under(code));
        }
    }
}

/// The unit of this id, or why there is none.
pub(crate) fn unit<'a>(id: &str, round: &'a Round) -> Result<&'a Unit, Said> {
    if id.is_empty() {
        return Err(said::UnitBlank {}.into());
    }
    let unknown = || said::UnitUnknown { found: id, near: round.register.meant(id) }.into();
    round.register.unit(&UnitId(id.to_owned())).ok_or_else(unknown)
}

/// The item whose code a row carries under `label`, or why there is none. Beside
/// another item's title nobody knows which of both is meant.
pub(crate) fn item<'a>(
    line: &Line,
    [label, title]: [&str; 2],
    set: &'a CriteriaSet,
) -> Result<&'a Item, Said> {
    let mut mangled = Findings::default();
    let Some(code) = line.code(label, &mut mangled) else {
        let (_, said) = mangled.into_one().ok_or_else(|| Said::from(said::ItemBlank {}))?;
        return Err(said);
    };
    let item = code.parse().ok().and_then(|code| set.item(code));
    let item = item.ok_or(said::ItemUnknown { set: &set.title, found: &code })?;
    let found = line.shown(title);
    if found != item.title && !found.is_empty() {
        let key = text::key(&found);
        let is_called = |it: &Item| text::key(&it.title) == key;
        if !is_called(item)
            && let Some(other) = set.items().find(|it| is_called(it))
        {
            return Err(said::ItemOfTitle { item: item.code, found, other: other.code }.into());
        }
    }
    Ok(item)
}

/// The first codes of several, and how many more there are.
pub(crate) fn listed(codes: impl Iterator<Item = ItemCode>) -> String {
    const SHOWN: usize = 10;
    let codes: BTreeSet<ItemCode> = codes.collect();
    let shown: Vec<String> = codes.iter().take(SHOWN).map(ItemCode::to_string).collect();
    match codes.len().checked_sub(SHOWN) {
        None | Some(0) => shown.join(", "),
        Some(more) => format!("{} và {more} tiêu chí khác", shown.join(", ")),
    }
}
