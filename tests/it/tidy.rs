//! The rules a compiler cannot check.

mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::iter::Peekable;
use std::path::{Path, PathBuf};

/// The modules that may name each outside crate or each part of `std` that
/// reaches the world. An empty list forbids it everywhere.
const CONFINED: &[(&str, &[&str])] = &[
    ("calamine::", &["excel"]),
    ("clap::", &["cli"]),
    ("console::", &["cli", "main"]),
    ("dunce::", &["batch"]),
    ("flate2::", &["excel"]),
    ("indicatif::", &["cli"]),
    ("jiff::", &["day"]),
    ("memchr::", &["excel"]),
    ("notify::", &["batch"]),
    ("quick_xml::", &["excel"]),
    ("rayon::", &["batch", "excel"]),
    ("rust_decimal::", &["points"]),
    ("rust_xlsxwriter::", &["excel", "failure"]),
    ("rustix::", &["batch"]),
    ("serde_json::", &["record"]),
    ("sha2::", &["digest"]),
    ("simdutf8::", &["excel"]),
    ("strsim::", &["text"]),
    ("tempfile::", &["batch"]),
    ("toml::", &["round"]),
    ("unicode_normalization::", &["text"]),
    ("walkdir::", &["batch"]),
    ("winsafe::", &["batch", "cli"]),
    ("zip::", &["bundle", "excel"]),
    ("std::fs", &["batch"]),
    ("std::env", &["batch", "cli", "main"]),
    ("std::thread", &["batch"]),
    ("SystemTime", &["batch"]),
    ("HashMap", &[]),
    ("HashSet", &[]),
];

/// Modules from the ground up, in the order `lib.rs` declares them.
fn floors() -> Vec<String> {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let modules = text.lines().filter_map(|line| line.strip_prefix("pub mod "));
    modules.map(|rest| rest.trim_end_matches(';').to_owned()).collect()
}

struct Source {
    /// The first component below `src`: the room the file belongs to.
    module: String,
    path: PathBuf,
    text: String,
}

impl Source {
    /// The text before the file's own tests.
    fn code(&self) -> &str {
        self.text.split("#[cfg(test)]").next().unwrap()
    }

    /// The module the file is, from the crate's root.
    fn way(&self) -> Way {
        let below = self.path.strip_prefix("src").unwrap().with_extension("");
        let names = below.iter().map(|it| it.to_string_lossy().into_owned());
        names.filter(|it| it != "mod").collect()
    }
}

fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    collect(Path::new("src"), &mut sources);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn collect(folder: &Path, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let below = path.strip_prefix("src").unwrap_or(&path);
            let first = Path::new(below.components().next().unwrap().as_os_str());
            let module = first.file_stem().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            sources.push(Source { module, path, text });
        }
    }
}

#[test]
fn a_module_uses_only_the_modules_declared_above_it() {
    let floors = floors();
    for source in sources().iter().filter(|it| it.module != "lib" && it.module != "main") {
        let own = floors.iter().position(|floor| *floor == source.module).unwrap();
        let path = source.path.display();
        for group in ["crate::{", "std::{"] {
            assert!(!source.text.contains(group), "{path}: one `use` a module");
        }
        for used in &floors[own + 1..] {
            assert!(
                !source.code().contains(&format!("crate::{used}")),
                "{path}: `{}` may not use `{used}`, declared below it",
                source.module,
            );
        }
    }
}

#[test]
fn a_file_uses_only_the_files_declared_above_it_in_its_room() {
    let sources = sources();
    let mut house = House::default();
    for source in &sources {
        house.enter(source);
    }
    for source in sources.iter().filter(|it| !it.path.ends_with("tests.rs")) {
        house.walk(source);
    }
    let circles = house.circles();
    assert!(
        circles.is_empty(),
        "{} uses against the order:\n{}",
        circles.len(),
        circles.join("\n")
    );
}

