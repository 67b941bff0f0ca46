//! Sizes and stored types, as conditions ask for them.

use std::marker::PhantomData;

use aws_sdk_dynamodb::types::AttributeValue;

use super::{Condition, Node, Place, node};

/// The size of a value, to be compared with a number.
#[must_use = "a size is compared: `t.tags().size().ge(3)`"]
pub struct Size<E> {
    pub(super) place: Place,
    pub(super) entity: PhantomData<fn() -> E>,
}

macro_rules! size_comparisons {
    ($($(#[$doc:meta])* $method:ident $operator:literal;)*) => {
        impl<E> Size<E> {
            $(
                $(#[$doc])*
                pub fn $method(self, size: usize) -> Condition<E> {
                    let size = node::Operand::Value(Ok(Some(AttributeValue::N(size.to_string()))));
                    Condition::new(Node::Compare(node::Operand::Size(self.place), $operator, size))
                }
            )*

            /// `BETWEEN`: at least `low` and at most `high`.
            pub fn between(self, low: usize, high: usize) -> Condition<E> {
                let number = |size: usize| node::Operand::Value(Ok(Some(AttributeValue::N(size.to_string()))));
                Condition::new(Node::Between(node::Operand::Size(self.place), number(low), number(high)))
            }
        }
    };
}

size_comparisons! {
    /// `=`
    eq "=";
    /// `<>`
    ne "<>";
    /// `<`
    lt "<";
    /// `<=`
    le "<=";
    /// `>`
    gt ">";
    /// `>=`
    ge ">=";
}

/// What an attribute is stored as, called as in the SDK's `AttributeValue`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttributeType {
    /// A string.
    S,
    /// A number.
    N,
    /// Binary.
    B,
    /// A boolean.
    Bool,
    /// `NULL`.
    Null,
    /// A list.
    L,
    /// A map.
    M,
    /// A set of strings.
    Ss,
    /// A set of numbers.
    Ns,
    /// A set of binary values.
    Bs,
}

impl AttributeType {
    /// DynamoDB's name of it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::N => "N",
            Self::B => "B",
            Self::Bool => "BOOL",
            Self::Null => "NULL",
            Self::L => "L",
            Self::M => "M",
            Self::Ss => "SS",
            Self::Ns => "NS",
            Self::Bs => "BS",
        }
    }
}
