//! Many rows of one cause → one finding. Shared by every table whose rows name
//! units and items.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Findings, Place};
use crate::round::Round;
use crate::round::criteria::{CriteriaSet, Item, ItemCode};
use crate::round::register::{Unit, UnitId};
use crate::table::{self, Line};

/// Wrong ids and codes: by what is wrong, where first and in how many rows. A
/// column that was overwritten is one cause.
#[derive(Debug, Default)]
pub(crate) struct Causes(BTreeMap<(Code, String), (Place, usize)>);

impl Causes {
    pub(crate) fn add(&mut self, code: Code, why: String, place: Place) {
        self.0.entry((code, why)).or_insert((place, 0)).1 += 1;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_findings(self) -> impl Iterator<Item = Finding> {
        self.0.into_iter().map(|((code, why), (place, rows))| {
            let more = if rows == 1 { String::new() } else { format!(" ({rows} dòng)") };
            Finding::new(code, place, why + &more)
        })
    }
}

/// Rows of one unit and item that contradict each other: by unit, the items and
/// the places of both rows. A second copy of a workbook is one cause a unit.
#[derive(Debug, Default)]
pub(crate) struct Clashes(BTreeMap<UnitId, Vec<(ItemCode, Place, Place)>>);

impl Clashes {
    pub(crate) fn add(&mut self, unit: &UnitId, item: ItemCode, later: Place, earlier: Place) {
        self.0.entry(unit.clone()).or_default().push((item, later, earlier));
    }

    pub(crate) fn into_findings(self, code: Code) -> impl Iterator<Item = Finding> {
        self.0.into_iter().map(move |(unit, rows)| {
            let items = listed(rows.iter().map(|(item, ..)| *item));
            let (_, later, earlier) = &rows[0];
            let message = format!("{unit} – {items} được ghi khác nhau, xem {earlier}");
            Finding::new(code, later.clone(), message)
        })
    }
}

/// The unit of this id, or why there is none.
pub(crate) fn unit<'a>(id: &str, round: &'a Round) -> Result<&'a Unit, String> {
    if id.is_empty() {
        return Err("Ô mã đơn vị bỏ trống".to_owned());
    }
    round.register.unit(&UnitId(id.to_owned())).ok_or_else(|| {
        let near = table::did_you_mean(round.register.meant(id));
        format!("Mã đơn vị không có trong don-vi.xlsx: {id}{near}")
    })
}

/// The item whose code a row carries under `label`, or why there is none.
pub(crate) fn item<'a>(line: &Line, label: &str, set: &'a CriteriaSet) -> Result<&'a Item, String> {
    let mut mangled = Findings::default();
    let Some(code) = line.code(label, &mut mangled) else {
        let message = mangled.last().map(|finding| finding.message().to_owned());
        return Err(message.unwrap_or_else(|| "Ô mã tiêu chí bỏ trống".to_owned()));
    };
    let item = code.parse().ok().and_then(|code| set.item(code));
    item.ok_or_else(|| format!("{} không có tiêu chí {code}", set.title))
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