/// A module or an item, as the names on the way to it from the crate's root.
type Way = Vec<String>;

/// The rooms of the crate, a folder each, and who uses whom inside them.
#[derive(Default)]
struct House {
    /// The files of each room, in the order its `mod.rs` declares them.
    rooms: BTreeMap<Way, Vec<String>>,
    /// What a `mod.rs` hands on under a name of its own, and whence.
    handed_on: BTreeMap<Way, Way>,
    /// By room.
    uses: BTreeMap<Way, BTreeSet<Use>>,
}

/// A file that uses another one of its room; `None` is the room's `mod.rs`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    by: Option<String>,
    of: Option<String>,
}

impl House {
    /// Notes what a `mod.rs` declares and hands on.
    fn enter(&mut self, source: &Source) {
        if !source.path.ends_with("mod.rs") {
            return;
        }
        let room = source.way();
        let tokens = tokens(source.code());
        let declared = tokens.windows(3).filter(|it| it[0] == "mod" && it[2] == ";");
        let files: Vec<String> = declared.map(|it| it[1].clone()).collect();
        for statement in tokens.split(|it| it == ";") {
            let Some(at) = statement.iter().position(|it| it == "use") else { continue };
            for (path, name) in paths(&statement[at + 1..]) {
                let path = if path[0] == "self" { path[1..].to_vec() } else { path };
                if path.len() > 1 && files.contains(&path[0]) && !files.contains(&name) {
                    let own = [room.as_slice(), &[name]].concat();
                    self.handed_on.insert(own, [room.as_slice(), &path].concat());
                }
            }
        }
        self.rooms.insert(room, files);
    }

    /// Notes whom a file uses, in each of the rooms it is in.
    fn walk(&mut self, source: &Source) {
        let way = source.way();
        let is_room = self.rooms.contains_key(&way);
        let mut tokens = tokens(source.code());
        if is_room {
            let mut statements: Vec<&[String]> = tokens.split_inclusive(|it| it == ";").collect();
            statements.retain(|it| !hands_on(it));
            tokens = statements.concat();
        }
        for at in 0..tokens.len() {
            let before = at.checked_sub(1).map_or("", |it| tokens[it].as_str());
            let after = tokens.get(at + 1).map_or("", String::as_str);
            let is_path = after == "::" && before != "::";
            let base = match tokens[at].as_str() {
                "crate" | "self" | "super" if is_path => None,
                name if is_room && !["::", ".", "fn", "mod"].contains(&before) => {
                    let is_type = name.starts_with(char::is_uppercase);
                    let is_file = self.rooms[&way].iter().any(|it| it == name);
                    let own = [way.as_slice(), &[name.to_owned()]].concat();
                    let is_used = is_path || (is_type || after == "(") && !is_file;
                    if !is_used || !(is_file || self.handed_on.contains_key(&own)) {
                        continue;
                    }
                    Some(way.clone())
                }
                _ => continue,
            };
            for (path, _) in paths(&tokens[at..]) {
                let used = match &base {
                    Some(base) => [base.as_slice(), &path].concat(),
                    None => absolute(&way, path),
                };
                self.note(&way, used);
            }
        }
    }

    fn note(&mut self, user: &[String], mut path: Way) {
        while let Some((own, from)) = self.handed_on.iter().find(|it| path.starts_with(it.0)) {
            path = [from.as_slice(), &path[own.len()..]].concat();
        }
        for (room, files) in &self.rooms {
            if user.starts_with(room) && path.starts_with(room) && path.len() > room.len() {
                let by = user.get(room.len()).cloned();
                let of = path.get(room.len()).filter(|it| files.contains(it)).cloned();
                if by != of {
                    self.uses.entry(room.clone()).or_default().insert(Use { by, of });
                }
            }
        }
    }

