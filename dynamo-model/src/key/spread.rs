//! Parts of a partition key that hold less than their field: the shard that a value falls into, the period that an
//! instant lies in.

mod hash;
mod partitions;
mod period;
mod resume;

use super::{OrderedKeyPart, PartError, PartSpec};

pub(crate) use hash::shard_of;
pub(crate) use partitions::Partitions;
pub use period::Period;
pub(crate) use period::Periods;
pub(crate) use resume::{Beyond, beyond};

/// A part that lies in periods: a [`KeyPart`](super::KeyPart) whose text is RFC 3339 in UTC, from the year on.
///
/// [`Timestamp`](crate::Timestamp) and, by feature, the instants and dates of `chrono`, `time` and `jiff` do, and
/// newtypes of them with `#[derive(KeyPart)]`. A text that does not begin with a date is an error when a key is built.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no time, so a partition key takes no year, month, day or hour of it; use a timestamp or a date",
    label = "not a time",
    note = "times are `Timestamp`, the instants and dates of `chrono`, `time` and `jiff`, and newtypes of them"
)]
pub trait PeriodKeyPart: OrderedKeyPart {
    #[doc(hidden)]
    const IS_TIME: () = ();
}

/// Appends what a placeholder with this spec holds; `encode` appends the value's own text.
///
/// A value without a text leaves nothing, which is refused as any empty part is.
pub(crate) fn write(
    spec: PartSpec,
    out: &mut String,
    encode: impl Fn(PartSpec, &mut String) -> Result<(), PartError>,
) -> Result<(), PartError> {
    let plain = || {
        let mut text = String::new();
        encode(PartSpec::Plain, &mut text).map(|()| text)
    };
    match spec {
        PartSpec::Shard(shards) => {
            let text = plain()?;
            if !text.is_empty() {
                push_shard(shard_of(&text, shards), shards, out);
            }
        }
        PartSpec::Period(period) => {
            let text = plain()?;
            if !text.is_empty() {
                out.push_str(period.of(&text).ok_or_else(|| period.misfit())?);
            }
        }
        PartSpec::Plain | PartSpec::Lower | PartSpec::Width(_) | PartSpec::Raw => return encode(spec, out),
    }
    Ok(())
}

/// The digits of the largest shard.
pub(crate) const fn shard_width(shards: u16) -> usize {
    match shards {
        0..=10 => 1,
        11..=100 => 2,
        101..=1_000 => 3,
        _ => 5,
    }
}

/// Appends a shard's number, as wide as the largest one's.
fn push_shard(shard: u16, shards: u16, out: &mut String) {
    let digits = shard.to_string();
    out.extend(std::iter::repeat_n('0', shard_width(shards).saturating_sub(digits.len())));
    out.push_str(&digits);
}
