//! Numbers of passages, put together where they follow each other.

/// Runs of numbers that follow each other, with their first and last: [1, 2, 3, 7] is (1, 3) and
/// (7, 7). `numbers` ascend.
pub fn ranges(numbers: &[usize]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for &number in numbers {
        match out.last_mut() {
            Some((_, last)) if number <= last.saturating_add(1) => *last = number.max(*last),
            _ => out.push((number, number)),
        }
    }
    out
}

/// "1–3, 7"
pub fn format_ranges(numbers: &[usize]) -> String {
    let ranges = ranges(numbers);
    let words: Vec<String> = ranges.into_iter().map(format_range).collect();
    words.join(", ")
}

/// "7", "1–3"
pub(super) fn format_range((first, last): (usize, usize)) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first}–{last}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbors_are_put_together() {
        assert_eq!(format_ranges(&[]), "");
        assert_eq!(format_ranges(&[4]), "4");
        assert_eq!(format_ranges(&[1, 2, 3, 7, 9, 10]), "1–3, 7, 9–10");
        assert_eq!(ranges(&[5, 5, 6]), [(5, 6)]);
    }
}
