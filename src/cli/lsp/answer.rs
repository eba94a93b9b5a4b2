//! What a request leads to.

/// Why a request has no result, as a sentence for the user.
pub(super) struct Refusal(pub String);

pub(super) type Answer<T> = Result<T, Refusal>;
