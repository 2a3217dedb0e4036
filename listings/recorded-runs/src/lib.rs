//! What the recorded listings share: nothing. Each is compiled alone.
