//! Reading the memory of the recorded program.

/// Memory that can be read.
pub(crate) trait Memory {
    /// The bytes at an address; none where there is no memory.
    fn bytes(&self, address: u64, size: u64) -> Option<Vec<u8>>;

    /// Eight bytes as a number.
    fn word(&self, address: u64) -> Option<u64> {
        self.bytes(address, 8).map(|bytes| number(&bytes))
    }
}

/// The first eight bytes as a number, the lowest first, as x86-64 stores them.
pub(crate) fn number(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Bytes in hexadecimal, at most `most` of them.
pub(crate) fn hexadecimal(bytes: &[u8], most: usize) -> String {
    bytes.iter().take(most).map(|byte| format!("{byte:02x}")).collect()
}
