//! Names of units: what is left when the generic words are set apart.

use std::sync::LazyLock;

use super::key::{bare, key, nearest_by, words};
use super::{clean, fold};

/// A unit's name taken apart, for comparing with [`UnitKey::fits`]. Not a key
/// of a map: `P. Nội vụ` fits a ward and a department, and a bare name fits
/// units of every kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitKey {
    /// What the generic word may mean; empty when there is none.
    kinds: Vec<Kind>,
    /// The name proper, as a key.
    name: String,
    /// The city or district written behind it; empty when there is none.
    seat: String,
}

/// What a generic word says a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Ward,
    Commune,
    Town,
    City,
    District,
    Province,
    Department,
    Service,
    Board,
    Office,
    Centre,
}

/// Generic words as people write them, the longest first, and what each may
/// mean. `P.` is a ward or a department, `TT.` a town or a centre: which, only
/// the register can tell.
const GENERIC: &[(&str, &[Kind])] = &[
    ("đặc khu", &[Kind::Commune]),
    ("thành phố", &[Kind::City]),
    ("thị trấn", &[Kind::Town]),
    ("thị xã", &[Kind::District]),
    ("trung tâm", &[Kind::Centre]),
    ("văn phòng", &[Kind::Office]),
    ("phường", &[Kind::Ward]),
    ("huyện", &[Kind::District]),
    ("phòng", &[Kind::Department]),
    ("quận", &[Kind::District]),
    ("tỉnh", &[Kind::Province]),
    ("xã", &[Kind::Commune]),
    ("ban", &[Kind::Board]),
    ("sở", &[Kind::Service]),
    ("tp", &[Kind::City]),
    ("tt", &[Kind::Town, Kind::Centre]),
    ("tx", &[Kind::District]),
    ("vp", &[Kind::Office]),
    ("p", &[Kind::Ward, Kind::Department]),
    ("x", &[Kind::Commune]),
];

/// Words after which the rest of a name says where the unit is.
const SEAT: &[&str] = &["thành phố", "tp", "tỉnh", "huyện", "quận", "thị xã", "tx"];

/// Bodies whose full name and initials are one, wherever they stand.
const BODIES: &[(&str, &str)] =
    &[("ủy ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"), ("ub", "ubnd")];

impl UnitKey {
    /// Whether both may be names of one unit: the names proper are equal, and
    /// neither the kinds nor the seats contradict each other.
    ///
    /// A name that fits two units of the register is ambiguous; the caller asks
    /// and does not choose.
    pub fn fits(&self, other: &UnitKey) -> bool {
        let kinds = self.kinds.is_empty()
            || other.kinds.is_empty()
            || self.kinds.iter().any(|kind| other.kinds.contains(kind));
        let seats = self.seat.is_empty() || other.seat.is_empty() || self.seat == other.seat;
        !self.name.is_empty() && self.name == other.name && kinds && seats
    }

    /// Whether it fits any of a unit's names.
    pub fn fits_any<'a>(&self, names: impl IntoIterator<Item = &'a String>) -> bool {
        names.into_iter().any(|name| unit_key(name).fits(self))
    }

    /// The name proper: units whose names fit have it in common.
    pub fn proper(&self) -> &str {
        &self.name
    }
}

/// The words that are set apart, as keys of one spelling.
struct Vocabulary {
    keys: fn(&str) -> Vec<String>,
    bodies: Vec<(Vec<String>, &'static str)>,
    and: Vec<String>,
    committees: Vec<String>,
    generic: Vec<(Vec<String>, &'static [Kind])>,
    seats: Vec<Vec<String>>,
    urban: [Vec<String>; 2],
}

/// As written.
static MARKED: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::of(words));

/// Without any mark: `phuong ha tu`.
static BARE: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::of(|it| words(&fold(&clean(it)))));

impl Vocabulary {
    fn of(keys: fn(&str) -> Vec<String>) -> Vocabulary {
        Vocabulary {
            keys,
            bodies: BODIES.iter().map(|(full, short)| (keys(full), *short)).collect(),
            and: keys("và"),
            committees: ["ubnd", "hđnd"].iter().flat_map(|it| keys(it)).collect(),
            generic: GENERIC.iter().map(|(word, kinds)| (keys(word), *kinds)).collect(),
            seats: SEAT.iter().map(|word| keys(word)).collect(),
            urban: ["đô", "thị"].map(keys),
        }
    }

