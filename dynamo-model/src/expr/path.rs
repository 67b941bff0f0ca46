//! Typed paths: a field, and what lies inside it.
//!
//! All methods stand in the module of the type, since errors would name those of another by it.

use std::{any::Any, borrow::Cow, fmt, marker::PhantomData, ops::Deref, sync::OnceLock};

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;

use super::{
    Action, Attribute, AttributeType, Condition, Converted, Fixed, Form, Free, IntoValue, Key, Maintained, Node,
    Nullable, Operand, Optional, Place, Plain, SetOf, Setter, Size, Tied, TiedField, Typed,
    action::Calculation,
    class::{Arithmetic, Containing, Keyed, Listed, Measured, Ordered, Prefixed},
    node,
    place::Step,
    read::Reader,
    setter::{FixedIsSettable, KeyIsSettable, MaintainedIsSettable, Settable, TiedIsCounted},
};
use crate::value::{EncodeError, to_attribute_value};

/// A field of `E`, or a value inside one, of type `T`.
///
/// `S` says whether it can be set ([`Free`], [`Optional`], [`Tied`], ..), `F` how serde writes it ([`Plain`], [`SetOf`],
/// ..). Where `T` is a struct with `#[derive(Attribute)]`, its fields can be named: `t.address().city()`.
pub struct Path<E, T, S = Free, F = Plain> {
    pub(super) place: Place,
    pub(super) form: F,
    pub(super) reader: Reader<T>,
    fields: OnceLock<Box<dyn Any + Send + Sync>>,
    marker: Marker<E, T, S>,
}

type Marker<E, T, S> = PhantomData<fn() -> (E, T, S)>;

/// A struct whose fields have typed paths; implemented by `#[derive(Attribute)]`.
pub trait Document {
    /// The fields, of a value inside an `E`.
    type Fields<E: 'static, S: Setter + 'static>: Send + Sync + 'static;

    #[doc(hidden)]
    fn fields<E: 'static, S: Setter + 'static>(place: Place) -> Self::Fields<E, S>;
}

impl<T: Document> Document for Option<T> {
    type Fields<E: 'static, S: Setter + 'static> = T::Fields<E, S>;

    fn fields<E: 'static, S: Setter + 'static>(place: Place) -> Self::Fields<E, S> {
        T::fields(place)
    }
}

impl<T: Document> Document for Box<T> {
    type Fields<E: 'static, S: Setter + 'static> = T::Fields<E, S>;

    fn fields<E: 'static, S: Setter + 'static>(place: Place) -> Self::Fields<E, S> {
        T::fields(place)
    }
}

impl<E: 'static, T: Document, S: Setter + 'static, F: Typed> Deref for Path<E, T, S, F> {
    type Target = T::Fields<E, S>;

    fn deref(&self) -> &Self::Target {
        let fields = self.fields.get_or_init(|| Box::new(T::fields::<E, S>(self.place.clone())));
        match fields.downcast_ref() {
            Some(fields) => fields,
            None => unreachable!("the cell is filled here only, with this type"),
        }
    }
}

impl<E, T, S, F> Path<E, T, S, F> {
    #[doc(hidden)]
    pub fn new(place: Place, form: F) -> Self {
        Self { place, form, reader: Reader::PLAIN, fields: OnceLock::new(), marker: PhantomData }
    }

