//! A record's text → the keys in it that no record has.

use serde_json::Value;

use crate::record::contents::Record;

/// The keys that reading a record passes over, each with the way to it. A text
/// that is no record has none.
pub fn unknown_keys(text: &str) -> Vec<String> {
    let (Ok(found), Ok(record)) =
        (serde_json::from_str::<Value>(text), serde_json::from_str::<Record>(text))
    else {
        return Vec::new();
    };
    let known = serde_json::to_value(&record).expect("a record is always JSON");
    let mut unknown = Vec::new();
    collect("", &found, &known, &mut unknown);
    unknown
}

fn collect(way: &str, found: &Value, known: &Value, unknown: &mut Vec<String>) {
    match (found, known) {
        (Value::Object(found), Value::Object(known)) => {
            for (key, value) in found {
                let way = if way.is_empty() { key.clone() } else { format!("{way}.{key}") };
                match known.get(key) {
                    Some(known) => collect(&way, value, known, unknown),
                    None => unknown.push(way),
                }
            }
        }
        (Value::Array(found), Value::Array(known)) => {
            for (at, (value, known)) in found.iter().zip(known).enumerate() {
                collect(&format!("{way}[{}]", at + 1), value, known, unknown);
            }
        }
        _ => {}
    }
}
