//! What the listings about the instruments share: nothing.
