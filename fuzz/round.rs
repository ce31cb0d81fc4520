//! The sample round, in memory: what the fuzz targets read forms against.

use std::sync::LazyLock;

use cchc::book::Book;
use cchc::excel;
use cchc::round::{self, Round, RoundBooks};

pub const SETTINGS: &str = include_str!("../samples/ha-long-2019/ky.toml");

macro_rules! book {
    ($name:literal) => {
        book($name, include_bytes!(concat!("../samples/ha-long-2019/", $name)))
    };
}

pub static BOOKS: LazyLock<RoundBooks> = LazyLock::new(|| RoundBooks {
    register: book!("don-vi.xlsx"),
    sets: vec![book!("bo-chi-so/phong-ban.xlsx"), book!("bo-chi-so/phuong-xa.xlsx")],
    exemptions: Some(book!("khong-ap-dung.xlsx")),
    ..RoundBooks::default()
});

pub static ROUND: LazyLock<Round> = LazyLock::new(|| {
    let checked = round::read("ky.toml", SETTINGS, BOOKS.clone());
    checked.value().expect("the sample is sound").clone()
});

fn book(name: &str, bytes: &[u8]) -> Book {
    excel::read(name, bytes).expect("the sample is sound").book
}
