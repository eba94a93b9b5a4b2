//! Texts out of web pages and Markdown: blocks as paragraphs, nothing of what surrounds them.

use crate::{notes, text};
use linchpin_text::extract::SourceFormat;

fn page(html: &str) -> String {
    text(html.into(), SourceFormat::Html).unwrap().text
}

#[test]
fn blocks_are_paragraphs_and_what_surrounds_them_is_left_out() {
    let found = text(
        "<!doctype html><html><head><title>Site</title><style>p { color: red }</style></head><body>
        <header><a href=/>Home</a></header><nav><ul><li>Menu<li>More</ul></nav>
        <main><article><header><h1>Joint statement</h1></header>
        <p>The &ldquo;U.S.&rdquo; side&nbsp;&mdash; as\n   it <b>sa</b>id &hellip; will act.<p>양국은 \
<i>확장</i>억제를 강화한다.
        <script>if (1 < 2) document.write('<p>no')</script>
        <ol><li>First<li>Second &amp; last</ol>
        <blockquote><p>Quoted</blockquote><div hidden>Never</div><svg><text>drawn</text></svg>
        </article></main><aside>Advertisement</aside><footer>Imprint</footer></body></html>"
            .into(),
        SourceFormat::Html,
    )
    .unwrap();
    assert_eq!(
        found.text,
        "Joint statement\nThe “U.S.” side — as it said … will act.\n양국은 확장억제를 강화한다.\nFirst\nSecond \
        & last\nQuoted\n"
    );
    assert_eq!(notes(&found), [""; 0]);
}

#[test]
fn the_article_is_preferred_and_what_is_left_is_told() {
    let long = "They agreed on many things that day. ".repeat(10);
    let found = text(
        format!("<p>Cookies are used.</p><article><p>{long}</article><article><p>Teaser</article>")
            .into(),
        SourceFormat::Html,
    )
    .unwrap();
    assert_eq!(found.text.trim(), long.trim());
    assert_eq!(
        notes(&found),
        [
            "Taken from the part of the page that it marks as its text; 23 characters around that \
            were left out"
        ]
    );
    // Teasers alone are no article that the page is about.
    let teasers = "<p>Long enough text of the page itself, which says it \
        all.</p><article>One</article><article>Two</article>";
    assert_eq!(page(teasers).lines().count(), 3);
    // A page that stands in a form or a menu as a whole.
    assert_eq!(
        page("<form><p>All of the page</p><input></form>"),
        "All of the page\n"
    );
    assert_eq!(page("<nav><p>All of the page"), "All of the page\n");
}

#[test]
fn line_breaks_and_tables_are_read_as_they_look() {
    assert_eq!(
        page("<p>One line<br>Another<br/><br>Third"),
        "One line Another\nThird\n"
    );
    assert_eq!(
        page("<div>Seoul<br>3 May<br>We met.</div>"),
        "Seoul\n3 May\nWe met.\n"
    );
    let table = "<table><tr><th>Year<th>Force \
        level<tr><td>2022<td><p>28,500</p><tr><td>2023<td>28,500</table>After";
    assert_eq!(
        page(table),
        "Year | Force level\n2022 | 28,500\n2023 | 28,500\nAfter\n"
    );
    let layout = "<table><tr><td>Side<td><p>One<p>Two<table><tr><td>a<td>b</table></table>";
    assert_eq!(page(layout), "Side\nOne\nTwo\na | b\n");
}

#[test]
fn pages_of_other_encodings_are_read_or_refused() {
    let western = b"<meta charset=windows-1252><p>\x93The U.S.\x94 \x96 caf\xe9".to_vec();
    let found = text(western, SourceFormat::Html).unwrap();
    assert_eq!(found.text, "“The U.S.” – café\n");
    assert_eq!(
        notes(&found),
        ["The page was saved as windows-1252; the text is kept as UTF-8"]
    );
    let korean = b"<meta charset=\"euc-kr\"><p>\xc7\xd1\xb1\xb9".to_vec();
    let refused = text(korean, SourceFormat::Html).unwrap_err();
    assert!(
        refused.starts_with("The page is saved as euc-kr"),
        "{refused}"
    );
}

#[test]
fn broken_pages_are_read_as_far_as_they_go() {
    for (html, expected) in [
        ("</p></table></nav><p>x", "x\n"),
        ("<td>a<td>b</table>c", "a\nb\nc\n"),
        ("<p title='<p>'>a<", "a<\n"),
        ("<pre>a\n\nb</pre>", "a\nb\n"),
        ("&#0;&#xd800; &bogus; x", "�� &bogus; x\n"),
    ] {
        assert_eq!(page(html), expected, "{html}");
    }
    let deep = "<div><table><tr><td>".repeat(100);
    assert_eq!(page(&format!("{deep}x")), "x\n");
}

#[test]
fn markdown_loses_its_marks() {
    let found = text(
        "---\ntitle: x\n---\n# The *joint* statement\n\nThe “U.S.” side — as it\nsaid — will \
        [work](https://example.org) to `enable`\ntalks.[^1]\n\n- First\n- Second\n  - Within\n\n> \
        Quoted **words**\n\n| Year | Level |\n|---|---|\n| 2023 | 28,500 |\n\n![A \
        picture](x.png)\n\n<div><p>In HTML</p></div>\n\n[^1]: A note.\n"
            .into(),
        SourceFormat::Markdown,
    )
    .unwrap();
    assert_eq!(
        found.text,
        "The joint statement\nThe “U.S.” side — as it said — will work to enable \
        talks.\nFirst\nSecond\nWithin\nQuoted words\nYear | Level\n2023 | 28,500\nIn HTML\nA \
        note.\n"
    );
}
