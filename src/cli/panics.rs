//! Panics → what a person should read of them: nothing of one that was caught
//! and became a finding or a failure; what to do, of one that was not.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

use crate::cli::console::Console;
use crate::cli::outcome::Outcome;
use crate::finding::Severity;
use crate::record::PROGRAM;

/// What panicked so far, in the words of whoever panicked, on any thread.
#[derive(Clone, Debug, Default)]
pub struct Panics(Arc<Mutex<Vec<Panic>>>);

#[derive(Clone, Debug)]
struct Panic {
    said: String,
    /// Where in the source, `src/score/mod.rs:146:9`.
    place: String,
}

impl Panics {
    /// From now on a panic of this process is noted, and no longer printed.
    pub fn of_process() -> Panics {
        let panics = Panics::default();
        let noted = panics.clone();
        panic::set_hook(Box::new(move |panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            noted.note(Panic { said: words(panic.payload()).to_owned(), place });
        }));
        panics
    }

    /// Does the work; a panic that nobody caught is told on the console, with
    /// what was noted of it, and is a failure.
    pub fn guard(
        &self,
        console: &mut Console,
        work: impl FnOnce(&mut Console) -> Outcome,
    ) -> Outcome {
        let done = panic::catch_unwind(AssertUnwindSafe(|| work(console)));
        done.unwrap_or_else(|why| {
            self.tell(words(why.as_ref()), console);
            Outcome::Failed
        })
    }

    fn tell(&self, said: &str, console: &mut Console) {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = noted.iter().rfind(|it| it.said == said).map_or("", |it| &it.place);
        console.weighted(
            Severity::Error,
            "Lỗi: chương trình dừng vì lỗi của chính nó; tệp đầu vào còn nguyên, kết quả không \
             dở dang",
        );
        console
            .line("  → Chạy lại; nếu vẫn vậy, gửi dòng dưới đây cho người phụ trách chương trình.");
        console.line(format!("  chi tiết kỹ thuật: {PROGRAM} {place}: {said}"));
    }

    fn note(&self, panic: Panic) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(panic);
    }
}

/// What a panic said, if it was said in words.
fn words(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of this work, and how it ended.
    fn said(panics: &Panics, work: impl FnOnce() -> Outcome) -> (String, Outcome) {
        let mut out = Vec::new();
        let outcome = panics.guard(&mut Console::new(&mut out, false, false), |_| work());
        (String::from_utf8(out).unwrap(), outcome)
    }

    #[test]
    fn a_panic_nobody_caught_is_told_with_what_to_do_and_where_it_was() {
        let panics = Panics::default();
        for (said, place) in [("thừa điểm", "src/a.rs:1:2"), ("của tệp khác", "src/b.rs:3:4")]
        {
            panics.note(Panic { said: said.to_owned(), place: place.to_owned() });
        }
        let (text, outcome) = said(&panics, || panic!("thừa {}", "điểm"));
        assert_eq!(outcome, Outcome::Failed);
        insta::assert_snapshot!(text.replace(PROGRAM, "cchc"), @r"
        Lỗi: chương trình dừng vì lỗi của chính nó; tệp đầu vào còn nguyên, kết quả không dở dang
          → Chạy lại; nếu vẫn vậy, gửi dòng dưới đây cho người phụ trách chương trình.
          chi tiết kỹ thuật: cchc src/a.rs:1:2: thừa điểm
        ");
    }

    #[test]
    fn a_panic_of_the_process_is_noted_and_one_that_was_caught_is_not_told() {
        let panics = Panics::of_process();
        let caught = said(&panics, || {
            assert!(panic::catch_unwind(|| panic!("tệp lạ")).is_err());
            Outcome::Clean
        });
        let (text, _) = said(&panics, || panic!("tệp lạ hơn"));
        let _ = panic::take_hook();
        assert_eq!(caught, (String::new(), Outcome::Clean));
        assert!(text.contains("src/cli/panics.rs:") && text.ends_with(": tệp lạ hơn\n"), "{text}");
    }
}
