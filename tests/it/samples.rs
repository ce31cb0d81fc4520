//! Every folder in `samples/` is run, and what comes out is compared with the
//! text beside it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use cchc::cli;
use cchc::cli::console::Console;
use serde_json::Value;

const EXPECTED: &str = "mong-doi.txt";

#[test]
fn every_sample_comes_out_as_the_text_beside_it_says() {
    let mut differing = Vec::new();
    for sample in rounds(Path::new("samples")) {
        let name = sample.file_name().unwrap();
        let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("samples").join(name);
        let _ = fs::remove_dir_all(&made);
        copy(&sample, &made);
        let said = if made.join("ky.toml").exists() { run(&made) } else { summary(&made) };
        let expected = fs::read_to_string(sample.join(EXPECTED)).unwrap_or_default();
        if said != expected {
            fs::write(made.join(EXPECTED), &said).unwrap();
            differing.push(made.join(EXPECTED));
        }
    }
    assert!(
        differing.is_empty(),
        "what came out stands in {differing:?}; copy it beside the sample if it is right",
    );
}

/// The ten years end with what the round of their ninth came to, not with figures
/// of their own.
#[test]
fn the_ten_years_and_the_round_of_2019_say_the_same_of_that_year() {
    let made = tempfile::tempdir().unwrap();
    copy(Path::new("samples/ha-long-2019"), made.path());
    run(made.path());
    let read = |path: &Path| -> Value { serde_json::from_slice(&fs::read(path).unwrap()).unwrap() };
    let round = read(&made.path().join("ket-qua/ket-qua.json"));
    let year = read(Path::new("samples/ha-long-2011-2020/2019/ket-qua.json"));
    for part in ["ky", "trang-thai", "khoi", "linh-vuc"] {
        assert!(round[part] == year[part], "{part}: samples/make.sh lays the round's record there");
    }
    let leads = |bloc: &Value| word(&bloc["xep-hang"][0]["don-vi"]);
    let leaders: Vec<String> = year["khoi"].as_array().unwrap().iter().map(leads).collect();
    assert_eq!(leaders, ["TCKH", "P-HA-TU"], "as was published in June 2020");
}

/// What the round of 2019 compares with is what the ten years say of 2018.
#[test]
fn the_ten_years_and_the_round_of_2019_say_the_same_of_the_year_before() {
    let placings = |path: &str| -> Vec<String> {
        let record: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let blocs = record["khoi"].as_array().unwrap();
        let rows = blocs.iter().flat_map(|it| it["xep-hang"].as_array().unwrap());
        let mut rows: Vec<String> =
            rows.map(|it| words(it, &["don-vi", "ten", "hang", "chi-so", "xep-loai"])).collect();
        rows.sort();
        rows
    };
    let before = placings("samples/ha-long-2019/ky-truoc/ket-qua.json");
    assert_eq!(placings("samples/ha-long-2011-2020/2018/ket-qua.json"), before);
    assert_eq!(before.len(), 32);
}

fn rounds(top: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(top).unwrap().map(|entry| entry.unwrap().path());
    let is_sample =
        |path: &PathBuf| ["ky.toml", "tong-ket.toml"].iter().any(|it| path.join(it).exists());
    let mut rounds: Vec<PathBuf> = entries.filter(is_sample).collect();
    rounds.sort();
    rounds
}

/// Inputs are never written to, but results lie beside them.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// Runs a round and tells in short lines what came out.
pub(crate) fn run(round: &Path) -> String {
    let mut said = Vec::new();
    let mut console = Console::new(&mut said, false, false);
    let typed = vec![OsString::from("run"), round.as_os_str().to_owned()];
    let outcome = cli::run(typed, &mut console);
    let mut lines = vec![format!("mã thoát {}", outcome as u8)];
    let text = fs::read_to_string(round.join("ket-qua/ket-qua.json"));
    let text = text.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&said)));
    let result: Value = serde_json::from_str(&text).unwrap();
    lines.push(format!("trạng thái {}", word(&result["trang-thai"])));
    result["khoi"].as_array().unwrap().iter().for_each(|bloc| tell_bloc(bloc, &mut lines));
    for (kind, title) in [("tap-the", "tập thể"), ("ca-nhan", "cá nhân")] {
        let awards = result["khen-thuong"][kind].as_array().map_or(&[][..], Vec::as_slice);
        if !awards.is_empty() {
            lines.push(format!("\nKhen thưởng {title}: {}", awards.len()));
        }
        let award = |it| words(it, &["don-vi", "ho-ten", "muc-thuong", "cach-biet"]);
        lines.extend(awards.iter().map(award));
    }
    lines.push("\nPhát hiện".to_owned());
    let findings = result["phat-hien"].as_array().unwrap();
    lines.extend(findings.iter().map(|it| words(it, &["ma", "tep", "o", "noi-dung"])));
    lines.join("\n") + "\n"
}

