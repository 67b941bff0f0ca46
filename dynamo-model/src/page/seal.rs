//! Signs cursors, so that none can be made up.

use std::{fmt, sync::Arc};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Bytes of a signature.
pub(crate) const SEAL: usize = 32;

/// A secret that signs cursors by HMAC-SHA-256.
#[derive(Clone)]
pub(crate) struct CursorKey(Arc<Hmac<Sha256>>);

impl CursorKey {
    pub(crate) fn new(secret: &[u8]) -> Option<Self> {
        Some(Self(Arc::new(Hmac::new_from_slice(secret).ok()?)))
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

impl fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CursorKey").finish_non_exhaustive()
    }
}
