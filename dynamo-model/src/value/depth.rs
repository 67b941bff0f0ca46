//! How deep values may nest before a conversion refuses them.

use aws_sdk_dynamodb::types::AttributeValue;

/// The levels of nesting that are converted, the item itself being the first.
///
/// DynamoDB stores 32. The bound is wider, so that DynamoDB stays the judge of what it stores, and low enough that no
/// value can exhaust the stack.
pub(super) const MAX_DEPTH: u8 = 128;

/// The levels that are left below the present one.
#[derive(Clone, Copy)]
pub(super) struct Levels(u8);

impl Levels {
    pub(super) const ALL: Self = Self(MAX_DEPTH);

    /// The levels left inside a container, or `None` where a container is one too many.
    pub(super) fn enter(self) -> Option<Self> {
        self.0.checked_sub(1).map(Self)
    }

    /// Whether the value holds no more levels than are left.
    #[inline]
    pub(super) fn suffice_for(self, value: &AttributeValue) -> bool {
        // Most values hold no others, and are not worth a call.
        !matches!(value, AttributeValue::M(_) | AttributeValue::L(_)) || self.suffice_for_nested(value)
    }

    fn suffice_for_nested(self, value: &AttributeValue) -> bool {
        let Some(inside) = self.enter() else {
            return false;
        };
        match value {
            AttributeValue::M(map) => map.values().all(|value| inside.suffice_for(value)),
            AttributeValue::L(list) => list.iter().all(|value| inside.suffice_for(value)),
            _ => true,
        }
    }
}

/// Drops a value level by level: the drop that the compiler writes recurses, and can overflow the stack.
pub(super) fn dismantle(value: AttributeValue) {
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        match value {
            AttributeValue::M(map) => pending.extend(map.into_values()),
            AttributeValue::L(list) => pending.extend(list),
            _ => {}
        }
    }
}
