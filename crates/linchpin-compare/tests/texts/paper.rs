//! PDFs made for the tests: letters at places, in a face that every reader must know and in one for
//! Korean.

use std::fmt::Write as _;

/// Words at a place: points from the left and from the foot, size.
pub struct Words {
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub text: String,
}

pub fn at(x: f32, y: f32, text: &str) -> Words {
    Words {
        x,
        y,
        size: 10.0,
        text: text.into(),
    }
}

/// Lines one below another, each with its distance from the left.
pub fn lines(x: f32, top: f32, leading: f32, lines: &[&str]) -> Vec<Words> {
    let place = |(index, line): (u8, &&str)| {
        let bare = line.trim_start_matches('>');
        let indent = 15.0 * (line.len() - bare.len()) as f32;
        at(x + indent, top - leading * f32::from(index), bare)
    };
    (0..).zip(lines).map(place).collect()
}

/// A page of A4 paper.
pub struct Sheet {
    pub words: Vec<Words>,
    /// Only a picture.
    pub is_picture: bool,
    /// What else is drawn.
    pub more: String,
}

pub fn sheet(words: Vec<Words>) -> Sheet {
    Sheet {
        words,
        is_picture: false,
        more: String::new(),
    }
}

/// A PDF whose face for English is named and not embedded, as in older ones.
pub fn pdf(sheets: &[Sheet]) -> Vec<u8> {
    pdf_with(sheets, "")
}

/// The same with more in its trailer.
pub fn pdf_with(sheets: &[Sheet], trailer: &str) -> Vec<u8> {
    let to_unicode = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 \
        begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange <0020> <007E> <0020> \
        <AC00> <D7A3> <AC00> endbfrange endcmap end end";
    let mut objects =
        vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".into(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Batang /Encoding /Identity-H /DescendantFonts \
        [5 0 R] /ToUnicode 6 0 R >>".into(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Batang /CIDSystemInfo << /Registry \
        (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [32 [300]] >>".into(),
        stream("", to_unicode),
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray \
            /BitsPerComponent 8", "x"),
    ];
    let mut kids = String::new();
    for sheet in sheets {
        let number = objects.len() + 1;
        let _ = write!(kids, "{number} 0 R ");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << \
            /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /I 7 0 R >> >> >>",
            number + 1
        ));
        objects.push(stream("", &drawn(sheet)));
    }
    if let Some(pages) = objects.get_mut(1) {
        *pages = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", sheets.len());
    }
    written(&objects, trailer)
}

fn stream(head: &str, data: &str) -> String {
    format!(
        "<< {head} /Length {} >>\nstream\n{data}\nendstream",
        data.len()
    )
}

fn written(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, count) = (file.len(), objects.len() + 1);
    let _ = write!(file, "xref\n0 {count}\n0000000000 65535 f \n");
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(
        file,
        "trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}

fn drawn(sheet: &Sheet) -> String {
    let mut page = sheet.more.clone();
    if sheet.is_picture {
        page.push_str("q 595 0 0 842 0 0 cm /I Do Q\n");
    }
    for words in &sheet.words {
        let (face, shown) = match words.text.chars().any(|c| c > '\u{3000}') {
            true => ("F2", in_korean(&words.text)),
            false => ("F1", in_english(&words.text)),
        };
        let Words { x, y, size, .. } = words;
        let _ = writeln!(
            page,
            "BT /{face} {size} Tf 1 0 0 1 {x} {y} Tm {shown} Tj ET"
        );
    }
    page
}

fn in_korean(text: &str) -> String {
    let codes: String = text
        .encode_utf16()
        .map(|unit| format!("{unit:04X}"))
        .collect();
    format!("<{codes}>")
}

fn in_english(text: &str) -> String {
    let code = |c: char| match c {
        '–' => 0x96,
        '—' => 0x97,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '…' => 0x85,
        '•' => 0x95,
        c => c as u32 & 0xff,
    };
    let codes: String = text.chars().map(|c| format!("{:02X}", code(c))).collect();
    format!("<{codes}>")
}
