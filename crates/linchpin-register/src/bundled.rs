//! What comes with the program: registers, charts, cues.

/// A register that comes with the program.
#[derive(Debug, PartialEq, Eq)]
pub struct BundledRegister {
    /// The name of its file, in messages and as a title.
    pub name: &'static str,
    /// What it is about, in a few words.
    pub description: &'static str,
    /// The text of the file.
    pub text: &'static str,
}

/// Every register that comes with the program; the first is opened where nothing else is asked for.
pub static BUNDLED_REGISTERS: &[&BundledRegister] = &[&ALLIANCE, &COMMUNIQUES];

/// What the United States and the Republic of Korea have said they will do together.
pub static ALLIANCE: BundledRegister = BundledRegister {
    name: ALLIANCE_NAME,
    description: "The U.S.–Republic of Korea alliance",
    text: ALLIANCE_TEXT,
};

/// What the two countries' defense ministers have said each year.
pub static COMMUNIQUES: BundledRegister = BundledRegister {
    name: "scm-communiques.ron",
    description: "The communiqués of the yearly Security Consultative Meeting",
    text: include_str!("../../../data/scm-communiques.ron"),
};

/// The name of the first one, …
pub const ALLIANCE_NAME: &str = "us-rok-alliance.ron";

/// … and its text.
pub const ALLIANCE_TEXT: &str = include_str!("../../../data/us-rok-alliance.ron");

/// The charts of a register that states none.
pub const STANDARD_CHARTS: &str = include_str!("../../../data/charts.ron");

/// The cues of a register that states none of a kind.
pub const STANDARD_CUES: &str = include_str!("../../../data/cues.ron");

/// The register of this name that comes with the program.
pub fn find_by_name(name: &str) -> Option<&'static BundledRegister> {
    BUNDLED_REGISTERS
        .iter()
        .copied()
        .find(|register| register.name == name)
}
