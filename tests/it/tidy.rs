//! The rules a compiler cannot check.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules that may name each outside crate or each part of `std` that
/// reaches the world. An empty list forbids it everywhere.
const CONFINED: &[(&str, &[&str])] = &[
    ("calamine::", &["excel"]),
    ("clap::", &["cli"]),
    ("indicatif::", &["cli"]),
    ("jiff::", &["day"]),
    ("memchr::", &["excel"]),
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
    ("zip::", &["bundle", "excel"]),
    ("std::fs", &["batch"]),
    ("std::env", &["batch", "cli", "main"]),
    ("std::thread", &[]),
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
    for info in cchc::finding::Code::ALL.iter().map(|code| code.info()) {
        page += &format!("| {} | {} | {} |\n", info.id, info.title, info.help);
    }
    page
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
