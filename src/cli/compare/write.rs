//! Two documents beside each other for people: as plain text and as Markdown.

use super::ComparisonReport;
use linchpin_compare::{Finding, Match, PieceKind, Place, Row, RowKind, Side, Standing};
use linchpin_register::vocabulary::WordingChange;
use linchpin_render::export::table::markdown::escape;
use std::fmt::Write as _;

/// How many sentences in a row that are the same are told by their number.
const MIN_COLLAPSED: usize = 1;

/// Whether a finding tells two documents apart.
pub fn is_difference(finding: Finding) -> bool {
    !matches!(
        finding,
        Finding::Change(WordingChange::Repeated) | Finding::NotCoded
    )
}

/// As plain text.
pub fn text(compared: &ComparisonReport<'_>) -> String {
    let mut out = String::new();
    let heading = heading(compared);
    let _ = writeln!(out, "{heading}\n{}", "─".repeat(heading.chars().count()));
    let _ = writeln!(out, "{}", counts(compared));
    for finding in Finding::ALL {
        for (at, one) in matches_of(compared, *finding).enumerate() {
            if at == 0 {
                let _ = writeln!(out, "\n{}", finding_heading(*finding));
            }
            let _ = writeln!(out, "  {}", match_heading(one));
            for (label, side) in sides(one) {
                let _ = writeln!(out, "    {label:7}{}", side_line(side));
            }
            for line in &one.notes {
                let _ = writeln!(out, "    note:  {line}");
            }
            if one.standing == Standing::Proposed && !one.reasons.is_empty() {
                let _ = writeln!(out, "    why:   {}", one.reasons.join(". "));
            }
        }
    }
    if let Some((sentences, texts)) = &compared.sentences {
        let _ = writeln!(out, "\nSentences");
        let mut lines = SentenceLines::default();
        for row in &sentences.rows {
            lines.row(&mut out, row, *texts, &|words, kind| match kind {
                PieceKind::Same => words.to_owned(),
                PieceKind::Gone => format!("[-{words}-]"),
                PieceKind::New => format!("{{+{words}+}}"),
            });
        }
        lines.end(&mut out);
    }
    out
}

/// As Markdown: words that are gone struck through, words that are new in bold.
pub fn markdown(compared: &ComparisonReport<'_>) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "## {}\n\n{}",
        escape(&heading(compared)),
        counts(compared)
    );
    for finding in Finding::ALL {
        for (at, one) in matches_of(compared, *finding).enumerate() {
            if at == 0 {
                let _ = writeln!(out, "\n### {}\n", finding_heading(*finding));
            }
            let _ = writeln!(out, "- **{}**", escape(&match_heading(one)));
            for (label, side) in sides(one) {
                let _ = writeln!(out, "  - {label} {}", escape(&side_line(side)));
            }
            for line in &one.notes {
                let _ = writeln!(out, "  - {}", escape(line));
            }
        }
    }
    if let Some((sentences, texts)) = &compared.sentences {
        let _ = writeln!(out, "\n### Sentences\n");
        let mut lines = SentenceLines {
            bullet: "- ",
            ..SentenceLines::default()
        };
        for row in &sentences.rows {
            lines.row(&mut out, row, *texts, &|words, kind| match kind {
                PieceKind::Same => escape(words),
                PieceKind::Gone => format!("~~{}~~", escape(words)),
                PieceKind::New => format!("**{}**", escape(words)),
            });
        }
        lines.end(&mut out);
    }
    out
}

fn heading(compared: &ComparisonReport<'_>) -> String {
    let side =
        |d: &linchpin_register::Document| format!("{} ({})", d.short, d.date.date.to_long_form());
    format!("{} → {}", side(compared.before), side(compared.after))
}

/// "2 dropped (1 confirmed), 3 weakened (proposed), …"
fn counts(compared: &ComparisonReport<'_>) -> String {
    let mut parts = Vec::new();
    for finding in Finding::ALL {
        let confirmed = compared.matching.count(*finding, Standing::Confirmed);
        let proposed = compared.matching.count(*finding, Standing::Proposed);
        let how = match (*finding, confirmed, proposed) {
            (_, 0, 0) => continue,
            (Finding::NotCoded, ..) => String::new(),
            (_, 0, _) => " (proposed)".into(),
            (_, _, 0) => " (confirmed)".into(),
            _ => format!(" ({confirmed} confirmed, {proposed} proposed)"),
        };
        parts.push(format!("{} {}{how}", confirmed + proposed, finding.label()));
    }
    match parts.is_empty() {
        true => "No commitment of either document is recorded.".into(),
        false => format!("{}.", parts.join(", ")),
    }
}

