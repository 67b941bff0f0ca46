//! The place between two items of a native index.

use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};

use super::digest::Digest;
use crate::{
    key::SORT_KEY_LIMIT,
    native::{NativeKey, NativeRange, fits, is_number},
    schema::NativeForm,
    value::Item,
};

/// An index has at most as many sort attributes.
const MOST: usize = 4;

/// The sort attributes of an item that its query does not give one value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct NativePlace(Vec<Scalar>);

/// The value of a key attribute; the SDK's cannot be hashed.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Scalar {
    S(String),
    N(String),
    B(Vec<u8>),
}

/// A page of DynamoDB's may end at an item of another entity, whose texts have other widths.
fn any_width(form: NativeForm) -> NativeForm {
    if matches!(form, NativeForm::Fixed { .. }) { NativeForm::Text } else { form }
}

impl NativePlace {
    /// The place of an item; `None` if it lacks an attribute.
    pub(super) fn of(key: &NativeKey, item: &Item) -> Option<Self> {
        let values = key.open().iter().map(|field| Scalar::of(item.get(field.attribute)?));
        values.collect::<Option<_>>().map(Self)
    }

    /// Whether an item of the query could be there.
    pub(super) fn lies_in(&self, key: &NativeKey) -> bool {
        let values: Vec<AttributeValue> = self.0.iter().map(Scalar::to_value).collect();
        let fields = key.open();
        values.len() == fields.len()
            && fields
                .iter()
                .zip(&values)
                .all(|(field, value)| fits(any_width(field.form), SORT_KEY_LIMIT, value).is_ok())
            && values.first().is_none_or(|first| key.condition().matches(first))
    }

    /// The attributes of DynamoDB's start key: what the query gives, which no cursor can change, and the place.
    pub(super) fn start(&self, key: &NativeKey, item: &mut Item) {
        let fixed = key.fixed().map(|(field, value)| (field.attribute, value.clone()));
        let open = key.open().iter().zip(&self.0).map(|(field, value)| (field.attribute, value.to_value()));
        item.extend(fixed.chain(open).map(|(attribute, value)| (attribute.to_owned(), value)));
    }

    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(u8::try_from(self.0.len()).unwrap_or(u8::MAX));
        for value in &self.0 {
            let (kind, value) = match value {
                Scalar::S(text) => (b'S', text.as_bytes()),
                Scalar::N(text) => (b'N', text.as_bytes()),
                Scalar::B(value) => (b'B', value.as_slice()),
            };
            bytes.push(kind);
            bytes.extend_from_slice(&u16::try_from(value.len()).unwrap_or(u16::MAX).to_be_bytes());
            bytes.extend_from_slice(value);
        }
    }

    /// Takes a place from the front of the bytes.
    pub(super) fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (count, mut rest) = bytes.split_first()?;
        let mut values = Vec::new();
        for _ in 0..usize::from(*count) {
            let (kind, after) = rest.split_first()?;
            let (length, after) = after.split_first_chunk::<2>()?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (value, after) = after.split_at_checked(length).filter(|_| (1..=SORT_KEY_LIMIT).contains(&length))?;
            rest = after;
            let text = || std::str::from_utf8(value).ok().map(str::to_owned);
            values.push(match kind {
                b'S' => Scalar::S(text()?),
                b'N' => Scalar::N(text().filter(|text| is_number(text))?),
                b'B' => Scalar::B(value.to_vec()),
                _ => return None,
            });
        }
        *bytes = rest;
        (values.len() <= MOST).then_some(Self(values))
    }
}

impl Scalar {
    fn of(value: &AttributeValue) -> Option<Self> {
        match value {
            AttributeValue::S(text) => Some(Self::S(text.clone())),
            AttributeValue::N(text) => Some(Self::N(text.clone())),
            AttributeValue::B(bytes) => Some(Self::B(bytes.as_ref().to_vec())),
            _ => None,
        }
    }

    fn to_value(&self) -> AttributeValue {
        match self {
            Self::S(text) => AttributeValue::S(text.clone()),
            Self::N(text) => AttributeValue::N(text.clone()),
            Self::B(bytes) => AttributeValue::B(Blob::new(bytes.clone())),
        }
    }
}

/// Takes in what a query by a native index asks for.
pub(super) fn digest(key: &NativeKey, digest: &mut Digest) {
    digest.text("native");
    for (field, value) in key.fixed() {
        digest.text(field.attribute);
        digest.value(value);
    }
    let (kind, values): (_, &[&AttributeValue]) = match key.condition() {
        NativeRange::All => ("all", &[]),
        NativeRange::Nothing => ("nothing", &[]),
        NativeRange::AtLeast(value) => (">=", &[value]),
        NativeRange::Above(value) => (">", &[value]),
        NativeRange::AtMost(value) => ("<=", &[value]),
        NativeRange::Below(value) => ("<", &[value]),
        NativeRange::Between(low, high) => ("between", &[low, high]),
    };
    digest.text(kind);
    for value in values {
        digest.value(value);
    }
}
