//! Edits of a register in several files: which file each splice goes to, and where the files stand afterwards.

use crate::register::{Part, part_at};
use crate::ron_text::Splice;

/// The splices that each file gets, at places of that file: the file's number among the parts, then its splices. `None` where one
/// reaches over the end of a file.
pub fn by_file(parts: &[Part], splices: &[Splice]) -> Option<Vec<(usize, Vec<Splice>)>> {
    let mut files: Vec<(usize, Vec<Splice>)> = Vec::new();
    for splice in splices {
        let index = part_at(parts, splice.span.start);
        let part = parts.get(index)?;
        if splice.span.end > part.span.end || splice.span.start < part.span.start {
            return None;
        }
        let local = Splice {
            span: splice.span.since(part.span.start),
            text: splice.text.clone(),
        };
        match files.iter_mut().find(|(of, _)| *of == index) {
            Some((_, splices)) => splices.push(local),
            None => files.push((index, vec![local])),
        }
    }
    Some(files)
}

/// Where the files stand in the joined text once the splices are carried out. `None` where one reaches over the end of a file, or the
/// text would grow beyond what can be read.
pub fn parts_after(parts: &[Part], splices: &[Splice]) -> Option<Vec<Part>> {
    let by_file = by_file(parts, splices)?;
    let mut shift = 0_i64;
    let mut after = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let mut part = part.clone();
        part.span.start = u32::try_from(i64::from(part.span.start) + shift).ok()?;
        let own = by_file.iter().filter(|(of, _)| *of == index);
        for splice in own.flat_map(|(_, splices)| splices) {
            let (out, put_in) = (splice.span.end - splice.span.start, splice.text.len());
            shift += i64::try_from(put_in).ok()? - i64::from(out);
        }
        part.span.end = u32::try_from(i64::from(part.span.end) + shift).ok()?;
        after.push(part);
    }
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{FileText, Loaded, load_joined, load_parts};
    use crate::ron_text::{Span, apply};

    fn loaded() -> Loaded {
        let files = ["(format: 1, title: \"하나\")", "", "(format: 1)"].map(|text| FileText {
            name: "x.ron".into(),
            text: text.to_owned(),
            problems: Vec::new(),
        });
        load_parts(files.into())
    }

    #[test]
    fn each_splice_goes_to_its_own_file() {
        let loaded = loaded();
        let at = |words: &str| {
            let start = loaded.text.rfind(words).unwrap() as u32;
            Span::new(start, start + words.len() as u32)
        };
        let empty = loaded.parts[1].span;
        let splices = [
            Splice::new(at("하나"), "둘"),
            Splice::insert(loaded.parts[0].span.end, " // end"),
            Splice::new(empty, "(format: 1)"),
            Splice::insert(loaded.text.len() as u32, "\n"),
        ];
        let files = by_file(&loaded.parts, &splices).unwrap();
        let mut texts: Vec<String> = Vec::new();
        for (index, part) in loaded.parts.iter().enumerate() {
            let own: Vec<Splice> = files
                .iter()
                .filter(|f| f.0 == index)
                .flat_map(|f| f.1.clone())
                .collect();
            texts.push(apply(part.span.of(&loaded.text), &own).unwrap());
        }
        assert_eq!(
            texts,
            [
                "(format: 1, title: \"둘\") // end",
                "(format: 1)",
                "(format: 1)\n"
            ]
        );
        let after = parts_after(&loaded.parts, &splices).unwrap();
        let again = load_joined(
            apply(&loaded.text, &splices).unwrap(),
            after.into(),
            Vec::new(),
        );
        let shown: Vec<&str> = again.parts.iter().map(|p| p.span.of(&again.text)).collect();
        assert_eq!(shown, texts);
        assert_eq!(
            (again.problem_count(), again.register.title.as_str()),
            (0, "둘")
        );
    }

    #[test]
    fn no_splice_joins_two_files() {
        let loaded = loaded();
        let end = loaded.parts[0].span.end;
        for span in [
            Span::new(end, end + 1),
            Span::new(end - 1, end + 1),
            Span::new(0, 999),
        ] {
            let splices = [Splice::new(span, "")];
            assert_eq!(by_file(&loaded.parts, &splices), None);
            assert_eq!(parts_after(&loaded.parts, &splices), None);
        }
    }
}
