//! What a picture says about itself, and the files that travel inside it.

use crate::ExportError;

/// What a picture says about itself. Empty fields are left out of the file.
///
/// | field | SVG | PDF | PNG (`iTXt`; * in its XMP too) |
/// |---|---|---|---|
/// | `title` | `<title>`, `dc:title` | title, heading, bookmark | `Title` * |
/// | `description` | `<desc>`, `dc:description` | subject, alternative text | `Description` * |
/// | `author` | `dc:creator` | author, `dc:creator` of its XMP | `Author` * |
/// | `rights` | `dc:rights` | `dc:rights` of its XMP | `Copyright` * |
/// | `source` | `dc:source` | after the description | `Source` * |
/// | `citations` | `dcterms:bibliographicCitation` | after the source | `Citations` |
/// | `keywords` | `dc:subject` | keywords | left out |
/// | `language` | `xml:lang`, `dc:language` | language | left out |
/// | `software` | `xmp:CreatorTool` | creator, producer | `Software` * |
/// | `created_unix_s` | `dc:date` | creation date | `Creation Time` |
/// | `attachments` | in `<metadata>` | attached files | one chunk each |
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The name of the picture. An accessible PDF (PDF/UA-1) needs one.
    pub title: String,
    /// What the picture shows, for those who cannot see it.
    pub description: String,
    /// Who made it.
    pub author: String,
    /// What may be done with it, such as the name of a licence.
    pub rights: String,
    /// Where its data come from, in one line.
    pub source: String,
    /// Works that it cites, one to the entry.
    pub citations: Vec<String>,
    /// What it is about.
    pub keywords: Vec<String>,
    /// The language of the text as a BCP 47 tag, such as "en"; empty where it is not known.
    pub language: String,
    /// The program that made the file, such as "Plotter 1.2".
    pub software: String,
    /// When the picture was made, in seconds since 1970 (UTC). `None` leaves every date out, so
    /// that the same picture gives the same bytes.
    pub created_unix_s: Option<i64>,
    /// Texts that travel inside the file, such as the data behind a chart.
    pub attachments: Vec<Attachment>,
}

/// A text that travels inside a picture file, for programs to read back.
///
/// ```
/// use egui_export::Attachment;
///
/// let data = Attachment {
///     key: "plotter".into(),
///     element: "data".into(),
///     namespace: "urn:example:plotter:1".into(),
///     file_name: "data.json".into(),
///     media_type: "application/json".into(),
///     description: "The numbers of the chart".into(),
///     text: "[1, 2, 3]".into(),
/// };
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    /// The keyword of the PNG chunk and the XML prefix in SVG: ASCII letters and digits, a letter
    /// first, at most 79.
    pub key: String,
    /// The local name of the SVG element that holds the text: ASCII letters and digits, a letter
    /// first.
    pub element: String,
    /// The XML namespace of that element, as a URI.
    pub namespace: String,
    /// The name of the file in a PDF.
    pub file_name: String,
    /// The media type of the file in a PDF, such as "application/json".
    pub media_type: String,
    /// What it is, in words, for the list of attachments of a PDF reader.
    pub description: String,
    /// The text itself. An empty one is not attached.
    pub text: String,
}

impl Metadata {
    /// The attachments that hold something.
    ///
    /// # Errors
    /// [`ExportError::AttachmentName`] where a name is no XML name or PNG keyword.
    pub(crate) fn attached(&self) -> Result<Vec<&Attachment>, ExportError> {
        let all = self.attachments.iter();
        let attached: Vec<&Attachment> = all.filter(|a| !a.text.is_empty()).collect();
        for attachment in &attached {
            for name in [&attachment.key, &attachment.element] {
                let is_first = name.starts_with(|c: char| c.is_ascii_alphabetic());
                let is_plain = name.bytes().all(|b| b.is_ascii_alphanumeric());
                if !is_first || !is_plain || name.len() > 79 {
                    return Err(ExportError::AttachmentName(name.clone()));
                }
            }
            // XML has no attachment with a prefix that stands for nothing.
            if attachment.namespace.is_empty() {
                return Err(ExportError::AttachmentName(String::new()));
            }
        }
        Ok(attached)
    }

    /// The moment of `created_unix_s`, where a file can name it.
    pub(crate) fn created(&self) -> Option<UtcDateTime> {
        self.created_unix_s.and_then(UtcDateTime::from_unix)
    }
}

/// A moment in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UtcDateTime {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

impl UtcDateTime {
    /// `None` outside of the years 0 to 9999, which no file format can write.
    pub fn from_unix(seconds: i64) -> Option<UtcDateTime> {
        let of_day = seconds.rem_euclid(86_400);
        // Counted from 1 March of year 0, a leap day is the last day of its year and needs no
        // exception.
        let days = seconds.div_euclid(86_400).checked_add(719_468)?;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let (month, next_year) = if month_from_march < 10 {
            (month_from_march + 3, 0)
        } else {
            (month_from_march - 9, 1)
        };
        let year = era * 400 + year_of_era + next_year;
        Some(UtcDateTime {
            year: u16::try_from(year).ok().filter(|year| *year <= 9_999)?,
            month: month as u8,
            day: day as u8,
            hour: (of_day / 3_600) as u8,
            minute: (of_day / 60 % 60) as u8,
            second: (of_day % 60) as u8,
        })
    }

    /// As ISO 8601 writes it: `2023-11-13T09:30:00Z`.
    pub fn iso(self) -> String {
        let UtcDateTime {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = self;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        let iso = |seconds| UtcDateTime::from_unix(seconds).map(UtcDateTime::iso);
        assert_eq!(iso(0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(iso(951_782_400).as_deref(), Some("2000-02-29T00:00:00Z"));
        assert_eq!(iso(1_699_867_845).as_deref(), Some("2023-11-13T09:30:45Z"));
        assert_eq!(iso(-1).as_deref(), Some("1969-12-31T23:59:59Z"));
        assert_eq!(iso(-512_438_400).as_deref(), Some("1953-10-06T00:00:00Z"));
    }

    #[test]
    fn moments_beyond_four_digit_years_are_left_out() {
        assert_eq!(UtcDateTime::from_unix(i64::MAX), None);
        assert_eq!(UtcDateTime::from_unix(i64::MIN), None);
        assert_eq!(UtcDateTime::from_unix(253_402_300_800), None);
    }
}
