//! Which shard a value falls into. Stored keys depend on it: it never changes.

/// The shard of a value's key text: FNV-1a of its bytes (64 bits), mixed by the finalizer of `MurmurHash3`, modulo the
/// number of shards.
///
/// FNV-1a alone would do badly: its lowest bits depend on the lowest bits of each byte only.
pub(crate) fn shard_of(text: &str, shards: u16) -> u16 {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let shard = mixed(hash) % u64::from(shards.max(1));
    // What is left of a division by a `u16` is one.
    u16::try_from(shard).unwrap_or_default()
}

/// `fmix64` of `MurmurHash3`: each bit of the result depends on every bit.
const fn mixed(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
