//! Whether two items hold the same, however DynamoDB wrote it back.

use std::cmp::Ordering;

use aws_sdk_dynamodb::types::AttributeValue;

use super::Item;

/// Whether two items hold the same: numbers by their value, sets in any order.
pub(crate) fn same_item(one: &Item, other: &Item) -> bool {
    one.len() == other.len()
        && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| same_value(value, other)))
}

/// Whether two values are the same: numbers by their value, sets in any order.
pub(crate) fn same_value(one: &AttributeValue, other: &AttributeValue) -> bool {
    use AttributeValue as Value;
    match (one, other) {
        (Value::N(one), Value::N(other)) => Decimal::of(one) == Decimal::of(other),
        (Value::Ns(one), Value::Ns(other)) => {
            let sorted = |set: &[String]| {
                let mut set: Vec<_> = set.iter().map(|number| Decimal::of(number)).collect();
                set.sort();
                set
            };
            sorted(one) == sorted(other)
        }
        (Value::Ss(one), Value::Ss(other)) => sorted(one) == sorted(other),
        (Value::Bs(one), Value::Bs(other)) => {
            sorted(&one.iter().map(AsRef::<[u8]>::as_ref).collect::<Vec<_>>())
                == sorted(&other.iter().map(AsRef::<[u8]>::as_ref).collect::<Vec<_>>())
        }
        (Value::L(one), Value::L(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_value(one, other))
        }
        (Value::M(one), Value::M(other)) => same_item(one, other),
        (one, other) => one == other,
    }
}

fn sorted<T: Ord + Clone>(set: &[T]) -> Vec<T> {
    let mut set = set.to_vec();
    set.sort();
    set
}

/// The order of two values of one scalar type, as DynamoDB compares them; `None` for others.
pub(crate) fn compare_values(one: &AttributeValue, other: &AttributeValue) -> Option<Ordering> {
    match (one, other) {
        (AttributeValue::N(one), AttributeValue::N(other)) => Some(Decimal::of(one).compare(&Decimal::of(other))),
        (AttributeValue::S(one), AttributeValue::S(other)) => Some(one.as_bytes().cmp(other.as_bytes())),
        (AttributeValue::B(one), AttributeValue::B(other)) => Some(one.as_ref().cmp(other.as_ref())),
        _ => None,
    }
}

/// A number without what its text may differ in: sign, digits without zeros at the ends, and the power of ten.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn compare(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.digits.is_empty(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let magnitude =
            |number: &Self| number.exponent.saturating_add(i64::try_from(number.digits.len()).unwrap_or(i64::MAX));
        sign(self).cmp(&sign(other)).then_with(|| {
            // Digits have no zeros at their ends, so texts of one magnitude sort as the numbers do.
            let order = magnitude(self).cmp(&magnitude(other)).then_with(|| self.digits.cmp(&other.digits));
            if self.negative { order.reverse() } else { order }
        })
    }

    fn of(text: &str) -> Self {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa.trim_start_matches('+')),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0');
        let significant = digits.trim_end_matches('0');
        let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
        if significant.is_empty() {
            return Self { negative: false, digits: String::new(), exponent: 0 };
        }
        let exponent =
            exponent.parse::<i64>().unwrap_or_default() - length(fraction) + length(digits) - length(significant);
        Self { negative, digits: significant.to_owned(), exponent }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_by_value() {
        let number = |text: &str| AttributeValue::N(text.to_owned());
        for (one, other) in
            [("1", "1.0"), ("1e3", "1000"), ("-0", "0"), ("0.0010", "1E-3"), ("+5", "5"), ("12.50", "12.5")]
        {
            assert!(same_value(&number(one), &number(other)), "{one} {other}");
        }
        for (one, other) in [("1", "-1"), ("10", "1"), ("1.1", "11"), ("0.1", "1")] {
            assert!(!same_value(&number(one), &number(other)), "{one} {other}");
        }
    }

    #[test]
    fn numbers_are_compared_by_value() {
        let numbers =
            ["-1e20", "-100", "-10.5", "-10", "-0.5", "0", "0.05", "0.5", "3", "9", "10", "10.5", "99", "1E2"];
        let number = |text: &str| AttributeValue::N(text.to_owned());
        for (at, one) in numbers.iter().enumerate() {
            for (place, other) in numbers.iter().enumerate() {
                assert_eq!(compare_values(&number(one), &number(other)), Some(at.cmp(&place)), "{one} {other}");
            }
        }
    }

    #[test]
    fn sets_are_the_same_in_any_order_and_lists_are_not() {
        let text = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert!(same_value(&AttributeValue::Ss(text(&["a", "b"])), &AttributeValue::Ss(text(&["b", "a"]))));
        assert!(same_value(&AttributeValue::Ns(text(&["1.0", "2"])), &AttributeValue::Ns(text(&["2", "1"]))));
        let list = |texts: &[&str]| AttributeValue::L(text(texts).into_iter().map(AttributeValue::S).collect());
        assert!(!same_value(&list(&["a", "b"]), &list(&["b", "a"])));
    }
}
