//! What it takes not to misread a stated number.

use super::captions;
use linchpin_register::{Figure, Register};

/// "Commitment, since 2021, as of January 2025, stated by Voice of America"
pub fn figure_detail(register: &Register, figure: &Figure) -> Option<String> {
    use linchpin_register::vocabulary::FigureKind;
    let mut parts = Vec::new();
    if figure.kind == FigureKind::Money
        && let Some(flow) = figure.flow
    {
        parts.push(flow.label().to_owned());
    }
    if let Some(period) = &figure.period {
        parts.push(match period.to {
            None => format!("since {}", period.from.to_long_form()),
            Some(to) if to == period.from => format!("in {}", to.to_long_form()),
            Some(to) => format!("{} to {}", period.from.to_long_form(), to.to_long_form()),
        });
    }
    if let Some(as_of) = &figure.as_of {
        parts.push(format!("as of {}", as_of.date.to_long_form()));
    }
    if let Some(speaker) = &figure.stated_by {
        parts.push(format!(
            "stated by {}",
            captions::party_name(register, speaker.as_str())
        ));
    }
    let text = parts.join(", ");
    let mut chars = text.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}
