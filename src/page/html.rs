//! A page is written element by element; texts cannot become markup.

use std::fmt::Write;

/// What a browser may do with a page: show it, in the page's own style. No script
/// runs, nothing is fetched, nothing is sent.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
                      form-action 'none'";

/// A page, or a part of one, while it is written.
#[derive(Debug, Default)]
pub(super) struct Html {
    text: String,
}

impl Html {
    /// A text, whatever is in it.
    pub(super) fn text(&mut self, text: &str) {
        escape(text, &mut self.text);
    }

    /// An element with what `inside` writes; `class` may be empty.
    pub(super) fn element(&mut self, tag: &str, class: &str, inside: impl FnOnce(&mut Html)) {
        self.open(tag, class, "");
        inside(self);
        self.close(tag);
    }

    /// An element that holds a text.
    pub(super) fn line(&mut self, tag: &str, class: &str, text: &str) {
        self.element(tag, class, |it| it.text(text));
    }

    /// A way to a file beside the page.
    pub(super) fn link(&mut self, to: &str, text: &str) {
        let mut more = String::from(" href=\"");
        escape(to, &mut more);
        more.push('"');
        self.open("a", "", &more);
        self.text(text);
        self.close("a");
    }

    /// A table: its heads, and the cells of each row with their classes. On a
    /// narrow screen each cell stands under its head.
    pub(super) fn table(&mut self, heads: &[&str], rows: &[Vec<(&str, String)>]) {
        self.element("table", "", |it| {
            it.element("thead", "", |it| {
                it.element("tr", "", |it| {
                    for head in heads {
                        it.open("th", "", " scope=\"col\"");
                        it.text(head);
                        it.close("th");
                    }
                });
            });
            it.element("tbody", "", |it| {
                for row in rows {
                    it.element("tr", "", |it| {
                        for (head, (class, text)) in heads.iter().zip(row) {
                            let mut label = String::from(" data-label=\"");
                            escape(head, &mut label);
                            label.push('"');
                            it.open("td", class, &label);
                            it.text(text);
                            it.close("td");
                        }
                    });
                }
            });
        });
        self.text.push('\n');
    }

    /// The whole page, read anew by the browser every so many seconds.
    pub(super) fn page(self, title: &str, style: &str, seconds: u32) -> String {
        let mut page = String::from("<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n");
        page.push_str("<meta charset=\"utf-8\">\n");
        let _ =
            writeln!(page, "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">");
        let _ = writeln!(page, "<meta http-equiv=\"refresh\" content=\"{seconds}\">");
        page.push_str(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
        );
        escape(title, &mut page);
        let _ = write!(page, "</title>\n<style>\n{style}</style>\n</head>\n<body>\n");
        page.push_str(&self.text);
        page.push_str("</body>\n</html>\n");
        page
    }

    fn open(&mut self, tag: &str, class: &str, more: &str) {
        self.text.push('<');
        self.text.push_str(tag);
        if !class.is_empty() {
            let _ = write!(self.text, " class=\"{class}\"");
        }
        self.text.push_str(more);
        self.text.push('>');
    }

    fn close(&mut self, tag: &str) {
        let _ = writeln!(self.text, "</{tag}>");
    }
}

/// A text as it stands in an element or in an attribute. Characters that no page
/// may hold, or that turn the direction of what follows, are shown as what they
/// are: unknown.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_a_text() {
        let mut html = Html::default();
        let text = "<script>a('b\")</script> & \u{0}\u{202e}cuối";
        html.table(&["<i>"], &[vec![("", text.to_owned())]]);
        let page = html.page("</title><b>", "", 30);
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("<i>"));
        let told = "&lt;script&gt;a(&#39;b&quot;)&lt;/script&gt; &amp; \u{fffd}\u{fffd}cuối";
        assert!(page.contains(&format!("<td data-label=\"&lt;i&gt;\">{told}</td>")), "{page}");
        assert!(page.contains("<title>&lt;/title&gt;&lt;b&gt;</title>"));
    }
}
