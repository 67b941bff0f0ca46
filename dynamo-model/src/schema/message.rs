//! Sentences put together at compile time, for panics of constants.

/// Text of bounded length that grows in `const` code; what does not fit is cut.
pub(crate) struct Message {
    bytes: [u8; Self::CAPACITY],
    length: usize,
}

impl Message {
    const CAPACITY: usize = 1024;

    pub(crate) const fn new() -> Self {
        Self { bytes: [0; Self::CAPACITY], length: 0 }
    }

    /// Appends the pieces in order.
    pub(crate) const fn push(mut self, pieces: &[&str]) -> Self {
        let mut piece = 0;
        while piece < pieces.len() {
            let bytes = pieces[piece].as_bytes();
            let mut byte = 0;
            while byte < bytes.len() && self.length < Self::CAPACITY {
                self.bytes[self.length] = bytes[byte];
                self.length += 1;
                byte += 1;
            }
            piece += 1;
        }
        self
    }

    pub(crate) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "the sentence was cut inside a character",
        }
    }
}

/// String equality in `const` code.
pub(crate) const fn equal(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}