/// Sums up several years and tells in short lines what came out.
fn summary(folder: &Path) -> String {
    let mut said = Vec::new();
    let mut console = Console::new(&mut said, false, false);
    let typed = vec![OsString::from("summary"), folder.as_os_str().to_owned()];
    let outcome = cli::run(typed, &mut console);
    let mut lines = vec![format!("mã thoát {}", outcome as u8)];
    let text = fs::read_to_string(folder.join("ket-qua/tong-ket.json"));
    let text = text.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&said)));
    let result: Value = serde_json::from_str(&text).unwrap();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for it in list(&result["don-vi"]) {
        let line = words(&it, &["ma", "chuoi", "so-nam", "trung-binh", "tang", "dao-dong"]);
        let parents: Vec<String> = list(&it["hinh-thanh-tu"]).iter().map(word).collect();
        let tail =
            if parents.is_empty() { String::new() } else { format!(" ← {}", parents.join(", ")) };
        lines.push(line + &tail);
    }
    lines.push("\nBiến động hạng có phần do đổi bộ chỉ số hoặc đổi đơn vị".to_owned());
    let moved = |it: &Value| it["doi-bo-chi-so"] != 0 || it["doi-don-vi"] != 0;
    let parts = [
        "don-vi",
        "tu-nam",
        "hang-truoc",
        "hang-sau",
        "thuc-hien",
        "doi-bo-chi-so",
        "doi-don-vi",
        "tham-dinh",
    ];
    lines.extend(
        list(&result["bien-dong-hang"]).iter().filter(|it| moved(it)).map(|it| words(it, &parts)),
    );
    lines.push("\nMục yếu".to_owned());
    lines.extend(
        list(&result["muc-yeu"])
            .iter()
            .map(|it| words(it, &["khoi", "bo-chi-so", "muc", "so-nam-yeu"])),
    );
    for (kind, title) in
        [("tap-the", "tập thể"), ("ca-nhan", "cá nhân"), ("khong-de-nghi", "không đề nghị")]
    {
        let awards = list(&result["khen-thuong"][kind]);
        lines.push(format!("\nKhen thưởng {title}: {}", awards.len()));
        let award = |it: &Value| {
            words(it, &["don-vi", "ho-ten", "co-so-xet", "muc-thuong", "cach-biet", "ly-do"])
        };
        lines.extend(awards.iter().map(award));
    }
    lines.push("\nPhát hiện".to_owned());
    lines.extend(
        list(&result["phat-hien"]).iter().map(|it| words(it, &["ma", "tep", "o", "noi-dung"])),
    );
    lines.join("\n") + "\n"
}

fn tell_bloc(bloc: &Value, lines: &mut Vec<String>) {
    lines.push(format!("\n{}, trung bình {}", word(&bloc["ten"]), word(&bloc["diem-trung-binh"])));
    let ranked = bloc["xep-hang"].as_array().unwrap();
    lines.extend(ranked.iter().map(|it| words(it, &["hang", "don-vi", "chi-so", "xep-loai"])));
    let unranked = bloc["khong-xep-hang"].as_array().unwrap();
    lines.extend(unranked.iter().map(|it| format!("- {}", words(it, &["don-vi", "ly-do"]))));
}

/// The values of some keys on one line; a key that is not there is left out.
fn words(value: &Value, keys: &[&str]) -> String {
    let present = keys.iter().map(|key| &value[*key]).filter(|it| !it.is_null());
    present.map(word).collect::<Vec<_>>().join(" | ")
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
