//! The record against its schema and against itself.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::finding::Findings;
use crate::rank::Reason;
use crate::record::*;
use crate::score::Lack;

/// One changed point, and what followed.
fn amendment(base: &Input) -> Amendment {
    let word = |text: &str| text.to_owned();
    let seat = |rank, band: &str| Seat {
        rank: Some(rank),
        index: Some(word("92,00")),
        band: word(band),
        award: String::new(),
    };
    let point = RevisedPoint {
        unit: word("PB-NV"),
        name: word("Phòng Nội vụ"),
        item: word("1.1"),
        what: word("Điểm được tính"),
        before: word("2,00"),
        after: word("1,00"),
        code: word("NL"),
        meaning: word("Sửa lỗi nhập liệu"),
        note: String::new(),
    };
    let (before, after) = (seat(1, "Xuất sắc"), seat(2, "Tốt"));
    let moved = RevisedSeat { unit: word("PB-NV"), name: word("Phòng Nội vụ"), before, after };
    Amendment {
        base: base.clone(),
        base_seal: word("3F2A-91BC-07DE"),
        reason: word("Chấp nhận kiến nghị"),
        points: vec![point],
        seats: vec![moved],
    }
}

/// The text of a small round's record.
fn text() -> String {
    let round = sample::round(&sample::SMALL);
    let input = Input { file: "ky.toml".to_owned(), sha256: "cd".repeat(32) };
    let mut text = Vec::new();
    let tally = sample::tally(&round);
    let examined = sample::examined(&round, &tally);
    let firmness = firmness(&round, Some(&examined));
    let analysis = item_analysis(&round, &crate::analysis::items(&round, &tally));
    let amendment = Some(amendment(&input));
    let bare = of(&round, &tally, &[input], "cchc 0.1.0");
    let record = Record { areas: areas(&round), analysis, firmness, amendment, ..bare };
    record.begin_json(&mut text).unwrap();
    let output = Input { file: "Tong-hop-2019.xlsx".to_owned(), sha256: "ef".repeat(32) };
    End { outputs: &[output], seal: "3F2A-91BC-07DE" }.write_json(&mut text).unwrap();
    String::from_utf8(text).unwrap()
}

fn record() -> Record {
    serde_json::from_str(&text()).unwrap()
}

/// Whether an object, or one it takes over, has a property.
fn knows(schema: &Value, rule: &Value, key: &str) -> bool {
    let others = rule["allOf"].as_array().into_iter().flatten().chain([rule]);
    let mut others =
        others.filter_map(|it| schema.pointer(it["$ref"].as_str()?.strip_prefix('#')?));
    !rule["properties"][key].is_null() || others.any(|it| knows(schema, it, key))
}

/// What of `value` the schema does not allow, by JSON pointer.
fn against(schema: &Value, rule: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(pointer) = rule["$ref"].as_str() {
        let target = schema.pointer(pointer.trim_start_matches('#')).unwrap();
        against(schema, target, value, at, wrong);
    }
    for all in rule["allOf"].as_array().into_iter().flatten() {
        against(schema, all, value, at, wrong);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Bool(_) => "boolean",
    };
    let allowed = match &rule["type"] {
        Value::Array(kinds) => kinds.contains(&json!(kind)),
        Value::Null => true,
        one => *one == json!(kind),
    };
    let is_listed = rule["enum"].as_array().is_none_or(|list| list.contains(value));
    if !allowed || !is_listed || rule.get("const").is_some_and(|it| it != value) {
        wrong.push(format!("{at}: {value}"));
    }
    for (at_item, item) in value.as_array().into_iter().flatten().enumerate() {
        against(schema, &rule["items"], item, &format!("{at}/{at_item}"), wrong);
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        if let Some(rule) = rule["properties"].get(key) {
            against(schema, rule, inner, &format!("{at}/{key}"), wrong);
        } else if rule["unevaluatedProperties"] == false && !knows(schema, rule, key) {
            wrong.push(format!("{at}/{key}: lạ"));
        }
    }
    for key in rule["required"].as_array().into_iter().flatten() {
        if value.get(key.as_str().unwrap()).is_none() && value.is_object() {
            wrong.push(format!("{at}: thiếu {key}"));
        }
    }
}

