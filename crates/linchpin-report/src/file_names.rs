//! Names of files: what one system keeps for itself is no name on any.

/// The names that Windows keeps for devices, with whatever extension. With "COM" and "LPT" goes a
/// digit.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Whether no file can have this name on Windows: it stands for a device there (`con`, `nul.txt`,
/// `com1.png`), or ends with a dot or a space, which is lost. A file of this name could not be
/// copied, unpacked or checked out there.
pub fn is_reserved_file_name(name: &str) -> bool {
    if name.ends_with(['.', ' ']) && !matches!(name, "." | "..") {
        return true;
    }
    // `nul .txt` is the device as well.
    let stem = name.split('.').next().unwrap_or("").trim_end();
    let stem = stem.to_lowercase();
    let is_port = ["com", "lpt"].iter().any(|port| {
        let number = stem.strip_prefix(port);
        number.is_some_and(|n| n.chars().count() == 1 && n.contains(is_port_number))
    });
    is_port || DEVICES.contains(&stem.as_str())
}

/// Windows takes the superscripts of Latin-1 for digits.
fn is_port_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '¹' | '²' | '³')
}

#[cfg(test)]
mod tests {
    use super::is_reserved_file_name;

    #[test]
    fn devices_and_lost_endings_are_no_names() {
        for name in [
            "con",
            "NUL",
            "nul.txt",
            "com1",
            "Lpt9.tar.gz",
            "com²",
            "aux .png",
            "a.",
            "b ",
        ] {
            assert!(is_reserved_file_name(name), "{name}");
        }
        for name in [
            "console", "com", "com10", "common", "null", "a.con", ".", "..", "texts", "",
        ] {
            assert!(!is_reserved_file_name(name), "{name}");
        }
    }
}
