//! What a click on the header of a column does to the order of the rows.

use linchpin_register::query::SortBy;

/// A column's header was clicked: up, then down, then not at all.
pub(super) fn toggle_sort(sort: &mut Vec<SortBy>, column: &str, add: bool) {
    let now = sort
        .iter()
        .position(|by| by.column == column)
        .map(|at| (at, sort[at].descending));
    if !add {
        sort.retain(|by| by.column == column);
    }
    match now {
        None => sort.push(SortBy {
            column: column.to_owned(),
            descending: false,
        }),
        Some((at, false)) => sort[if add { at } else { 0 }].descending = true,
        Some((_, true)) => sort.retain(|by| by.column != column),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_sorts_up_then_down_then_not() {
        let mut sort = Vec::new();
        let mut click = |column, add| {
            toggle_sort(&mut sort, column, add);
            sort.iter()
                .map(|s| format!("{}{}", s.column, if s.descending { "-" } else { "+" }))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(click("a", false), "a+");
        assert_eq!(click("b", true), "a+ b+");
        assert_eq!(click("a", true), "a- b+");
        assert_eq!(click("b", false), "b-");
        assert_eq!(click("b", false), "");
    }
}