/// Properties without a description, by JSON pointer.
fn undescribed(rule: &Value, at: &str, found: &mut Vec<String>) {
    for (key, inner) in rule.as_object().into_iter().flatten() {
        let at = format!("{at}/{key}");
        for (name, property) in inner.as_object().into_iter().flatten() {
            if key == "properties" && property["description"].as_str().is_none() {
                found.push(format!("{at}/{name}"));
            }
        }
        undescribed(inner, &at, found);
    }
}

#[test]
fn what_is_written_is_read_back() {
    let (record, mut again) = (record(), Vec::new());
    let end = End { outputs: record.outputs(), seal: record.seal() };
    Record { outputs: None, seal: None, ..record.clone() }.begin_json(&mut again).unwrap();
    end.write_json(&mut again).unwrap();
    assert_eq!(String::from_utf8(again).unwrap(), text());
    assert!(text().ends_with("}\n") && !text().contains('\r'));
    let plain = serde_json::to_string_pretty(&record).unwrap();
    assert_eq!(text().lines().next_back(), plain.lines().next_back());
    let end = |text: &str| text.split_once("\n  \"dau-vao\"").unwrap().1.to_owned();
    assert_eq!(end(&text()).trim_end(), end(&plain));
}

#[test]
fn an_item_is_one_line() {
    let text = text();
    let item = text.lines().find(|line| line.contains("\"1.2\"")).unwrap();
    let points = r#""tu-cham": "1.50", "tham-dinh": "1.50", "hai-long": null, "diem": "1.50""#;
    let expected = format!(r#"{{"ma": "1.2", "toi-da": "1.50", {points}, "nguon": "tham-dinh"}}"#);
    assert_eq!(item.trim().trim_end_matches(','), expected);
}

#[test]
fn the_schema_describes_everything_that_is_written() {
    let schema = include_str!("../../templates/ket-qua.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let value = serde_json::to_value(record()).unwrap();
    let mut wrong = Vec::new();
    against(&schema, &schema, &value, "", &mut wrong);
    undescribed(&schema, "", &mut wrong);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn decimals_are_strings_with_fixed_places() {
    let value = serde_json::to_value(record()).unwrap();
    let first = &value["khoi"][1]["xep-hang"][0];
    assert_eq!(first["don-vi"], "PX-01");
    assert_eq!((&first["tong"], &first["toi-da"]), (&json!("8.50"), &json!("9.00")));
    assert_eq!((&first["chi-so"], &first["thuong"]), (&json!("94.44"), &json!("0.50")));
    assert_eq!(first["muc"][2]["hai-long"], "92.50");
    assert_eq!(value["khoi"][0]["khong-xep-hang"][0]["ly-do"], "chua-nop");
    assert_eq!(value["khoi"][0]["khong-xep-hang"][0].get("tong"), None);
}

#[test]
fn last_round_is_what_was_recorded() {
    let record = record();
    let mut round = sample::round(&sample::SMALL);
    round.settings.year = 2020;
    let mut findings = Findings::default();
    let last = last_round("ky-truoc/ket-qua.json", &text(), &round, &mut findings).unwrap();
    assert_eq!((last.year, findings.len()), (2019, 0));
    assert_eq!(last.standings.len(), 5);
    let first = &record.blocs[0].standings[0];
    let read = &last.standings[&crate::round::register::UnitId(first.unit.clone())];
    assert_eq!(read.among, record.blocs[0].standings.len());
    assert_eq!((read.rank, Some(read.index.data(2))), (1, first.card.index.clone()));
    assert_eq!(Some(last.means["phong-ban"].data(2)), record.blocs[0].mean);
}

#[test]
fn who_is_another_now_is_not_compared_with_last_round() {
    let read = |round: &crate::round::Round| {
        let mut findings = Findings::default();
        let last = last_round("ky-truoc/ket-qua.json", &text(), round, &mut findings).unwrap();
        let said: Vec<String> = findings.iter().map(|it| it.message().to_owned()).collect();
        (last.standings.len(), said)
    };
    let mut round = sample::round(&sample::SMALL);
    let same = "Tệp là kết quả năm 2019, không trước năm 2019 của kỳ; không so sánh".to_owned();
    assert_eq!(read(&round), (0, vec![same]));
    round.settings.year = 2020;
    let unit = |round: &crate::round::Round, id: &str| {
        round.register.units.iter().position(|it| it.id.0 == id).unwrap()
    };
    let (first, second) = (unit(&round, "PB-01"), unit(&round, "PX-01"));
    round.register.units[first].name = "Thanh tra".to_owned();
    round.register.units[second].since = crate::day::Day::new(2020, 1, 1);
    let (count, said) = read(&round);
    assert_eq!(count, 3);
    assert!(said.iter().any(|it| it.starts_with("PB-01: kỳ trước là «")), "{said:?}");
    assert!(said.iter().any(|it| it.starts_with("PX-01: có kết quả kỳ trước")), "{said:?}");
    let codes = |year| {
        let mut round = round.clone();
        round.settings.year = year;
        let mut findings = Findings::default();
        last_round("ky-truoc/ket-qua.json", &text(), &round, &mut findings).unwrap();
        findings.iter().map(|it| it.code.info().id).collect::<Vec<_>>()
    };
    assert_eq!(codes(2019), ["T061"]);
    assert_eq!(codes(2020), ["T061", "T061"]);
    assert_eq!(codes(2021), ["K050", "T061", "T061"]);
}

#[test]
fn a_file_that_is_not_a_record_is_refused_with_the_reason() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut round = sample::round(&sample::SMALL);
        round.settings.year = 2020;
        let mut findings = Findings::default();
        let error = last_round("ket-qua.json", text, &round, &mut findings).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }
    check("", "Không đúng dạng ket-qua.json: tệp bị cắt cụt ở dòng 1, cột 0");
    check("{\"phien-ban\":", "Không đúng dạng ket-qua.json: tệp bị cắt cụt ở dòng 1, cột 13");
    check("<a/>", "Không đúng dạng ket-qua.json: không phải văn bản JSON ở dòng 1, cột 1");
    let wrong = "Không đúng dạng ket-qua.json: thiếu khóa, hoặc giá trị không đúng loại, ở dòng 1, \
                 cột 2";
    check("{}", wrong);
    let text = text();
    check(&text.replacen("\"1\"", "\"9\"", 1), "Phiên bản 9 ");
    check(&text.replacen("\"chi-so\": \"94.44\"", "\"chi-so\": \"cao\"", 1), "«cao» ");
    check(&text.replacen("\"chi-so\": \"94.44\"", "\"chi-so\": null", 1), "Đơn vị PX-01 ");
}

/// Every list of words in a schema, sorted.
fn lists(schema: &Value, found: &mut BTreeSet<Vec<String>>) {
    if let Some(words) = schema["enum"].as_array() {
        let words = words.iter().filter_map(|it| it.as_str().map(str::to_owned));
        found.insert(words.collect::<BTreeSet<String>>().into_iter().collect());
    }
    let (items, members) = (schema.as_array(), schema.as_object());
    let inner = items.into_iter().flatten().chain(members.into_iter().flat_map(|it| it.values()));
    inner.for_each(|it| lists(it, found));
}

#[test]
fn words_are_unambiguous_and_those_of_the_schemas() {
    let mut described = BTreeSet::new();
    for schema in [
        include_str!("../../templates/ket-qua.schema.json"),
        include_str!("../../templates/tong-ket.schema.json"),
    ] {
        lists(&serde_json::from_str(schema).unwrap(), &mut described);
    }
    let mut foreign = described.clone();
    for (name, words) in word::TABLES {
        let sorted: BTreeSet<String> = words.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(sorted.len(), words.len(), "{name}: two variants have one word");
        // The reasons of rounds and of summaries are two lists of one table.
        let (own, others): (Vec<_>, Vec<_>) =
            described.iter().partition(|list| list.iter().all(|it| sorted.contains(it)));
        assert_eq!(
            own.into_iter().flatten().cloned().collect::<BTreeSet<String>>(),
            sorted,
            "{name}"
        );
        foreign.retain(|list| others.contains(&list));
    }
    assert!(foreign.is_empty(), "{foreign:?}");
    assert_eq!(serde_json::to_value(Word::of(&Reason::Exempt("x".to_owned()))).unwrap(), "mien");
    let found: Word<Lack> = serde_json::from_str("\"khao-s\\u0061t\"").unwrap();
    assert_eq!(found.bare(), Some(Lack::Survey));
    assert!(serde_json::from_str::<Word<Lack>>("\"khac\"").is_err());
}
