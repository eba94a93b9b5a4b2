//! Documents beside each other: sentence by sentence, commitment by commitment, and through a
//! series. Proposals with their reasons; what somebody has confirmed stands in the register and is
//! never mixed up with them.

mod align;
mod bags;
mod chain;
mod coded;
mod confirm;
mod likeness;
mod matching;
mod propose;
mod sentences;
mod series;
pub mod series_picture;
mod side;
mod stated;
mod through;
pub mod versions;
mod words;

pub use coded::{commitments_of, counts, home_of, is_coded_for};
pub use confirm::{alone, confirm, pair, undo};
pub use matching::{Finding, Match, Matching, Standing, commitments};
pub use propose::Other;
pub use sentences::{Place, Row, RowKind, Sentences, documents};
pub use series::{
    Move, Presence, Said, Series, SeriesRow, Source, What, documents_of, in_order, names,
};
pub use side::Side;
pub use through::series;
pub use words::{Piece, PieceKind};
