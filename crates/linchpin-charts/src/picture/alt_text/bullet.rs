//! Bars with targets in words: whose share is greatest and least, what is missing.

use super::bars::{NamedValue, bounds_sentence, range_with_zero};
use super::list_first_names;
use crate::captions::format_count;
use crate::picture::{Bullet, BulletRow, Extent, PrintedValue};

pub fn bullet(bullet: &Bullet) -> Vec<String> {
    let rows = format_count(bullet.rows.len(), "group", "groups");
    let mut out = vec![format!(
        "Bars with a target each: {} against {} in {rows}.",
        bullet.delivered, bullet.target
    )];
    let shares: Vec<NamedValue> = bullet.rows.iter().filter_map(share).collect();
    out.extend(match shares.as_slice() {
        [one] => Some(format!("{}: {} of the target.", one.name, one.text)),
        all => range_with_zero(all).map(|range| format!("The share goes {range}.")),
    });
    out.extend(missing(bullet));
    out.extend(bounds_sentence(&named_values(bullet)));
    out
}

fn share(row: &BulletRow) -> Option<NamedValue> {
    let Some(PrintedValue::Number(number)) = &row.share else {
        return None;
    };
    Some(NamedValue {
        name: row.name.clone(),
        text: row.share.as_ref()?.spoken(),
        extent: Extent::exact(number.value),
    })
}

fn missing(bullet: &Bullet) -> Option<String> {
    let lacking = |name: &str, lacks: fn(&BulletRow) -> bool| {
        let rows = bullet.rows.iter().filter(|row| lacks(row));
        let rows: Vec<&str> = rows.map(|row| row.name.as_str()).collect();
        (!rows.is_empty()).then(|| format!("{name} of {}", list_first_names(rows.into_iter())))
    };
    let all = [
        lacking(&bullet.delivered, |row| row.delivered.is_none()),
        lacking(&bullet.target, |row| row.target.is_none()),
    ];
    let all: Vec<String> = all.into_iter().flatten().collect();
    (!all.is_empty()).then(|| format!("Not stated: {}.", all.join("; ")))
}

fn named_values(bullet: &Bullet) -> Vec<NamedValue> {
    let mut all = Vec::new();
    for row in &bullet.rows {
        let sides = [
            (&row.delivered, &bullet.delivered),
            (&row.target, &bullet.target),
        ];
        for (value, name) in sides {
            all.extend(value.as_ref().map(|value| NamedValue {
                name: format!("{}, {name}", row.name),
                text: value.text.spoken(),
                extent: value.extent,
            }));
        }
    }
    all
}