    pub(crate) fn into_place(self) -> Place {
        self.place
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    pub(crate) fn form(&self) -> &F {
        &self.form
    }

    fn compare(self, operator: &'static str, value: impl Operand<E, T, F>) -> Condition<E> {
        let value = value.into_operand(&self.form);
        Condition::new(Node::Compare(node::Operand::Path(self.place), operator, value))
    }

    fn function(self, name: &'static str, value: Option<node::Operand>) -> Condition<E> {
        Condition::new(Node::Function(name, self.place, value))
    }

    /// `=`
    pub fn eq(self, value: impl Operand<E, T, F>) -> Condition<E> {
        self.compare("=", value)
    }

    /// `<>`; holds also where there is no such attribute.
    pub fn ne(self, value: impl Operand<E, T, F>) -> Condition<E> {
        self.compare("<>", value)
    }

    /// `IN`: it is one of these. More than DynamoDB's 100 become several `IN`s.
    pub fn is_in<V: Operand<E, T, F>>(self, values: impl IntoIterator<Item = V>) -> Condition<E> {
        let values = values.into_iter().map(|value| value.into_operand(&self.form)).collect();
        Condition::new(Node::In(node::Operand::Path(self.place), values))
    }

    /// `attribute_exists`
    pub fn attribute_exists(self) -> Condition<E> {
        self.function("attribute_exists", None)
    }

    /// `attribute_not_exists`
    pub fn attribute_not_exists(self) -> Condition<E> {
        self.function("attribute_not_exists", None)
    }

    /// `attribute_type`: it is stored as this.
    pub fn attribute_type(self, stored: AttributeType) -> Condition<E> {
        let name = AttributeValue::S(stored.name().to_owned());
        self.function("attribute_type", Some(node::Operand::Value(Ok(Some(name)))))
    }

    /// `<`
    pub fn lt(self, value: impl Operand<E, T, F>) -> Condition<E>
    where
        F: Typed,
        T: Attribute,
        T::Class: Ordered,
    {
        self.compare("<", value)
    }

    /// `<=`
    pub fn le(self, value: impl Operand<E, T, F>) -> Condition<E>
    where
        F: Typed,
        T: Attribute,
        T::Class: Ordered,
    {
        self.compare("<=", value)
    }

    /// `>`
    pub fn gt(self, value: impl Operand<E, T, F>) -> Condition<E>
    where
        F: Typed,
        T: Attribute,
        T::Class: Ordered,
    {
        self.compare(">", value)
    }

    /// `>=`
    pub fn ge(self, value: impl Operand<E, T, F>) -> Condition<E>
    where
        F: Typed,
        T: Attribute,
        T::Class: Ordered,
    {
        self.compare(">=", value)
    }

    /// `BETWEEN`: at least `low` and at most `high`.
    pub fn between(self, low: impl Operand<E, T, F>, high: impl Operand<E, T, F>) -> Condition<E>
    where
        F: Typed,
        T: Attribute,
        T::Class: Ordered,
    {
        let (low, high) = (low.into_operand(&self.form), high.into_operand(&self.form));
        Condition::new(Node::Between(node::Operand::Path(self.place), low, high))
    }

    /// `begins_with`
    pub fn begins_with(self, prefix: &str) -> Condition<E>
    where
        F: Typed,
        T: Attribute,
        T::Class: Prefixed,
    {
        // Every string begins with the empty one, which the engines do not agree on.
        if prefix.is_empty() {
            return self.attribute_type(AttributeType::S);
        }
        let prefix = AttributeValue::S(prefix.to_owned());
        self.function("begins_with", Some(node::Operand::Value(Ok(Some(prefix)))))
    }
}

impl<E, T, S, F: Typed> Path<E, T, S, F> {
    /// `size`: the length of a string in characters or of binary in bytes, or the number of elements.
    pub fn size(self) -> Size<E>
    where
        T: Attribute,
        T::Class: Measured,
    {
        Size { place: self.place, entity: PhantomData }
    }
}

impl<E, T, S, F: Typed> Path<E, T, S, F> {
    /// `contains`: the string has this part, or the list this element.
    pub fn contains<V>(self, element: V) -> Condition<E>
    where
        T: Attribute,
        T::Class: Containing,
        V: IntoValue<<T::Class as Containing>::Element>,
        <T::Class as Containing>::Element: Serialize,
    {
        let element = to_attribute_value(&element.into_value()).map(Some).map_err(Into::into);
        self.function("contains", Some(node::Operand::Value(element)))
    }
}

impl<E, T: IntoIterator, S> Path<E, T, S, SetOf<T>> {
    /// `contains`: the set has this element.
    pub fn contains<V>(self, element: V) -> Condition<E>
    where
        V: IntoValue<T::Item>,
        T::Item: Serialize,
    {
        let element = to_attribute_value(&element.into_value()).map(Some).map_err(Into::into);
        self.function("contains", Some(node::Operand::Value(element)))
    }

    /// `size`: the number of elements.
    pub fn size(self) -> Size<E> {
        Size { place: self.place, entity: PhantomData }
    }
}

impl<E, T, S, F> Path<E, T, S, F> {
    /// It has no value: the attribute is not there, or is `NULL`.
    pub fn is_none(self) -> Condition<E>
    where
        T: Nullable,
    {
        let missing = Node::Function("attribute_not_exists", self.place.clone(), None);
        Condition::new(missing.or(self.attribute_type(AttributeType::Null).into_node()))
    }

