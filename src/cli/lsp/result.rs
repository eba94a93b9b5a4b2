//! What a request leads to.

/// Why a request has no result, as a sentence for the user.
pub(super) struct LspError(pub String);

pub(super) type LspResult<T> = Result<T, LspError>;
