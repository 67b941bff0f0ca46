//! The partitions that a template with a shard or a period spreads items over.

use super::{Period, push_shard, shard_width};
use crate::key::{AttributePattern, Element, KeyError, KeyErrorKind, PartSpec, Parts};

/// A partition key of which all is given but the shard and the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Partitions {
    pieces: Vec<Piece>,
    shards: u16,
    period: Option<Period>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Shard,
    Period,
}

impl Partitions {
    /// The partitions for the values of the other placeholders.
    pub(crate) fn new(pattern: &AttributePattern, parts: Parts<'_>) -> Result<Self, KeyError> {
        let mut partitions = Self { pieces: Vec::new(), shards: 1, period: None };
        let mut parts = parts.iter();
        let mut text = String::new();
        let mut rest = 0;
        for element in pattern.template.elements() {
            let (piece, width) = match element {
                Element::Literal(literal) => {
                    text.push_str(literal);
                    continue;
                }
                Element::Part(placeholder) => match placeholder.spec {
                    PartSpec::Shard(shards) => {
                        partitions.shards = shards;
                        (Piece::Shard, shard_width(shards))
                    }
                    PartSpec::Period(period) => {
                        partitions.period = Some(period);
                        (Piece::Period, period.width())
                    }
                    _ => {
                        // The derive gives one value a placeholder.
                        if let Some(part) = parts.next() {
                            pattern.push(placeholder, *part, &mut text)?;
                        }
                        continue;
                    }
                },
            };
            rest += text.len() + width;
            partitions.pieces.extend([Piece::Text(std::mem::take(&mut text)), piece]);
        }
        let bytes = rest + text.len();
        if bytes > pattern.limit {
            return Err(pattern.error(None, KeyErrorKind::TooLong { bytes, limit: pattern.limit }));
        }
        partitions.pieces.push(Piece::Text(text));
        Ok(partitions)
    }

    pub(crate) fn shards(&self) -> u16 {
        self.shards
    }

    pub(crate) fn have_periods(&self) -> bool {
        self.period.is_some()
    }

    /// The key of one partition; `period` is the text of one, where the template has it.
    pub(crate) fn text(&self, period: &str, shard: u16) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Shard => push_shard(shard, self.shards, &mut text),
                Piece::Period => text.push_str(period),
            }
        }
        text
    }

    /// What all the partitions have in common, and how they are spread.
    pub(crate) fn in_common(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Shard => text.extend(["{shard(", &self.shards.to_string(), ")}"]),
                Piece::Period => text.extend(["{", self.period.map_or("", Period::name), "}"]),
            }
        }
        text
    }
}
