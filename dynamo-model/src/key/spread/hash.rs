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

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed by another program: items that are stored lie where these say.
    #[test]
    fn shards_are_what_they_have_always_been() {
        let vectors = [
            ("a", [1, 5, 11, 315]),
            ("b", [0, 4, 0, 704]),
            ("01JBXK5V3M8Q2W4E6R8T0Y2Z4C", [0, 2, 2, 762]),
            ("ada@example.org", [0, 4, 10, 594]),
            ("0000000001", [1, 9, 3, 19]),
            ("0000000002", [0, 2, 8, 632]),
            ("é", [1, 3, 11, 43]),
            ("%23", [0, 2, 14, 902]),
        ];
        for (text, shards) in vectors {
            assert_eq!([2, 10, 16, 1_000].map(|count| shard_of(text, count)), shards, "{text}");
        }
    }

    /// Of usual ids, each shard has its share, but for what chance explains.
    #[test]
    fn usual_ids_are_spread_evenly() {
        const IDS: u32 = 60_000;
        let base32 = |number: u64| {
            let digit = |at: u32| char::from(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(number >> (5 * at) & 31) as usize]);
            (0..10).rev().map(digit).collect::<String>()
        };
        let kinds: [(&str, &dyn Fn(u32) -> String); 6] = [
            ("sequential numbers", &|at| format!("{at:010}")),
            ("numbers in steps of 16", &|at| format!("{:020}", u64::from(at) * 16)),
            // Of one millisecond after another, with a random end that counts up.
            ("ULIDs", &|at| {
                format!("{}000000{}", base32(1_762_300_800_000 + u64::from(at / 8)), base32(u64::from(at)))
            }),
            ("emails", &|at| format!("user{at}@example.org")),
            ("slugs", &|at| format!("team-{}-{}", at % 245, at / 245)),
            ("times", &|at| {
                format!("2025-11-{:02}T{:02}:{:02}:{:02}.000Z", at / 2_400 + 1, at / 100 % 24, at / 2 % 50, at % 2)
            }),
        ];
        for (kind, id) in kinds {
            for shards in [2, 3, 4, 7, 10, 16, 64, 100, 1_000] {
                let mut counts = vec![0_u32; usize::from(shards)];
                (0..IDS).for_each(|at| counts[usize::from(shard_of(&id(at), shards))] += 1);
                let share = f64::from(IDS) / f64::from(shards);
                for count in counts {
                    let off = (f64::from(count) - share).abs();
                    assert!(off < 5.0 * share.sqrt(), "{kind}: {count} in place of {share} in one of {shards}");
                }
            }
        }
    }
}
