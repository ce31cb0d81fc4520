//! `cchc trace`: the way of a unit's points, from cells to rank and award.

use std::path::{Path, PathBuf};

use clap::Arg;

use crate::batch::{Folder, intake};
use crate::cli::console::Console;
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Given, Verb};
use crate::evaluation::{Decided, decide};
use crate::failure::Failure;
use crate::finding::Near;
use crate::round::Round;
use crate::round::criteria::ItemCode;
use crate::round::register::Unit;
use crate::text;
use crate::trace::{self, Asked, Part, Reader, Step};

pub(super) const VERB: Verb = Verb {
    name: "trace",
    alias: "lan-vet",
    about: "Cho biết điểm của một đơn vị từ đâu ra: từ ô trên phiếu đến hạng, khen thưởng",
    forms: &["[THƯ MỤC KỲ] <ĐƠN VỊ> [MÃ TIÊU CHÍ]"],
    arguments: |it| it.arg(words()),
    run: |given, console| asked(given).trace(console),
};

fn words() -> Arg {
    let words = Arg::new("words").value_name("[THƯ MỤC KỲ] ĐƠN VỊ [MÃ]").num_args(1..=3);
    words.required(true).help(
        "Thư mục kỳ (nếu khác thư mục hiện tại), mã hoặc tên đơn vị, mã tiêu chí (nếu chỉ hỏi một)",
    )
}

/// Whose points are asked for, and which of them.
struct Question {
    round: PathBuf,
    unit: String,
    item: Option<String>,
}

/// The folder among the words, wherever it stands, then the unit and the item.
fn asked(given: &Given) -> Question {
    let mut words = given.texts("words");
    let folder = words.iter().position(|word| Path::new(word).is_dir());
    let folder = folder.filter(|_| 1 < words.len());
    // Three words without a folder: the first was meant as one.
    let folder = folder.or((words.len() == 3).then_some(0)).map(|at| words.remove(at));
    let round = folder.map_or_else(|| PathBuf::from("."), PathBuf::from);
    let mut words = words.into_iter();
    Question { round, unit: words.next().unwrap_or_default(), item: words.next() }
}

impl Question {
    /// Tells the way of every number of the unit, or of those under one code.
    /// Writes nothing.
    fn trace(&self, console: &mut Console) -> Result<Outcome, Failure> {
        let folder = Folder::open(&self.round)?;
        let loaded = intake::load(&folder)?;
        let Decided { round, tally, .. } = decide(&folder, loaded, console)?;
        let unit = found(&round, &self.unit)?;
        let only = self.item.as_ref().map(|item| code(&round, unit, item)).transpose()?;
        let asked = only.map_or(Asked::Everything, Asked::Under);
        console.line(format!("ĐƯỜNG ĐI CỦA ĐIỂM – {} ({})", unit.name, unit.id));
        console.line(format!("{} – {}", round.settings.title, round.settings.source));
        for part in trace::unit(&round, &tally, unit, asked, Reader::Secretariat) {
            tell(&round, &part, console);
        }
        Ok(Outcome::Clean)
    }
}

/// The unit of this id or name.
fn found<'a>(round: &'a Round, asked: &str) -> Result<&'a Unit, Failure> {
    let units = &round.register.units;
    let key = text::key(asked);
    let is_it = |unit: &&Unit| {
        let names = unit.other_names.iter().chain([&unit.name, &unit.id.0]);
        names.into_iter().any(|name| text::key(name) == key)
    };
    units.iter().find(is_it).ok_or_else(|| {
        let ids = units.iter().map(|unit| unit.id.0.as_str());
        let near = text::nearest(asked, ids)
            .or_else(|| text::nearest(asked, units.iter().map(|unit| unit.name.as_str())));
        Failure::Usage(format!("không có đơn vị «{asked}» trong don-vi.xlsx{}", Near::from(near)))
    })
}

/// A code of the unit's set, of an item or of what stands above items.
fn code(round: &Round, unit: &Unit, asked: &str) -> Result<ItemCode, Failure> {
    let set = round.set(unit);
    let found = asked.parse().ok().filter(|code| set.nodes.iter().any(|it| it.code() == *code));
    found.ok_or_else(|| {
        let codes: Vec<String> = set.nodes.iter().map(|node| node.code().to_string()).collect();
        let near = Near::from(text::nearest(asked, codes.iter().map(String::as_str)));
        Failure::Usage(format!("bộ chỉ số {} không có mã «{asked}»{near}", set.id))
    })
}

fn tell(round: &Round, part: &Part, console: &mut Console) {
    console.line("");
    console.line(&part.heading);
    for (number, step) in (1..).zip(&part.steps) {
        console.line(format!("  {number}. {}", sentence(round, step)));
        let place = step.place.as_ref().map(|place| format!("đọc ở {place}"));
        let source = (!step.source.is_empty()).then(|| format!("căn cứ: {}", step.source));
        let rest: Vec<String> = place.into_iter().chain(source).collect();
        if !rest.is_empty() {
            console.line(format!("     {}", rest.join("; ")));
        }
    }
}

/// `Điểm thẩm định: 4,00 – đồng ý với điểm tự chấm (tổ thẩm định)`.
fn sentence(round: &Round, step: &Step) -> String {
    let result = step.result.told(&round.settings.scoring);
    let parts: Vec<&str> =
        [result.as_str(), &step.how].into_iter().filter(|it| !it.is_empty()).collect();
    format!("{}: {} ({})", step.what, parts.join(" – "), step.by)
}
