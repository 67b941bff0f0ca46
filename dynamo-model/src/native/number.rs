//! DynamoDB's numbers: 38 significant digits, and what lies next to one.

/// The significant digits of a number.
const DIGITS: u32 = 38;

/// The powers of ten of the first digit: 1E-130 to 9.9E+125.
///
/// Source: "Supported data types and naming rules in Amazon DynamoDB", *Number*.
const MAGNITUDES: std::ops::RangeInclusive<i32> = -130..=125;

/// A number of DynamoDB's.
enum Number {
    Zero,
    Other(Significant),
}

/// A number other than zero: 38 digits times a power of ten.
struct Significant {
    negative: bool,
    digits: u128,
    exponent: i32,
}

/// Whether the text is a number that DynamoDB takes.
pub(crate) fn is_number(text: &str) -> bool {
    parse(text).is_some()
}

/// The next number in this direction.
pub(super) fn beside(text: &str, up: bool) -> Option<String> {
    // A whole number's neighbours in full precision are of no interest to anyone who has whole ones; see `whole`.
    let Number::Other(number) = parse(text)? else {
        return Some(if up { "1E-130" } else { "-1E-130" }.to_owned());
    };
    let Significant { negative, mut digits, mut exponent } = number;
    if negative == up {
        if digits == 10_u128.pow(DIGITS - 1) {
            // Below a power of ten, numbers lie ten times as close.
            digits *= 10;
            exponent -= 1;
        }
        digits -= 1;
    } else {
        digits += 1;
    }
    let next = format!("{}{digits}E{exponent}", if negative { "-" } else { "" });
    match parse(&next) {
        Some(_) => Some(next),
        // Beside the smallest number lies zero, and beyond the largest nothing.
        None if negative == up => Some("0".to_owned()),
        None => None,
    }
}

/// The next whole number in this direction.
pub(super) fn whole_beside(text: &str, up: bool) -> Option<String> {
    let number: i128 = text.parse().ok()?;
    let next = if up { number.checked_add(1)? } else { number.checked_sub(1)? };
    // One with more digits is no number of DynamoDB's.
    Some(next.to_string()).filter(|text| is_number(text))
}

/// `None` for a text that is no number of DynamoDB's.
fn parse(text: &str) -> Option<Number> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) || mantissa.ends_with('.') {
        return None;
    }
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return Some(Number::Zero);
    }
    let length = u32::try_from(significant.len()).ok().filter(|length| *length <= DIGITS)?;
    let leading = all.len() - all.trim_start_matches('0').len();
    let first = i32::try_from(whole.len()).ok()? - i32::try_from(leading).ok()? - 1;
    let magnitude = first.checked_add(exponent).filter(|magnitude| MAGNITUDES.contains(magnitude))?;
    let digits = significant.parse::<u128>().ok()? * 10_u128.pow(DIGITS - length);
    Some(Number::Other(Significant { negative, digits, exponent: magnitude - 37 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_lie_on_both_sides() {
        for (text, below, above) in [
            ("0", "-1E-130", "1E-130"),
            ("1", "99999999999999999999999999999999999999E-38", "10000000000000000000000000000000000001E-37"),
            ("-1", "-10000000000000000000000000000000000001E-37", "-99999999999999999999999999999999999999E-38"),
            ("12.5", "12499999999999999999999999999999999999E-36", "12500000000000000000000000000000000001E-36"),
        ] {
            assert_eq!(beside(text, false).as_deref(), Some(below), "{text}");
            assert_eq!(beside(text, true).as_deref(), Some(above), "{text}");
        }
        assert_eq!(beside("1E-130", false).as_deref(), Some("0"));
        assert_eq!(beside("-1E-130", true).as_deref(), Some("0"));
        let largest = format!("{}E88", "9".repeat(38));
        assert_eq!(beside(&largest, true), None);
        assert_eq!(beside(&format!("-{largest}"), false), None);
    }

    #[test]
    fn whole_numbers_have_whole_neighbours() {
        assert_eq!(whole_beside("-1", true).as_deref(), Some("0"));
        assert_eq!(whole_beside("0", false).as_deref(), Some("-1"));
        assert_eq!(whole_beside(&u64::MAX.to_string(), true).as_deref(), Some("18446744073709551616"));
        assert_eq!(whole_beside(&"9".repeat(38), true), Some(format!("1{}", "0".repeat(38))));
        assert_eq!(whole_beside(&format!("1{}", "0".repeat(38)), true), None);
    }

    #[test]
    fn what_dynamodb_takes_is_a_number() {
        for text in ["0", "-0", "1", "-12.50", "1E125", "9.9e125", "1e-130", "0.001", &"9".repeat(38)] {
            assert!(is_number(text), "{text}");
        }
        for text in ["", "-", ".", "1.", ".5", "+1", "1e126", "1e-131", "abc", "1 ", "NaN", "1e", &"9".repeat(39)] {
            assert!(!is_number(text), "{text}");
        }
    }
}