    /// It has a value.
    pub fn is_some(self) -> Condition<E>
    where
        T: Nullable,
    {
        !self.is_none()
    }
}

impl<E, T, S: Setter, F: Typed> Path<E, T, S, F> {
    /// The element of a list at this place.
    pub fn at<U>(self, index: usize) -> Path<E, U, S::Then<Optional>>
    where
        T: Attribute,
        T::Class: Listed<U>,
    {
        Path::new(self.place.step(Step::Index(index)), Plain)
    }

    /// The entry of a map with this key.
    pub fn key<U>(self, key: impl Into<String>) -> Path<E, U, S::Then<Optional>>
    where
        T: Attribute,
        T::Class: Keyed<U>,
    {
        Path::new(self.place.step(Step::Name(Cow::Owned(key.into()))), Plain)
    }

    /// The fields of a struct with `#[derive(Attribute)]`, for one whose name is also a method here.
    #[must_use]
    pub fn document(&self) -> &T::Fields<E, S>
    where
        E: 'static,
        T: Document,
        S: 'static,
    {
        self
    }
}

/// What can be done to a field that is set by itself.
impl<E, T, S: Settable, F> Path<E, T, S, F> {
    /// `SET`: becomes this value, or that of another field.
    pub fn to(self, value: impl Operand<E, T, F>) -> Action<E> {
        let value = value.into_operand(&self.form);
        Action::set(self.place, value)
    }

    /// `SET` with `if_not_exists`: becomes this value where there is no such attribute. A `None` that serde writes as
    /// `NULL` is one.
    pub fn to_if_absent(self, value: impl IntoValue<T>) -> Action<E>
    where
        F: Form<T>,
    {
        let value = self.form.encode(&value.into_value());
        Action::calculated(self.place, Calculation::IfAbsent, value, None)
    }
}

/// What can be done to a number or a list.
#[allow(clippy::should_implement_trait, reason = "it is DynamoDB's word, and gives a change, not a number")]
impl<E, T, S: Settable, F: Typed> Path<E, T, S, F> {
    /// Adds to the number; one that is not there counts as 0.
    ///
    /// The write is refused where the sum would not fit the field's type.
    pub fn add(self, number: impl IntoValue<T>) -> Action<E>
    where
        F: Form<T>,
        T: Attribute,
        T::Class: Arithmetic,
    {
        let value = self.form.encode(&number.into_value());
        Action::calculated(self.place, Calculation::Plus, value, T::RANGE)
    }

    /// Subtracts from the number; one that is not there counts as 0.
    ///
    /// The write is refused where the difference would not fit the field's type.
    pub fn subtract(self, number: impl IntoValue<T>) -> Action<E>
    where
        F: Form<T>,
        T: Attribute,
        T::Class: Arithmetic,
    {
        let value = self.form.encode(&number.into_value());
        Action::calculated(self.place, Calculation::Minus, value, T::RANGE)
    }

    /// Adds these elements behind the last; a list that is not there counts as empty.
    pub fn append<U, V>(self, elements: impl IntoIterator<Item = V>) -> Action<E>
    where
        T: Attribute,
        T::Class: Listed<U>,
        V: IntoValue<U>,
        U: Serialize,
    {
        Action::calculated(self.place, Calculation::Append, list(elements), None)
    }

    /// Adds these elements before the first; a list that is not there counts as empty.
    pub fn prepend<U, V>(self, elements: impl IntoIterator<Item = V>) -> Action<E>
    where
        T: Attribute,
        T::Class: Listed<U>,
        V: IntoValue<U>,
        U: Serialize,
    {
        Action::calculated(self.place, Calculation::Prepend, list(elements), None)
    }
}

/// Elements as a list of them is stored.
fn list<U: Serialize, V: IntoValue<U>>(
    elements: impl IntoIterator<Item = V>,
) -> Result<Option<AttributeValue>, EncodeError> {
    let elements: Vec<U> = elements.into_iter().map(V::into_value).collect();
    to_attribute_value(&elements).map(Some)
}

/// What can be done to a set.
#[allow(clippy::should_implement_trait, reason = "it is DynamoDB's word, and gives a change, not a set")]
impl<E, T: IntoIterator + FromIterator<T::Item>, S: Settable> Path<E, T, S, SetOf<T>> {
    /// `ADD`: adds these elements to the set; one that is not there counts as empty.
    pub fn add<V: IntoValue<T::Item>>(self, elements: impl IntoIterator<Item = V>) -> Action<E> {
        let value = self.form.encode(&elements.into_iter().map(V::into_value).collect());
        Action::calculated(self.place, Calculation::Union, value, None)
    }

