//! Signs cursors, so that none can be made up.

use std::{fmt, sync::Arc};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Bytes of a signature.
pub(crate) const SEAL: usize = 32;

/// The least bytes of a secret: as many as the hash has.
///
/// Source: RFC 2104, *Keys*.
const LEAST: usize = 32;

/// Bytes that SHA-256 takes at a time: a key of HMAC is filled up to them.
const BLOCK: usize = 64;

/// A secret that signs cursors by HMAC-SHA-256; see [`Db::with_cursor_key`](crate::Db::with_cursor_key).
///
/// ```
/// use dynamo_model::CursorKey;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let from_the_environment = "T5XdqsJ1zGm1c9WfW2vKQ0o0r6b8u3Yx";
/// let key = CursorKey::new(from_the_environment)?;
/// let key = CursorKey::from([7; 32]);
/// assert!(CursorKey::new("too short").is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct CursorKey(Arc<Hmac<Sha256>>);

/// A secret that is too short to sign cursors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CursorKeyError {
    bytes: usize,
}

impl CursorKey {
    /// A key from a secret of 32 random bytes or more.
    ///
    /// # Errors
    ///
    /// The secret is shorter: it could be guessed, and an empty one, such as that of an unset variable, is none.
    pub fn new(secret: impl AsRef<[u8]>) -> Result<Self, CursorKeyError> {
        let secret = secret.as_ref();
        let error = CursorKeyError { bytes: secret.len() };
        if secret.len() < LEAST {
            return Err(error);
        }
        Ok(Self(Arc::new(Hmac::new_from_slice(secret).map_err(|_| error)?)))
    }

    pub(crate) fn sign(&self, bytes: &[u8]) -> [u8; SEAL] {
        let mut mac = Hmac::clone(&self.0);
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }

    /// Whether the signature is of these bytes; takes as long whatever is wrong with it.
    pub(crate) fn verify(&self, bytes: &[u8], seal: &[u8; SEAL]) -> bool {
        let mut mac = Hmac::clone(&self.0);
        mac.update(bytes);
        mac.verify_slice(seal).is_ok()
    }
}

impl From<[u8; LEAST]> for CursorKey {
    fn from(secret: [u8; LEAST]) -> Self {
        let mut block = [0; BLOCK];
        block[..LEAST].copy_from_slice(&secret);
        Self(Arc::new(Hmac::new(&block.into())))
    }
}

impl fmt::Display for CursorKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bytes } = self;
        write!(f, "the secret for cursors has {bytes} bytes; give {LEAST} random bytes or more")
    }
}

impl std::error::Error for CursorKeyError {}

impl fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CursorKey").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_same_however_it_is_given() {
        let keys = [CursorKey::from([7; 32]), CursorKey::new([7; 32]).unwrap(), CursorKey::new(vec![7; 32]).unwrap()];
        let seals = keys.map(|key| key.sign(b"a place"));
        assert_eq!(seals[0], seals[1]);
        assert_eq!(seals[0], seals[2]);
    }

    #[test]
    fn a_secret_that_could_be_guessed_is_refused() {
        for short in ["", "hunter2", &"x".repeat(31)] {
            let error = CursorKey::new(short).unwrap_err().to_string();
            assert!(error.contains("32 random bytes") && (short.is_empty() || !error.contains(short)), "{error}");
        }
    }
}