    /// Every use against the order of a room, in words.
    fn circles(&self) -> Vec<String> {
        let mut circles = Vec::new();
        for (room, uses) in &self.uses {
            let name = room.join("/");
            let place = |file: &String| self.rooms[room].iter().position(|it| it == file);
            // Whatever `mod.rs` uses, by itself or through others.
            let mut below: BTreeSet<&String> = BTreeSet::new();
            loop {
                let reached =
                    uses.iter().filter(|it| it.by.as_ref().is_none_or(|by| below.contains(by)));
                let all: BTreeSet<&String> = reached.filter_map(|it| it.of.as_ref()).collect();
                if all.is_subset(&below) {
                    break;
                }
                below.extend(all);
            }
            for Use { by, of } in uses {
                let Some(by) = by else { continue };
                let is_wrong = match of {
                    Some(of) => place(of) > place(by),
                    None => below.contains(by),
                };
                if is_wrong {
                    circles
                        .push(format!("{name}: {by} uses {}", of.as_deref().unwrap_or("mod.rs")));
                }
            }
        }
        circles
    }
}

/// Whether a statement only declares a file or hands on what is in one.
fn hands_on(statement: &[String]) -> bool {
    let first = statement.iter().position(|it| it == "pub" || it == "mod").unwrap_or(0);
    let rest = statement[first..].iter();
    let mut words =
        rest.skip_while(|it| ["pub", "(", "crate", "super", ")"].contains(&it.as_str()));
    let word = words.next().map_or("", String::as_str);
    word == "mod" || word == "use" && statement[first] == "pub"
}

/// A path as written in a module, from the crate's root.
fn absolute(module: &[String], path: Way) -> Way {
    let mut way = module.to_vec();
    for name in path {
        match name.as_str() {
            "crate" => way.clear(),
            "self" => {}
            "super" => drop(way.pop()),
            _ => way.push(name),
        }
    }
    way
}

/// The paths these tokens begin with, groups taken apart, each with the name it
/// is known by.
fn paths(tokens: &[String]) -> Vec<(Way, String)> {
    let mut paths = Vec::new();
    follow(&mut tokens.iter().map(String::as_str).peekable(), &[], &mut paths);
    paths
}