    /// `DELETE`: takes these elements out of the set; without any left the attribute is gone.
    pub fn delete<V: IntoValue<T::Item>>(self, elements: impl IntoIterator<Item = V>) -> Action<E> {
        let value = self.form.encode(&elements.into_iter().map(V::into_value).collect());
        Action::calculated(self.place, Calculation::Difference, value, None)
    }
}

impl<E, T, F> Path<E, T, Optional, F> {
    /// `REMOVE`: the attribute is gone.
    pub fn remove(self) -> Action<E> {
        Action::remove(self.place)
    }
}

impl<E, T, F> Path<E, T, Free, F> {
    /// Not for a field that is always there.
    #[doc(hidden)]
    pub fn remove(self) -> Action<E>
    where
        T: Nullable,
    {
        Action::remove(self.place)
    }
}

/// A field of an index key or a unique constraint, whose keys follow it.
impl<E, T, F, const FIELD: usize> Path<E, T, Tied<FIELD>, F> {
    /// Becomes this value, and the keys that are made of it follow.
    ///
    /// Where such a key is made of several fields, the others are given too: `.given_due(due)`.
    pub fn to<V>(self, value: V) -> E::Change
    where
        E: TiedField<FIELD, T>,
        V: IntoValue<T>,
    {
        E::change(value.into_value())
    }

    /// Has no value from here on: the same as `to(None)`.
    pub fn remove(self) -> E::Change
    where
        E: TiedField<FIELD, T>,
        T: Nullable,
    {
        E::change(T::null())
    }
}

macro_rules! refused {
    ($([$($generics:tt)*] $setter:ty, $reason:ident: $($method:ident($($argument:ident)?)),*;)*) => {$(
        #[allow(clippy::should_implement_trait, reason = "named as what it stands for")]
        impl<E, T, F, $($generics)*> Path<E, T, $setter, F> {
            $(
                /// Not for this field: calling it says why.
                #[doc(hidden)]
                pub fn $method$(<$argument>)?(self $(, _: $argument)?) -> Action<E>
                where
                    E: $reason,
                {
                    Action::remove(self.place)
                }
            )*
        }
    )*};
}

refused! {
    [] Key, KeyIsSettable: to(V), to_if_absent(V), add(V), subtract(V), append(V), prepend(V), delete(V), remove();
    [] Maintained, MaintainedIsSettable:
        to(V), to_if_absent(V), add(V), subtract(V), append(V), prepend(V), delete(V), remove();
    [] Fixed, FixedIsSettable: to(V), to_if_absent(V), add(V), subtract(V), append(V), prepend(V), delete(V), remove();
    [const FIELD: usize] Tied<FIELD>, TiedIsCounted: to_if_absent(V), add(V), subtract(V), append(V), prepend(V), delete(V);
}

/// What a field is not known to be, since functions of the user's write it.
macro_rules! unknown {
    ($([$($setter:tt)*] $output:ident, $value:expr => $($method:ident($($argument:ident)?)),*;)*) => {$(
        #[allow(clippy::should_implement_trait, reason = "named as what it stands for")]
        impl<E, T, S $($setter)*> Path<E, T, S, Converted<T>> {
            $(
                /// Not for this field: calling it says why.
                #[doc(hidden)]
                pub fn $method$(<$argument>)?(self $(, _: $argument)?) -> $output<E>
                where
                    Converted<T>: Typed,
                {
                    $value(self.place)
                }
            )*
        }
    )*};
}

unknown! {
    [: Settable] Action, Action::remove => add(V), subtract(V), append(V), prepend(V);
    [] Condition, |place| Condition::new(Node::Function("attribute_exists", place, None)) =>
        contains(V), size(), at(V), key(V);
}

impl<E, T, S, F> fmt::Debug for Path<E, T, S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Path").field(&format_args!("{}", self.place)).finish()
    }
}
