//! For the tests of typed reading: one value out of one text.

use super::{Decode, Decoder, Diagnostic, parse};

/// The value, or the code, message and help of what is wrong.
pub fn read<T: Decode>(text: &str) -> Result<T, String> {
    let tree = parse(text);
    assert_eq!(tree.problems, [], "{text}");
    let mut d = Decoder::new(text, &tree);
    let value = T::decode(&mut d, tree.value().unwrap());
    let problems = d.into_problems();
    let said = |p: &Diagnostic| {
        format!(
            "{}: {}; {}",
            p.code,
            p.message,
            p.help.as_deref().unwrap_or("-")
        )
    };
    assert_eq!(value.is_none(), !problems.is_empty(), "{text}");
    value.ok_or_else(|| problems.iter().map(said).collect::<Vec<_>>().join("\n"))
}

/// What is wrong with it.
pub fn wrong<T: Decode>(text: &str) -> String {
    read::<T>(text).err().unwrap()
}
