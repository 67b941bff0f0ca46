//! Whether two key templates can give the same text.
//!
//! The answer "no" is certain; "yes" may be too careful where only the values could tell. No value holds `#`, so
//! templates are compared segment by segment.

use crate::key::{Element, PartKind, PartSpec, Placeholder, Template};

/// Whether some text fits both templates.
pub(crate) const fn may_be_equal(a: &Template, b: &Template) -> bool {
    meet(Cursor::new(a.elements()), Cursor::new(b.elements()), false)
}

/// Whether some text of `template` starts with `prefix`.
pub(crate) const fn may_start_with(template: &Template, prefix: &'static str) -> bool {
    let literal = [Element::Literal(prefix)];
    meet(Cursor::new(&literal), Cursor::new(template.elements()), true)
}

/// A place in a template: an element and, inside a literal, a byte.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    elements: &'a [Element],
    element: usize,
    byte: usize,
}

/// What stands at a [`Cursor`].
enum Token<'a> {
    Byte(u8),
    Part(&'a Placeholder),
    End,
}

impl<'a> Cursor<'a> {
    const fn new(elements: &'a [Element]) -> Self {
        Self { elements, element: 0, byte: 0 }
    }

    const fn token(&self) -> Token<'a> {
        let mut element = self.element;
        let mut byte = self.byte;
        while element < self.elements.len() {
            match &self.elements[element] {
                Element::Part(part) => return Token::Part(part),
                Element::Literal(literal) if byte < literal.len() => return Token::Byte(literal.as_bytes()[byte]),
                Element::Literal(_) => {
                    element += 1;
                    byte = 0;
                }
            }
        }
        Token::End
    }

    const fn advance(mut self) -> Self {
        while self.element < self.elements.len() {
            match &self.elements[self.element] {
                Element::Literal(literal) if self.byte < literal.len() => {
                    self.byte += 1;
                    return self;
                }
                Element::Literal(_) => {
                    self.element += 1;
                    self.byte = 0;
                }
                Element::Part(_) => {
                    self.element += 1;
                    self.byte = 0;
                    return self;
                }
            }
        }
        self
    }

    const fn at_segment_end(&self) -> bool {
        matches!(self.token(), Token::Byte(b'#') | Token::End)
    }

    const fn skip_segment(mut self) -> Self {
        while !self.at_segment_end() {
            self = self.advance();
        }
        self
    }

    /// Bytes up to the segment's end, if every value takes as many.
    const fn segment_width(mut self) -> Option<usize> {
        let mut width = 0;
        loop {
            match self.token() {
                Token::End | Token::Byte(b'#') => return Some(width),
                Token::Byte(_) => width += 1,
                Token::Part(part) => match part.width() {
                    Some(bytes) => width += bytes,
                    None => return None,
                },
            }
            self = self.advance();
        }
    }

    const fn segment_is_literal(mut self) -> bool {
        loop {
            match self.token() {
                Token::End | Token::Byte(b'#') => return true,
                Token::Byte(_) => self = self.advance(),
                Token::Part(_) => return false,
            }
        }
    }
}

/// Walks both to their ends; with `open`, it is enough that `a` ends.
const fn meet<'a>(mut a: Cursor<'a>, mut b: Cursor<'a>, open: bool) -> bool {
    loop {
        match (a.token(), b.token()) {
            (Token::End, _) if open => return true,
            (Token::End, Token::End) => return true,
            (Token::End, _) | (_, Token::End) => return false,
            (Token::Byte(x), Token::Byte(y)) => {
                if x != y {
                    return false;
                }
                a = a.advance();
                b = b.advance();
            }
            (Token::Part(part), _) => {
                if !segment_fits(part, a, b, open) {
                    return false;
                }
                a = a.skip_segment();
                b = b.skip_segment();
            }
            (_, Token::Part(part)) => {
                if !segment_fits(part, b, a, open) {
                    return false;
                }
                a = a.skip_segment();
                b = b.skip_segment();
            }
        }
    }
}

/// Whether the rest of `mine`, which begins with `part`, can equal the rest of the other's segment.
const fn segment_fits(part: &Placeholder, mine: Cursor<'_>, other: Cursor<'_>, open: bool) -> bool {
    if other.at_segment_end() {
        return false;
    }
    // A prefix that ends inside the segment leaves the rest open.
    let ends_open = open && matches!(other.skip_segment().token(), Token::End);
    if let (Some(a), Some(b), false) = (mine.segment_width(), other.segment_width(), ends_open)
        && a != b
    {
        return false;
    }
    if !other.segment_is_literal() {
        return true;
    }
    if let (PartKind::Names(names), PartSpec::Plain, true, false) =
        (part.kind, part.spec, mine.advance().at_segment_end(), ends_open)
    {
        return is_one_of(names, other);
    }
    literal_fits(part, other)
}

/// Whether every byte of the literal rest of the segment may stand in the part (or in what follows it).
const fn literal_fits(part: &Placeholder, mut literal: Cursor<'_>) -> bool {
    let mut left = match part.width() {
        Some(width) => width,
        None => usize::MAX,
    };
    while let Token::Byte(byte) = literal.token() {
        if byte == b'#' || left == 0 {
            return true;
        }
        let fits = match (part.kind, part.spec) {
            (_, PartSpec::Period(period)) => match period.width() - left {
                4 | 7 => byte == b'-',
                10 => byte == b'T',
                _ => byte.is_ascii_digit(),
            },
            (PartKind::Unsigned { .. }, _) | (_, PartSpec::Shard(_)) => byte.is_ascii_digit(),
            (PartKind::Signed { .. }, _) => byte.is_ascii_digit() || byte == b'-',
            // Escapes are written with capital digits.
            (PartKind::Text, PartSpec::Lower) => byte > b'$' && !(byte.is_ascii_uppercase() && byte > b'F'),
            (PartKind::Text, PartSpec::Raw) => true,
            _ => byte > b'$',
        };
        if !fits {
            return false;
        }
        left -= 1;
        literal = literal.advance();
    }
    true
}

const fn is_one_of(names: &[&str], literal: Cursor<'_>) -> bool {
    let mut at = 0;
    while at < names.len() {
        if spells(names[at], literal) {
            return true;
        }
        at += 1;
    }
    false
}

const fn spells(name: &str, mut literal: Cursor<'_>) -> bool {
    let bytes = name.as_bytes();
    let mut at = 0;
    while let Token::Byte(byte) = literal.token() {
        if byte == b'#' {
            break;
        }
        if at == bytes.len() || bytes[at] != byte {
            return false;
        }
        at += 1;
        literal = literal.advance();
    }
    at == bytes.len()
}

#[cfg(test)]
mod tests;
