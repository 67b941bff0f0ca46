//! Periods of time in a key: the beginning of an RFC 3339 text, which sorts as time does.

use std::fmt;

use crate::{key::PartError, timestamp::civil::Date};

/// A period that a partition of a time series holds, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Period {
    /// `2026`
    Year,
    /// `2026-11`
    Month,
    /// `2026-11-20`
    Day,
    /// `2026-11-20T13`
    Hour,
}

impl Period {
    /// The characters of its text.
    #[must_use]
    pub const fn width(self) -> usize {
        match self {
            Self::Year => 4,
            Self::Month => 7,
            Self::Day => 10,
            Self::Hour => 13,
        }
    }

    /// What it is called in a placeholder.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
        }
    }

    /// The text of the period that an instant or a date lies in; `None` if it is neither.
    pub(super) fn of(self, text: &str) -> Option<&str> {
        let period = text.get(..self.width())?;
        self.number(period).map(|_| period)
    }

    pub(super) fn misfit(self) -> PartError {
        PartError::new(format!("is no time in UTC, of which the key takes the {}", self.name()))
    }

    /// The period, counted from the year 0000.
    fn number(self, text: &str) -> Option<u64> {
        let date = match self {
            Self::Year | Self::Month => format!("{text}{}", "0000-01-01".get(text.len()..)?),
            Self::Day | Self::Hour => text.get(..10)?.to_owned(),
        };
        let date = Date::parse(date.as_bytes()).ok()?;
        Some(match self {
            Self::Year => date.year,
            Self::Month => date.year * 12 + date.month - 1,
            Self::Day => date.days(),
            Self::Hour => date.days() * 24 + hour(text.get(10..)?)?,
        })
    }

    /// The text of the period with this number.
    fn text(self, number: u64) -> String {
        match self {
            Self::Year => format!("{number:04}"),
            Self::Month => format!("{:04}-{:02}", number / 12, number % 12 + 1),
            Self::Day => day(number),
            Self::Hour => format!("{}T{:02}", day(number / 24), number % 24),
        }
    }

    /// Whether the instant is the first of its period: before it, the period holds nothing.
    fn begins_at(self, text: &str) -> bool {
        const FIRST: &[u8] = b"0000-01-01T00:00:00.000000000";
        let text = text.strip_suffix('Z').unwrap_or(text).as_bytes();
        text.len() <= FIRST.len() && text.iter().zip(FIRST).skip(self.width()).all(|(byte, first)| byte == first)
    }
}

/// `T13`
fn hour(text: &str) -> Option<u64> {
    let hour = text.strip_prefix('T').filter(|hour| hour.bytes().all(|byte| byte.is_ascii_digit()))?;
    hour.parse().ok().filter(|hour| *hour < 24)
}

fn day(days: u64) -> String {
    let Date { year, month, day } = Date::from_days(days);
    format!("{year:04}-{month:02}-{day:02}")
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Periods that follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Periods {
    period: Period,
    first: u64,
    count: u64,
}

impl Periods {
    /// The periods from one instant's to another's, which is excluded where it only begins; none if they are in the wrong
    /// order.
    pub(crate) fn between(period: Period, low: &str, high: &str, excluded: bool) -> Result<Self, PartError> {
        let number = |text| period.of(text).and_then(|text| period.number(text)).ok_or_else(|| period.misfit());
        let (first, last) = (number(low)?, number(high)?);
        let end = if excluded && period.begins_at(high) { last } else { last + 1 };
        Ok(Self { period, first, count: end.saturating_sub(first) })
    }

    pub(crate) fn count(self) -> u64 {
        self.count
    }

    /// The text of the period at this position.
    pub(crate) fn text(self, at: u64) -> String {
        self.period.text(self.first + at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Timestamp;

    const PERIODS: [Period; 4] = [Period::Year, Period::Month, Period::Day, Period::Hour];

    fn text(millis: i64) -> String {
        Timestamp::from_millis(millis).map(|at| at.to_string()).unwrap_or_default()
    }

    fn instant() -> impl Strategy<Value = i64> {
        let (min, max) = (Timestamp::MIN.as_millis(), Timestamp::MAX.as_millis());
        prop_oneof![min..=max, -10_i64..10, Just(min), Just(max)]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Periods sort as instants do, and a period's number and its text are one.
        #[test]
        fn periods_are_in_the_order_of_time(a in instant(), b in instant(), period in 0..4_usize) {
            let period = PERIODS[period];
            let (a, b) = (text(a.min(b)), text(a.max(b)));
            let (mine, theirs) = (period.of(&a).unwrap_or_default(), period.of(&b).unwrap_or_default());
            prop_assert_eq!(mine.len(), period.width());
            prop_assert!(mine <= theirs);
            let number = period.number(mine);
            let again = number.map(|number| period.text(number));
            prop_assert_eq!(again.as_deref(), Some(mine));
            prop_assert_eq!(number.cmp(&period.number(theirs)), mine.cmp(theirs));
        }

        /// A range names exactly the periods that instants of it lie in.
        #[test]
        fn a_range_is_the_periods_of_its_instants(
            start in instant(),
            hours in 0..100_i64,
            rest in prop_oneof![Just(0_i64), 0..3_600_000_i64],
            round in any::<bool>(),
            excluded in any::<bool>(),
        ) {
            let period = Period::Hour;
            let hour = 3_600_000;
            let start = start.min(Timestamp::MAX.as_millis() - 200 * hour);
            let end = start + hours * hour + rest;
            let end = if round { end.div_euclid(hour) * hour } else { end };
            let Ok(periods) = Periods::between(period, &text(start), &text(end), excluded) else {
                return Err(TestCaseError::fail("both are instants"));
            };
            let last = if excluded { end - 1 } else { end };
            let expected: Vec<String> =
                (start.div_euclid(hour)..=last.div_euclid(hour)).map(|at| text(at * hour)[..13].to_owned()).collect();
            let found: Vec<String> = (0..periods.count()).map(|at| periods.text(at)).collect();
            // An empty range inside a period may name it: nothing is sent for the range itself.
            if last < start { prop_assert!(found.len() <= 1) } else { prop_assert_eq!(found, expected) }
        }
    }

    #[test]
    fn what_is_no_time_has_no_period() {
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-11-20T24:00:00Z",
            "02026-11-20T13",
            "2026-11-2",
            "2026-11-20t13",
            "ä026-11-20T13",
        ] {
            assert_eq!(Period::Hour.of(text), None, "{text}");
        }
        assert_eq!(Period::Month.of("2026-11-20"), Some("2026-11"));
        assert_eq!(Period::Day.of("2026-02-29"), None);
    }
}
