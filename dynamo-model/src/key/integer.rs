//! Integers in a key: padded, so that the texts sort as the numbers do.
//!
//! A signed integer has one character more than its digits. A non-negative one fills it with a zero; a negative one
//! with `-`, which sorts before every digit, followed by what each digit lacks to nine, so that the number further from
//! zero sorts first: for an `i8`, -128 is `-871`, -1 is `-998`, 0 is `0000`.

use std::num::NonZero;
use std::str::{self, FromStr};

use super::part::{KeyPart, OrderedKeyPart, PartError, PartKind, PartSpec};
use super::spec::{misfit, push_ascii};

/// The widest that a placeholder can ask for.
const MAX_WIDTH: usize = u8::MAX as usize;

/// The width a placeholder asks for, in characters.
fn width_of(spec: PartSpec, plain: u8) -> Result<u8, PartError> {
    match spec {
        PartSpec::Plain => Ok(plain),
        PartSpec::Width(width) => Ok(width),
        PartSpec::Lower | PartSpec::Raw | PartSpec::Shard(_) | PartSpec::Period(_) => Err(misfit(spec)),
    }
}

/// Writes `value` to the end of `field`, which holds zeros; `false` if it does not fit.
fn fill(value: u128, field: &mut [u8]) -> bool {
    if field.is_empty() {
        return false;
    }
    let mut digits = field.iter_mut().rev();
    let mut wide = value;
    let mut rest = loop {
        if let Ok(rest) = u64::try_from(wide) {
            break rest;
        }
        // Dividing 128 bits is slow, so that is done only for the digits that need it.
        let Some(digit) = digits.next() else { return false };
        *digit = b'0' + (wide % 10) as u8;
        wide /= 10;
    };
    for digit in digits {
        if rest == 0 {
            break;
        }
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    rest == 0
}

fn encode_unsigned(value: impl Into<u128>, width: u8, out: &mut String) -> Result<(), PartError> {
    let mut buffer = [b'0'; MAX_WIDTH];
    let field = &mut buffer[..usize::from(width)];
    if !fill(value.into(), field) {
        return Err(PartError::new(format!("is a number of more than {width} digits")));
    }
    push_ascii(field, out)
}

fn encode_signed(value: impl Into<i128>, width: u8, out: &mut String) -> Result<(), PartError> {
    let value = value.into();
    if value >= 0 {
        return encode_unsigned(value.unsigned_abs(), width, out);
    }
    let mut buffer = [b'0'; MAX_WIDTH];
    let field = &mut buffer[..usize::from(width)];
    let fits = field.split_first_mut().is_some_and(|(sign, digits)| {
        let fits = fill(value.unsigned_abs(), digits);
        for digit in digits {
            *digit = complement(*digit);
        }
        *sign = b'-';
        fits
    });
    if !fits {
        return Err(PartError::new(format!("is a negative number of more than {width} characters, its sign included")));
    }
    push_ascii(field, out)
}

/// What a decimal digit lacks to nine, as a digit.
const fn complement(digit: u8) -> u8 {
    b'0' + b'9' - digit
}

fn decode_unsigned<T: FromStr>(text: &str, width: u8) -> Result<T, PartError> {
    let exact = text.len() == usize::from(width) && text.bytes().all(|byte| byte.is_ascii_digit());
    // Neither the sign that `parse` would take nor any other length gets here; what fails is too large.
    let value = if exact { text.parse().ok() } else { None };
    value.ok_or_else(|| PartError::new(format!("is not a number of exactly {width} digits that its type can hold")))
}

fn decode_signed<T: FromStr + Default + PartialEq>(text: &str, width: u8) -> Result<T, PartError> {
    let Some(complements) = text.strip_prefix('-') else { return decode_unsigned(text, width) };
    decode_negative(complements, width).ok_or_else(|| {
        PartError::new(format!("is not a negative number of exactly {width} characters that its type can hold"))
    })
}

/// Reads what follows the `-`.
fn decode_negative<T: FromStr + Default + PartialEq>(complements: &str, width: u8) -> Option<T> {
    let mut buffer = [b'-'; MAX_WIDTH];
    let number = &mut buffer[..usize::from(width)];
    let (_, digits) = number.split_first_mut()?;
    if digits.len() != complements.len() || !complements.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    for (digit, byte) in digits.iter_mut().zip(complements.bytes()) {
        *digit = complement(byte);
    }
    // All nines would be a second zero.
    str::from_utf8(number).ok()?.parse().ok().filter(|value| *value != T::default())
}

macro_rules! integers {
    ($kind:ident, $encode:ident, $decode:ident: $($integer:ty = $width:literal),*) => {$(
        impl KeyPart for $integer {
            const KIND: PartKind = PartKind::$kind { width: $width };

            fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
                $encode(*self, width_of(spec, $width)?, out)
            }

            fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
                $decode(text, width_of(spec, $width)?)
            }
        }

        impl OrderedKeyPart for $integer {}

        impl KeyPart for NonZero<$integer> {
            const KIND: PartKind = <$integer>::KIND;

            fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
                self.get().encode(spec, out)
            }

            fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
                Self::new(<$integer>::decode(text, spec)?).ok_or_else(|| PartError::new("is zero"))
            }
        }

        impl OrderedKeyPart for NonZero<$integer> {}
    )*};
}

// `usize` and `isize` are left out: their width, and with it the key, would depend on the machine.
integers!(Unsigned, encode_unsigned, decode_unsigned: u8 = 3, u16 = 5, u32 = 10, u64 = 20, u128 = 39);
integers!(Signed, encode_signed, decode_signed: i8 = 4, i16 = 6, i32 = 11, i64 = 20, i128 = 40);
