//! Key templates: `"TASK#{task_id}"` to pieces.

use std::fmt;

use syn::LitStr;

use crate::diag::{Diag, nearest};

/// A template as it was written.
pub(crate) struct RawTemplate {
    pub(crate) literal: LitStr,
    pub(crate) pieces: Vec<Piece>,
}

/// A literal or a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Literal(String),
    Part { field: String, spec: Spec },
}

/// What follows the colon in a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spec {
    Plain,
    Lower,
    Raw,
    Width(u8),
    Shard(u16),
    Period(Period),
}

/// What a partition of a time series holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Period {
    Year,
    Month,
    Day,
    Hour,
}

impl Spec {
    /// Whether the placeholder holds less than its field.
    pub(crate) fn spreads(self) -> bool {
        matches!(self, Self::Shard(_) | Self::Period(_))
    }
}

impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain => Ok(()),
            Self::Lower => f.write_str(":lower"),
            Self::Raw => f.write_str(":raw"),
            Self::Width(width) => write!(f, ":0{width}"),
            Self::Shard(shards) => write!(f, ":shard({shards})"),
            Self::Period(Period::Year) => f.write_str(":year"),
            Self::Period(Period::Month) => f.write_str(":month"),
            Self::Period(Period::Day) => f.write_str(":day"),
            Self::Period(Period::Hour) => f.write_str(":hour"),
        }
    }
}

impl RawTemplate {
    pub(crate) fn parse(literal: LitStr, diag: &mut Diag) -> Self {
        let pieces = match pieces(&literal.value()) {
            Ok(pieces) => pieces,
            Err(message) => {
                diag.at(&literal, message);
                Vec::new()
            }
        };
        Self { literal, pieces }
    }
}

fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let (brace, after) = rest[at..].split_at(1);
        if let Some(after) = after.strip_prefix(brace) {
            literal.push_str(brace);
            rest = after;
            continue;
        }
        if brace == "}" {
            return Err("`}` without `{` in the key template; write `}}` for a brace".to_owned());
        }
        let Some((inside, after)) = after.split_once('}') else {
            return Err(
                "`{` without `}` in the key template; close the placeholder, or write `{{` for a brace".to_owned()
            );
        };
        if !literal.is_empty() {
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
        }
        pieces.push(placeholder(inside)?);
        rest = after;
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    if pieces.is_empty() {
        return Err("the key template is empty, and a key never is; write a literal such as `\"PROFILE\"`".to_owned());
    }
    Ok(pieces)
}

fn placeholder(inside: &str) -> Result<Piece, String> {
    let (field, spec) = inside.split_once(':').map_or((inside, None), |(field, spec)| (field, Some(spec)));
    if field.is_empty() {
        return Err("the placeholder `{}` names no field; write `{field}`".to_owned());
    }
    let spec = match spec {
        None => Spec::Plain,
        Some("lower") => Spec::Lower,
        Some("raw") => Spec::Raw,
        Some(width) if width.starts_with('0') => self::width(width)?,
        Some("year") => Spec::Period(Period::Year),
        Some("month") => Spec::Period(Period::Month),
        Some("day") => Spec::Period(Period::Day),
        Some("hour") => Spec::Period(Period::Hour),
        Some(shard) if shard == "shard" || shard.starts_with("shard(") => self::shard(field, shard)?,
        Some(other) => {
            return Err(format!(
                "the placeholder `{{{field}}}` has no format `{other}`{}",
                nearest(other, &["lower", "raw", "08", "shard(16)", "year", "month", "day", "hour"])
            ));
        }
    };
    Ok(Piece::Part { field: field.to_owned(), spec })
}

/// `shard(16)`
fn shard(field: &str, text: &str) -> Result<Spec, String> {
    let digits = text.strip_prefix("shard(").and_then(|rest| rest.strip_suffix(')'));
    let digits = digits.filter(|digits| !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()));
    match digits.and_then(|digits| digits.parse::<u16>().ok()) {
        Some(shards @ 2..=1_000) => Ok(Spec::Shard(shards)),
        _ => Err(format!("`{text}` is no number of shards, which is from 2 to 1000; write `{{{field}:shard(16)}}`")),
    }
}

fn width(text: &str) -> Result<Spec, String> {
    match text.parse::<u8>() {
        Ok(width @ 1..=99) => Ok(Spec::Width(width)),
        _ => {
            Err(format!("`{text}` is no width; write `0` and the number of characters, 1 to 99, such as `{{seq:08}}`"))
        }
    }
}
