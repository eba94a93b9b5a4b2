//! Linchpin: a register of what allies have promised each other.
pub mod export;