    /// Takes a name apart.
    fn key(&self, name: &str) -> UnitKey {
        let mut words = (self.keys)(name);
        for (full, short) in &self.bodies {
            while let Some(at) = find(&words, full, 0) {
                words.splice(at..at + full.len(), [(*short).to_owned()]);
            }
        }
        // "Văn hóa và Thông tin" is also written with a comma or a dash.
        words.retain(|word| !self.and.contains(word));
        let bodies = words.iter().take_while(|word| self.committees.contains(word)).count();
        words.drain(..bodies);
        let generic = self.generic.iter().find(|(word, _)| words.starts_with(word));
        let mut kinds = generic.map_or(Vec::new(), |(_, kinds)| kinds.to_vec());
        words.drain(..generic.map_or(0, |(word, _)| word.len()));
        if 0 < bodies {
            kinds.retain(|kind| kind.is_territory());
        }
        let mut seat = Vec::new();
        if let Some((at, after)) = self.seat_in(&words) {
            seat = words.split_off(at).split_off(after - at);
            seat.truncate(self.seat_in(&seat).map_or(seat.len(), |(at, _)| at));
        }
        UnitKey { kinds, name: words.join(" "), seat: seat.join(" ") }
    }

    /// Where the words that tell the seat begin, and where its name does.
    fn seat_in(&self, words: &[String]) -> Option<(usize, usize)> {
        let hits = self.seats.iter().filter_map(|word| {
            let at = find(words, word, 1)?;
            // "Quản lý đô thị, xã hội" has no town in it.
            let [before, first] = &self.urban;
            let is_urban = words[..at].ends_with(before) && word.starts_with(first);
            (!is_urban).then_some((at, at + word.len()))
        });
        hits.min()
    }
}

impl Kind {
    /// Has a people's committee (UBND).
    fn is_territory(self) -> bool {
        use Kind::{City, Commune, District, Province, Town, Ward};
        matches!(self, Ward | Commune | Town | City | District | Province)
    }
}

/// Takes a unit's name apart: `P. Hà Tu`, `UBND phường Hà Tu` and `Phường Hà
/// Tu, TP. Hạ Long` fit each other; `xã Thống Nhất` and `phường Thống Nhất` do
/// not.
pub fn unit_key(name: &str) -> UnitKey {
    MARKED.key(name)
}

/// The registered name that `name` was probably meant to be. Generic words are
/// compared apart: they would make every ward look like every other, and a
/// commune is no ward while a commune is as near.
pub fn nearest_unit<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = BARE.key(name);
    let (same, others): (Vec<&str>, Vec<&str>) = candidates.into_iter().partition(|candidate| {
        let kinds = BARE.key(candidate).kinds;
        let is_either = wanted.kinds.is_empty() || kinds.is_empty();
        is_either || kinds.iter().any(|kind| wanted.kinds.contains(kind))
    });
    // What was typed without marks is told from its generic words without them.
    let is_bare = unit_key(name).kinds.is_empty() && !wanted.kinds.is_empty();
    let vocabulary = if is_bare { &BARE } else { &MARKED };
    let proper = |name: &str| vocabulary.key(name).name;
    nearest_by(name, same, proper).or_else(|| nearest_by(name, others, proper))
}

/// How many words of the unit's name stand one after another in the name of a
/// file or folder, its name proper among them; marks are left out of both, as
/// names of files lose them.
pub fn told_within(file: &str, unit: &str) -> Option<usize> {
    let proper = bare(&unit_key(unit).name);
    let words: Vec<String> = words(unit).iter().map(|word| bare(word)).collect();
    let tail = |from: &usize| words[*from..].join(" ");
    let told = (0..words.len()).find(|from| has_words(file, &tail(from)))?;
    (!proper.is_empty() && has_words(&tail(&told), &proper)).then_some(words.len() - told)
}

