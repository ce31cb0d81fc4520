//! A part's XML as some program spelled it → the same in the plain spelling that
//! [`super::markup`] takes apart: without comments and CDATA sections.

use memchr::memmem;

/// The part without comments between its elements, and with what CDATA sections
/// hold written as text. A mark in the middle of a text stays where it is: only
/// whoever wants two readers to see two values puts one there.
pub(super) fn plain(xml: String) -> String {
    if memmem::find(xml.as_bytes(), b"<!").is_none() {
        return xml;
    }
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml.as_str();
    while let Some(at) = rest.find("<!") {
        out.push_str(&rest[..at]);
        let mark = &rest[at..];
        let (open, close) =
            if mark.starts_with("<![CDATA[") { ("<![CDATA[", "]]>") } else { ("<!--", "-->") };
        let whole = mark.strip_prefix(open).and_then(|inner| inner.split_once(close));
        let Some((inner, after)) = whole else {
            out.push_str(mark);
            return out;
        };
        let is_between = out.trim_end().ends_with('>') && after.trim_start().starts_with('<');
        if close == "]]>" {
            out.push_str(&quick_xml::escape::escape(inner));
        } else if !is_between && !out.trim_end().is_empty() {
            out.push_str(&mark[..mark.len() - after.len()]);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_meaning_has_one_spelling() {
        #[track_caller]
        fn check(xml: &str, expected: &str) {
            assert_eq!(plain(xml.to_owned()), expected);
        }
        check("<a><b/></a>", "<a><b/></a>");
        check("<a><!-- x --> <b/><!--y--></a>", "<a> <b/></a>");
        check("<t><![CDATA[Hà < Tu & ]]></t>", "<t>Hà &lt; Tu &amp; </t>");
        check("<v>1<![CDATA[0]]></v>", "<v>10</v>");
        check("<v>1<!-- -->0</v>", "<v>1<!-- -->0</v>");
        check("<!-- by a library --><a/>", "<a/>");
        check("<a><!-- open", "<a><!-- open");
    }
}
