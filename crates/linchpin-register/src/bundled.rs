//! What comes with the program: registers, charts, cues.

/// A register that comes with the program.
#[derive(Debug, PartialEq, Eq)]
pub struct Shipped {
    /// The name of its file, in messages and as a title.
    pub name: &'static str,
    /// What it is about, in a few words.
    pub about: &'static str,
    pub text: &'static str,
}

/// Every register that comes with the program; the first is opened where nothing else is asked for.
pub static ALL: &[&Shipped] = &[&ALLIANCE, &COMMUNIQUES];

/// What the United States and the Republic of Korea have said they will do together.
pub static ALLIANCE: Shipped = Shipped {
    name: NAME,
    about: "The U.S.–Republic of Korea alliance",
    text: TEXT,
};

/// What the two countries' defense ministers have said each year.
pub static COMMUNIQUES: Shipped = Shipped {
    name: "scm-communiques.ron",
    about: "The communiqués of the yearly Security Consultative Meeting",
    text: include_str!("../../../data/scm-communiques.ron"),
};

/// The name of the first one, …
pub const NAME: &str = "us-rok-alliance.ron";

/// … and its text.
pub const TEXT: &str = include_str!("../../../data/us-rok-alliance.ron");

/// The charts of a register that states none.
pub const CHARTS: &str = include_str!("../../../data/charts.ron");

/// The cues of a register that states none of a kind.
pub const CUES: &str = include_str!("../../../data/cues.ron");

/// The register of this name that comes with the program.
pub fn named(name: &str) -> Option<&'static Shipped> {
    ALL.iter().copied().find(|shipped| shipped.name == name)
}