/// Whether these words stand in `text` one after another, but for marks.
pub fn has_words(text: &str, wanted: &str) -> bool {
    let spaced = |text: &str| format!(" {} ", bare(&key(text)));
    spaced(text).contains(&spaced(wanted))
}

fn find(words: &[String], part: &[String], from: usize) -> Option<usize> {
    (from..words.len()).find(|at| words[*at..].starts_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generic_words_do_not_tell_units_apart_unless_they_contradict() {
        #[track_caller]
        fn check(a: &str, b: &str, fits: bool) {
            assert_eq!(unit_key(a).fits(&unit_key(b)), fits, "{:?} {:?}", unit_key(a), unit_key(b));
            assert_eq!(unit_key(b).fits(&unit_key(a)), fits, "{b} {a}");
        }
        for name in [
            "P. Hà Tu",
            "P.Hà Tu",
            "UBND phường Hà Tu",
            "Ủy ban nhân dân phường Hà Tu",
            "Uỷ ban nhân dân Phường HÀ TU",
            "HĐND và UBND phường Hà Tu",
            "UBND P. Hà Tu, thành phố Hạ Long, tỉnh Quảng Ninh",
            "Phường Hà Tu - TP.Hạ Long",
            "Hà Tu",
        ] {
            check(name, "Phường Hà Tu", true);
            check(name, "Phường Hà Tu, TP Hạ Long", true);
            check(name, "Phường Hà Trung", false);
        }
        check("xã Thống Nhất", "phường Thống Nhất", false);
        check("Thống Nhất", "phường Thống Nhất", true);
        check("Thống Nhất", "xã Thống Nhất", true);
        check("P. Nội vụ", "Phòng Nội vụ", true);
        check("P. Nội vụ", "Phường Nội vụ", true);
        check("UBND P. Nội vụ", "Phòng Nội vụ", false);
        check("Phòng Nội vụ thành phố", "Phòng Nội vụ", true);
        check("Phòng Văn hóa và Thông tin", "Phòng Văn hoá - Thông tin", true);
        check("VP. HĐND & UBND TP", "Văn phòng HĐND và UBND thành phố Hạ Long", true);
        check("TT. Y tế", "Trung tâm Y tế", true);
        check("Phòng Y tế", "Trung tâm Y tế", false);
        check("Thanh tra thành phố", "Thanh tra", true);
        check("TP Hạ Long", "UBND thành phố Hạ Long", true);
        check("Trung tâm Y tế huyện Hoành Bồ", "Trung tâm Y tế TP Hạ Long", false);
        check("Phòng Quản lý đô thị thị xã Quảng Yên", "Phòng Quản lý đô thị", true);
        check("Phòng Kinh tế, Đô thị, Xã hội", "Phòng Kinh tế", false);
        check("Phường", "Phường", false);
        check("UBND", "Hà Tu", false);
    }

    #[test]
    fn the_nearest_unit_is_told_by_its_own_name() {
        let units = ["phường Láng", "phường Đông Đa", "phường Hà Tu"];
        assert_eq!(nearest_unit("phường Đống Đa", units), Some("phường Đông Đa"));
        assert_eq!(nearest_unit("P. Ha Tu", units), Some("phường Hà Tu"));
        assert_eq!(nearest_unit("phường Bãi Cháy", units), None);
        for name in
            ["UBND phuong Ha Tu", "phuong ha tu", "Uy ban nhan dan phuong Ha Tu, TP Ha Long"]
        {
            assert_eq!(nearest_unit(name, units), Some("phường Hà Tu"), "{name}");
        }
    }

    #[test]
    fn the_nearest_unit_is_of_the_kind_that_was_written() {
        let units = ["UBND phường Hà Tu", "UBND xã Hà Tư", "UBND thị trấn Thống Nhất"];
        assert_eq!(nearest_unit("xã Hà Tu", units), Some("UBND xã Hà Tư"));
        assert_eq!(nearest_unit("xa Ha Tu", units), Some("UBND xã Hà Tư"));
        assert_eq!(nearest_unit("thi tran Ha Tu", units), Some("UBND phường Hà Tu"));
        assert_eq!(nearest_unit("thị trấn Thống Nhât", units), Some("UBND thị trấn Thống Nhất"));
    }
}