fn matches_of<'c>(
    compared: &'c ComparisonReport<'_>,
    finding: Finding,
) -> impl Iterator<Item = &'c Match> {
    let matches = compared.matching.matches.iter();
    matches.filter(move |m| m.finding == finding)
}

fn finding_heading(finding: Finding) -> String {
    let label = finding.label();
    let mut letters = label.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

fn match_heading(one: &Match) -> String {
    let title = |side: &Option<Side>| side.as_ref().map(|s| s.title.clone());
    let named = match (title(&one.before), title(&one.after)) {
        (Some(a), Some(b)) if a != b => format!("{a} → {b}"),
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => String::new(),
    };
    let standing = match (one.standing, one.score) {
        (Standing::Confirmed, _) => "confirmed".to_owned(),
        (Standing::Proposed, Some(score)) => format!("proposed, {score:.2}"),
        (Standing::Proposed, None) => "proposed".to_owned(),
    };
    match one.finding {
        Finding::NotCoded => named,
        _ => format!("{named} [{standing}]"),
    }
}

fn sides(one: &Match) -> impl Iterator<Item = (&'static str, &Side)> {
    let all = [
        ("older:", &one.older),
        ("before:", &one.before),
        ("after:", &one.after),
    ];
    all.into_iter()
        .filter_map(|(label, side)| Some((label, side.as_ref()?)))
}

fn side_line(side: &Side) -> String {
    let mut parts = vec![side.step_words.clone(), format!("“{}”", side.verb)];
    parts.extend(side.phrase.iter().map(|phrase| format!("“{phrase}”")));
    parts.extend(side.paragraph.map(|number| format!("paragraph {number}")));
    format!(" {} <{}>", parts.join(", "), side.id)
}

/// Sentences, those that are the same told by their number.
#[derive(Default)]
struct SentenceLines {
    bullet: &'static str,
    same: usize,
}

impl SentenceLines {
    fn row(
        &mut self,
        out: &mut String,
        row: &Row,
        texts: [&str; 2],
        marked: &dyn Fn(&str, PieceKind) -> String,
    ) {
        if row.kind == RowKind::Same {
            self.same += 1;
            return;
        }
        self.end(out);
        let place = |places: &[Place]| {
            let numbers = places
                .iter()
                .map(|p| format!("{}.{}", p.paragraph, p.number));
            numbers.collect::<Vec<_>>().join("+")
        };
        let whole = |places: &[Place], text: &str, kind: PieceKind| {
            let words = places.iter().filter_map(|p| text.get(p.range.clone()));
            marked(&words.collect::<Vec<_>>().join(" "), kind)
        };
        let (before, after) = (place(&row.before), place(&row.after));
        let (head, words) = match row.kind {
            RowKind::Gone => (
                format!("gone {before}"),
                whole(&row.before, texts[0], PieceKind::Gone),
            ),
            RowKind::New => (
                format!("new {after}"),
                whole(&row.after, texts[1], PieceKind::New),
            ),
            RowKind::MovedAway => (
                format!("moved away {before}"),
                whole(&row.before, texts[0], PieceKind::Same),
            ),
            RowKind::Moved => (
                format!("moved {before} → {after}"),
                diff_words(row, texts, marked),
            ),
            _ => (
                format!("changed {before} → {after}"),
                diff_words(row, texts, marked),
            ),
        };
        let _ = writeln!(out, "{}{head}: {words}", self.indent());
    }

    fn indent(&self) -> &'static str {
        if self.bullet.is_empty() {
            "  "
        } else {
            self.bullet
        }
    }

    fn end(&mut self, out: &mut String) {
        if self.same >= MIN_COLLAPSED {
            let what = if self.same == 1 {
                "sentence"
            } else {
                "sentences"
            };
            let _ = writeln!(out, "{}… {} {what} the same", self.indent(), self.same);
        }
        self.same = 0;
    }
}

/// The words of a row one after another, with a space wherever there is one on the side they come
/// from.
fn diff_words(
    row: &Row,
    [before, after]: [&str; 2],
    marked: &dyn Fn(&str, PieceKind) -> String,
) -> String {
    let mut out = String::new();
    for piece in &row.pieces {
        let (text, range) = match piece.kind {
            PieceKind::Gone => (before, &piece.before),
            PieceKind::Same | PieceKind::New => (after, &piece.after),
        };
        let spaced = text
            .get(..range.start)
            .is_some_and(|t| t.ends_with(char::is_whitespace));
        if spaced && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(&marked(
            text.get(range.clone()).unwrap_or_default(),
            piece.kind,
        ));
    }
    out
}