fn follow<'a>(
    tokens: &mut Peekable<impl Iterator<Item = &'a str>>,
    stem: &[String],
    paths: &mut Vec<(Way, String)>,
) {
    let mut path = stem.to_vec();
    while let Some(token) = tokens.next_if(|it| it.starts_with(is_of_name)) {
        path.push(token.to_owned());
        if tokens.next_if_eq(&"::").is_none() {
            break;
        }
    }
    if tokens.next_if_eq(&"{").is_some() {
        while tokens.peek().is_some_and(|it| *it != "}") {
            let before = paths.len();
            follow(tokens, &path, paths);
            if tokens.next_if_eq(&",").is_none() || paths.len() == before {
                break;
            }
        }
        tokens.next();
    } else if !path.is_empty() {
        let alias = tokens.next_if_eq(&"as").and_then(|_| tokens.next());
        let name = alias.map_or_else(|| path[path.len() - 1].clone(), str::to_owned);
        paths.push((path, name));
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Names and signs, without comments and strings.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if first == '"' {
            let mut is_escaped = true;
            let is_end = |c: char| {
                let is_end = c == '"' && !is_escaped;
                is_escaped = c == '\\' && !is_escaped;
                is_end
            };
            rest.find(is_end).map_or(rest.len(), |at| at + 1)
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest[1..].find('\'').map_or(rest.len(), |at| at + 2)
        } else if is_of_name(first) {
            rest.find(|c| !is_of_name(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        if !token.starts_with("//") && !token.starts_with('"') && !token.trim().is_empty() {
            tokens.push(token.to_owned());
        }
        rest = after;
    }
    tokens
}

#[test]
fn each_outside_crate_has_one_home() {
    for source in sources() {
        for (name, homes) in CONFINED {
            assert!(
                !source.code().contains(name) || homes.contains(&source.module.as_str()),
                "{}: `{name}` belongs in {homes:?}",
                source.path.display(),
            );
        }
    }
}

#[test]
fn no_line_is_wider_than_the_page_and_no_file_longer_than_a_sitting() {
    for source in sources() {
        for (number, line) in (1..).zip(source.text.lines()) {
            let width = line.chars().count();
            assert!(width <= 110, "{}:{number}: {width} columns", source.path.display());
        }
        let lines = source.text.lines().count();
        assert!(lines <= 500, "{}: {lines} lines", source.path.display());
    }
}

/// The page of codes as `docs/ma-loi.md` must hold it.
fn page_of_codes() -> String {
    let mut page = String::from(
        "# Mã phát hiện\n\n\
        `cchc explain P052` giải thích một mã ngay trên máy. Chữ cái đầu cho biết tệp của ai: \
        P phiếu, T tệp của kỳ, D thẩm định, S khảo sát, K kết quả, L kết quả các năm khi tổng kết.\n\n\
        | Mã | Nghĩa | Cách xử lý |\n|---|---|---|\n",
    );
    let infos = cchc::finding::Code::ALL.iter().map(|code| code.info());
    page.extend(infos.map(|info| format!("| {} | {} | {} |\n", info.id, info.title, info.help)));
    page
}

#[test]
fn ids_of_codes_are_unique_and_every_row_is_said_in_full() {
    let mut ids = BTreeSet::new();
    for info in cchc::finding::Code::ALL.iter().map(|code| code.info()) {
        assert!(ids.insert(info.id), "{} twice", info.id);
        assert!(info.help.ends_with('.') && !info.title.ends_with('.'), "{}", info.id);
        let to_unit = info.to_unit.unwrap_or(info.help);
        assert!(to_unit.is_empty() || to_unit.ends_with('.'), "{}", info.id);
    }
}

#[test]
fn the_page_of_codes_is_what_the_code_says() {
    let path = "docs/ma-loi.md";
    if std::env::var_os("CCHC_WRITE").is_some() {
        fs::write(path, page_of_codes()).unwrap();
    }
    let page = fs::read_to_string(path).unwrap();
    let again = "CCHC_WRITE=1 cargo test --test it the_page_of_codes";
    assert!(page == page_of_codes(), "{path} is not what the code says; write it again: {again}");
}

/// Targets of the links of a page, without those to the web.
fn links(text: &str) -> Vec<&str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    let targets = targets.map(|(target, _)| target.split('#').next().unwrap());
    targets.filter(|it| !it.is_empty() && !it.contains("://")).collect()
}

fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_made = name.starts_with('.') || ["target", "node_modules"].contains(&name.as_str());
        if path.is_dir() && !is_made {
            pages(&path, found);
        } else if path.extension().is_some_and(|it| it == "md") {
            found.push(path);
        }
    }
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut found = Vec::new();
    pages(Path::new("."), &mut found);
    for page in found {
        let text = fs::read_to_string(&page).unwrap();
        for target in links(&text) {
            let path = page.parent().unwrap().join(target);
            assert!(path.exists(), "{}: no {target}", page.display());
        }
    }
}

#[test]
fn every_code_is_named_by_a_test() {
    let mut files = sources();
    collect(Path::new("tests/it"), &mut files);
    let tested = files.iter().filter_map(|source| {
        if source.path.starts_with("src") && source.path.file_name().unwrap() != "tests.rs" {
            return source.text.split_once("#[cfg(test)]").map(|(_, tests)| tests);
        }
        (!source.path.ends_with("tidy.rs")).then_some(source.text.as_str())
    });
    let tests: String = tested.collect();
    for code in cchc::finding::Code::ALL {
        let id = code.info().id;
        let name = format!("Code::{code:?}");
        assert!(tests.contains(id) || tests.contains(&name), "no test names {id} ({name})");
    }
}
