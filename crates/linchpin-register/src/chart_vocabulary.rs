//! The closed vocabularies of charts and of recipes for images.

use super::RecordKind;
use super::schema::vocabulary;

vocabulary! {
    /// How the records of a chart are drawn.
    pub enum MarkKind "mark" {
        Bar "bars" "A length for each group; with a color, parts of it.";
        Dot "dots" "A dot for each record or group at its number or date.";
        Range "ranges" "A line from the lower to the upper bound of each number.";
        Dumbbell "dumbbell" "A row for each group; a dot for each value of the color, joined by a \
            line.";
        Bullet "bullet" "A row for each group; a bar for what is delivered, a tick for the target.";
        Line "line" "Numbers over time, joined.";
        Step "steps" "Numbers over time, each holding until the next.";
        Timeline "timeline" "Dated records in lanes.";
        Matrix "matrix" "Rows and columns with a number where the two meet.";
        Waffle "waffle" "A square for each record, or for so many people.";
        Network "network" "Records and the links between them.";
        Table "table" "The records' fields in words, as a picture.";
    }
}

vocabulary! {
    /// Which list of the register a chart draws.
    pub enum RecordList "list" {
        Commitments "commitments" "What is promised.";
        Bodies "bodies" "Groups that meet.";
        Figures "figures" "Numbers that are stated.";
        Instruments "instruments" "Treaties, declarations, strategies.";
        Events "events" "What happened, and when.";
        Concerns "concerns" "Threats and worries.";
        Dismissals "dismissals" "Sentences that yield no record.";
        Documents "documents" "Where the words stand.";
        Parties "parties" "Who promises, speaks or meets.";
        Priorities "priorities" "Under which the documents group their commitments.";
        Themes "themes" "Subjects.";
        Ladder "ladder" "Steps of strength.";
    }
}

impl RecordList {
    /// The record type of the list.
    pub fn kind(self) -> RecordKind {
        match self {
            RecordList::Commitments => RecordKind::Commitment,
            RecordList::Bodies => RecordKind::Body,
            RecordList::Figures => RecordKind::Figure,
            RecordList::Instruments => RecordKind::Instrument,
            RecordList::Events => RecordKind::Event,
            RecordList::Concerns => RecordKind::Concern,
            RecordList::Dismissals => RecordKind::Dismissal,
            RecordList::Documents => RecordKind::Document,
            RecordList::Parties => RecordKind::Party,
            RecordList::Priorities => RecordKind::Priority,
            RecordList::Themes => RecordKind::Theme,
            RecordList::Ladder => RecordKind::LadderStep,
        }
    }

    /// The list of a record type; `None` of charts and recipes, which are no subject of charts.
    pub fn for_kind(kind: RecordKind) -> Option<RecordList> {
        RecordList::ALL
            .iter()
            .copied()
            .find(|list| list.kind() == kind)
    }
}

vocabulary! {
    /// How the records of a group become one number.
    pub enum Aggregate "aggregate" {
        Count "number of records" "How many records there are.";
        Sum "sum" "All numbers added up. Never of bounds.";
        Mean "mean" "The sum by how many there are. Never of bounds.";
        Median "median" "The one in the middle. Never of bounds.";
        Min "least" "The least of them. Never of bounds.";
        Max "greatest" "The greatest of them. Never of bounds.";
    }
}

vocabulary! {
    /// What is worked out from the numbers of a chart.
    pub enum DerivedMeasure "derived measure" {
        ShareOfTotal "share of the total" "Each number by the sum of all groups, in percent.";
        ChangeFromPrevious "change from the period before" "Each number less that of the period \
            before.";
        PercentChange "change from the period before, in percent" "The change by the number of the \
            period before.";
        RunningTotal "running total" "Each number and all those before it, added up.";
        MovingAverage "moving average" "The mean of so many periods, the last of them its own.";
        Ratio "ratio" "What some records of a group state by what others do; in percent where \
            both have one unit.";
    }
}

vocabulary! {
    /// How numbers become places on an axis.
    pub enum ScaleKind "scale" {
        Linear "linear" "Equal steps for equal differences; bars begin at zero.";
        Log "logarithmic" "Equal steps for equal factors; not for bars, nor for zero and less.";
    }
}

vocabulary! {
    /// How the parts of a bar are put.
    pub enum Arrangement "arrangement" {
        Stacked "stacked" "One after another: the whole counts.";
        Grouped "side by side" "Beside each other: the parts count.";
        Share "shares" "As parts of 100 percent.";
    }
}

vocabulary! {
    /// In which order groups stand.
    pub enum OrderBy "order" {
        Register "the register's order" "As they stand in the file; steps by their rank.";
        Value "their number" "The least first; descending: the greatest.";
        Name "their name" "From A to Z.";
    }
}

vocabulary! {
    /// An axis of a chart.
    pub enum AxisName "axis" {
        X "across" "From left to right.";
        Y "up" "From bottom to top, or from row to row.";
    }
}

vocabulary! {
    /// A kind of image file.
    pub enum ImageFormat "format" {
        Png "PNG" "Pixels: for slides, pages and messages.";
        Svg "SVG" "Shapes and text: for the web and drawing programs.";
        Pdf "PDF" "A page: for print and papers.";
    }
}

vocabulary! {
    /// How an image looks.
    pub enum ImageStyle "style" {
        Light "light" "For screens with a light ground.";
        Dark "dark" "For screens with a dark ground.";
        Print "print" "For paper: finer lines, darker ink, patterns with colors.";
        Slide "slide" "For a wall: larger letters, thicker lines.";
    }
}

vocabulary! {
    /// What an image carries of the register that it was drawn from.
    pub enum EvidenceScope "evidence" {
        Full "everything" "The records behind the chart, its data and citations, and what was \
            drawn: the image can be opened as a chart again.";
        Citations "citations" "Where the words stand, which register it was, and what was drawn: a \
            light file that can still be checked.";
        Nothing "nothing" "Title, description, author and rights alone: it cannot be checked.";
    }
}

vocabulary! {
    /// How numbers are written.
    pub enum NumberStyle "number style" {
        English "1,234.5" "As in English and Korean.";
        Continental "1.234,5" "As in German, Spanish, Italian, Dutch.";
        French "1 234,5" "As in French, Polish, Swedish; the space does not break.";
        Swiss "1’234.5" "As in Switzerland.";
    }
}
