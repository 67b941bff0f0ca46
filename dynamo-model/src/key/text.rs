//! Text in a key: escaped so that it can neither end a part early nor sort out of order.
//!
//! Parts are joined by `#` (0x23), so a value must not hold it, and must not hold anything that sorts before it: after a
//! longer value, such a byte would be compared with the `#` that ends a shorter one. `%` (0x25) opens the escape, so it
//! and everything below it is escaped. What an escape begins with is then below every byte that stays, and two
//! escapes compare as their bytes do: texts sort as values.

use std::borrow::Cow;
use std::sync::Arc;

use super::part::{KeyPart, OrderedKeyPart, PartError, PartKind, PartSpec};
use super::spec::misfit;

/// The last byte that is written as `%XX`: `%` itself.
const LAST_ESCAPED: u8 = b'%';

/// Whether the text holds a byte that is written as `%XX`, or an escape.
fn is_escaped(text: &str) -> bool {
    // The smallest byte of all, without leaving early: that compiles to vector instructions, and few values have one.
    text.bytes().fold(u8::MAX, u8::min) <= LAST_ESCAPED
}

/// Appends `text` with every byte from 0x00 to 0x25 as `%XX`.
pub(crate) fn escape_into(text: &str, out: &mut String) {
    if !is_escaped(text) {
        out.push_str(text);
        return;
    }
    out.reserve(text.len());
    for character in text.chars() {
        push_escaped(character, out);
    }
}

fn push_escaped(character: char, out: &mut String) {
    match u8::try_from(character) {
        Ok(byte) if byte <= LAST_ESCAPED => {
            out.push('%');
            out.push(char::from(b'0' + (byte >> 4)));
            out.push(char::from(b"0123456789ABCDEF"[usize::from(byte & 0xF)]));
        }
        _ => out.push(character),
    }
}

/// Appends `text` as a placeholder with this spec writes it.
///
/// Lower case goes character by character, so that a prefix of a value is a prefix of its text: `Σ` becomes `σ` at the
/// end of a word too.
pub(crate) fn encode_text(text: &str, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
    match spec {
        PartSpec::Plain => escape_into(text, out),
        PartSpec::Lower if text.is_ascii() && !is_escaped(text) => {
            let start = out.len();
            out.push_str(text);
            if let Some(added) = out.get_mut(start..) {
                added.make_ascii_lowercase();
            }
        }
        PartSpec::Lower => {
            out.reserve(text.len());
            for character in text.chars().flat_map(char::to_lowercase) {
                push_escaped(character, out);
            }
        }
        PartSpec::Raw if text.contains('#') => {
            return Err(PartError::new("holds `#`, which separates the parts of a key; without `:raw` it is escaped"));
        }
        PartSpec::Raw => out.push_str(text),
        PartSpec::Width(_) | PartSpec::Shard(_) | PartSpec::Period(_) => return Err(misfit(spec)),
    }
    Ok(())
}

/// Reads what [`encode_text`] appends, and nothing else; borrowed where no escape is in it.
fn decode_text(text: &str, spec: PartSpec) -> Result<Cow<'_, str>, PartError> {
    match spec {
        PartSpec::Plain => unescape(text),
        PartSpec::Lower => {
            let text = unescape(text)?;
            if text.chars().any(|character| !character.to_lowercase().eq([character])) {
                return Err(PartError::new("is not in lower case"));
            }
            Ok(text)
        }
        PartSpec::Raw if text.contains('#') => Err(PartError::new("holds `#`, which separates the parts of a key")),
        PartSpec::Raw => Ok(Cow::Borrowed(text)),
        PartSpec::Width(_) | PartSpec::Shard(_) | PartSpec::Period(_) => Err(misfit(spec)),
    }
}

fn unescape(text: &str) -> Result<Cow<'_, str>, PartError> {
    if !is_escaped(text) {
        return Ok(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte <= LAST_ESCAPED) {
        let (plain, escape) = rest.split_at(at);
        let Some(escape) = escape.strip_prefix('%') else {
            return Err(PartError::new("holds a character that a key escapes as `%XX`"));
        };
        let character = match *escape.as_bytes() {
            [high, low, ..] => escaped_character(high, low),
            _ => None,
        };
        let (Some(character), Some(after)) = (character, escape.get(2..)) else {
            return Err(PartError::new("holds a `%` that opens no escape from `%00` to `%25`"));
        };
        out.push_str(plain);
        out.push(character);
        rest = after;
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// The character of an escape's two upper-case digits, if it is one that is escaped.
fn escaped_character(high: u8, low: u8) -> Option<char> {
    let high = high.checked_sub(b'0').filter(|&high| high <= LAST_ESCAPED >> 4)?;
    let low = match low {
        b'0'..=b'9' => low - b'0',
        b'A'..=b'F' => low - b'A' + 10,
        _ => return None,
    };
    let byte = high << 4 | low;
    (byte <= LAST_ESCAPED).then(|| char::from(byte))
}

macro_rules! texts {
    ($($text:ty, from $decoded:pat => $value:expr;)*) => {$(
        impl KeyPart for $text {
            const KIND: PartKind = PartKind::Text;

            fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
                encode_text(self, spec, out)
            }

            fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
                let $decoded = decode_text(text, spec)?;
                Ok($value)
            }
        }

        impl OrderedKeyPart for $text {}
    )*};
}

texts! {
    String, from text => text.into_owned();
    Box<str>, from text => text.into();
    Arc<str>, from text => text.into();
    Cow<'static, str>, from text => Cow::Owned(text.into_owned());
}

/// Under `:lower`, `İ` is refused: its lower case is two characters, which no `char` reads back.
impl KeyPart for char {
    const KIND: PartKind = PartKind::Text;

    fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
        if spec == PartSpec::Lower && self.to_lowercase().len() > 1 {
            return Err(PartError::new("is a character whose lower case is more than one"));
        }
        encode_text(self.encode_utf8(&mut [0; 4]), spec, out)
    }

    fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
        let text = decode_text(text, spec)?;
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(PartError::new("is not one character")),
        }
    }
}

impl OrderedKeyPart for char {}
