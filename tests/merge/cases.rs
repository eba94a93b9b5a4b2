//! Merges by example: what is taken, what is asked, and in which words.
