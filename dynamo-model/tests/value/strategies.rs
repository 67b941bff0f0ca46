//! Random values of the types, and random attribute values.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use dynamo_model::value::Item;
use proptest::collection::{btree_map, btree_set, hash_map, vec};
use proptest::option;
use proptest::prelude::*;

use crate::types::{
    Adjacent, Audit, Bytes, Everything, External, Flattened, Internal, Keyed, Newtype, Scalars, Sets, Status,
    Transparent, TupleStruct, UnitStruct, Untagged,
};

const FEW: std::ops::Range<usize> = 0..4;

pub(crate) fn everything() -> impl Strategy<Value = Everything> {
    let values = (scalars(), keyed(), sets(), any::<String>(), any::<Option<String>>(), any::<Option<u32>>());
    let options = (option::of(any::<u8>()), any::<u64>(), bytes(), newtype(), any::<u16>());
    let tuples = (any::<(u8, String)>(), any::<(u8, String, Option<bool>)>(), any::<[i16; 3]>());
    let lists = (vec(vec(any::<i64>(), FEW), FEW), vec(external(), FEW), vec(internal(), FEW));
    let more_lists = (vec(adjacent(), FEW), vec(untagged(), FEW));
    let flat = (values, options, tuples, lists, more_lists).prop_map(|(values, options, tuples, lists, more)| {
        let (scalars, keyed, sets, renamed_field, optional, sparse) = values;
        let (inner_option, with, bytes, newtype, transparent) = options;
        let (tuple_struct, tuple, array) = tuples;
        let (lists, external, internal) = lists;
        let (adjacent, untagged) = more;
        Everything {
            scalars,
            keyed,
            sets,
            renamed_field,
            optional,
            sparse,
            // `Some(None)` and `None` are both null.
            nested_option: inner_option.map(Some),
            with,
            skipped: 0,
            bytes,
            unit: (),
            unit_struct: UnitStruct,
            newtype,
            transparent: Transparent { inner: transparent },
            tuple_struct: TupleStruct(tuple_struct.0, tuple_struct.1),
            tuple,
            array,
            lists,
            external,
            internal,
            adjacent,
            untagged,
            boxed: None,
        }
    });
    let flat = flat.boxed();
    (flat.clone(), option::weighted(0.3, flat))
        .prop_map(|(outer, inner)| Everything { boxed: inner.map(Box::new), ..outer })
}

fn scalars() -> impl Strategy<Value = Scalars> {
    let numbers = (any::<(i8, i16, i32, i64)>(), any::<(u8, u16, u32, u64)>(), (finite_f32(), finite_f64()));
    (numbers, any::<bool>(), any::<char>(), any::<String>(), status()).prop_map(
        |((signed, unsigned, floats), flag, character, text, status)| Scalars {
            signed,
            unsigned,
            floats,
            flag,
            character,
            text,
            status,
        },
    )
}

fn finite_f32() -> impl Strategy<Value = f32> {
    use proptest::num::f32::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO
}

fn finite_f64() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO
}

fn keyed() -> impl Strategy<Value = Keyed> {
    (
        btree_map(any::<String>(), vec(any::<u8>(), FEW), FEW),
        btree_map(any::<i64>(), any::<String>(), FEW),
        btree_map(any::<u128>(), any::<bool>(), FEW),
        btree_map(any::<bool>(), any::<u8>(), FEW),
        btree_map(any::<char>(), any::<u8>(), FEW),
        btree_map(status(), any::<u8>(), FEW),
        btree_map(newtype(), btree_map(any::<String>(), any::<u8>(), FEW), FEW),
    )
        .prop_map(|(text, signed, wide, flag, character, unit_variant, newtype)| Keyed {
            text,
            signed,
            wide,
            flag,
            character,
            unit_variant,
            newtype,
        })
}

fn sets() -> impl Strategy<Value = Sets> {
    (
        btree_set(any::<String>(), FEW),
        btree_set(status(), FEW),
        btree_set(any::<i64>(), FEW),
        vec(finite_f64(), FEW),
        btree_set(bytes(), FEW),
    )
        .prop_map(|(texts, variants, numbers, floats, binaries)| Sets {
            texts,
            variants,
            numbers,
            floats,
            binaries,
        })
}

pub(crate) fn flattened() -> impl Strategy<Value = Flattened> {
    let audit = (newtype(), any::<u64>(), option::of(vec(any::<String>(), FEW)), bytes())
        .prop_map(|(created_by, revision, tags, checksum)| Audit { created_by, revision, tags, checksum });
    // A flattened enum needs content, and the rest no name of another field.
    let shape = external().prop_filter("a unit variant has no entry", |shape| *shape != External::Unit);
    (any::<String>(), audit, shape, btree_map("[0-9 ]{1,4}", untagged(), FEW))
        .prop_map(|(item_name, audit, shape, rest)| Flattened { item_name, audit, shape, rest })
}

pub(crate) fn status() -> impl Strategy<Value = Status> {
    prop_oneof![Just(Status::Open), Just(Status::InProgress), Just(Status::Done)]
}

pub(crate) fn external() -> impl Strategy<Value = External> {
    prop_oneof![
        Just(External::Unit),
        any::<u32>().prop_map(External::Newtype),
        any::<Option<String>>().prop_map(External::NewtypeOption),
        any::<(i8, String)>().prop_map(|(number, text)| External::Tuple(number, text)),
        any::<(u32, Option<String>)>().prop_map(|(radius, name)| External::Struct { radius, name }),
    ]
}

pub(crate) fn internal() -> impl Strategy<Value = Internal> {
    let leaf = prop_oneof![Just(Internal::Unit), scalars().prop_map(Internal::Newtype)];
    leaf.prop_recursive(3, 3, 1, |inner| {
        (any::<u64>(), bytes(), option::of(inner)).prop_map(|(radius, bytes, inner)| Internal::Struct {
            radius,
            bytes,
            inner: inner.map(Box::new),
        })
    })
}

pub(crate) fn adjacent() -> impl Strategy<Value = Adjacent> {
    prop_oneof![
        Just(Adjacent::Unit),
        any::<String>().prop_map(Adjacent::Newtype),
        any::<(u8, u8)>().prop_map(|(left, right)| Adjacent::Tuple(left, right)),
        any::<u64>().prop_map(|radius| Adjacent::Struct { radius }),
    ]
}

/// Untagged values that are read back as the variant they were written from.
pub(crate) fn untagged() -> impl Strategy<Value = Untagged> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Untagged::Flag),
        any::<i64>().prop_map(Untagged::Integer),
        (i64::MAX as u64 + 1..).prop_map(Untagged::Large),
        any::<String>().prop_map(Untagged::Text),
        any::<(u8, String)>().prop_map(|(number, text)| Untagged::Pair(number, text)),
        any::<(u8, String)>().prop_map(|(radius, name)| Untagged::Struct { radius, name }),
        btree_map("[a-z]{0,3}", any::<i64>(), FEW).prop_map(Untagged::Map),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        // Three elements are no pair.
        vec(inner, 3).prop_map(Untagged::List)
    })
}

pub(crate) fn bytes() -> impl Strategy<Value = Bytes> {
    vec(any::<u8>(), 0..12).prop_map(Bytes)
}

fn newtype() -> impl Strategy<Value = Newtype> {
    any::<String>().prop_map(Newtype)
}

/// Attribute values as DynamoDB returns them, of all types and a few levels deep, with texts from `texts`.
pub(crate) fn attribute_value<S>(texts: S) -> impl Strategy<Value = AttributeValue> + Clone
where
    S: Strategy<Value = String> + Clone + 'static,
{
    let binary = || vec(any::<u8>(), 0..6).prop_map(Blob::new);
    let leaf = prop_oneof![
        texts.clone().prop_map(AttributeValue::S),
        number().prop_map(AttributeValue::N),
        binary().prop_map(AttributeValue::B),
        any::<bool>().prop_map(AttributeValue::Bool),
        Just(AttributeValue::Null(true)),
        vec(texts, FEW).prop_map(AttributeValue::Ss),
        vec(number(), FEW).prop_map(AttributeValue::Ns),
        vec(binary(), FEW).prop_map(AttributeValue::Bs),
    ];
    let nested = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), FEW).prop_map(AttributeValue::L),
            hash_map(name(), inner, FEW).prop_map(AttributeValue::M),
        ]
    });
    nested.boxed()
}

pub(crate) fn item<S>(texts: S) -> impl Strategy<Value = Item>
where
    S: Strategy<Value = String> + Clone + 'static,
{
    hash_map(name(), attribute_value(texts), 0..6)
}

/// Names that the types know, and others.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-e]{1,2}",
        // Without leading zeros: of two texts of one number a map keeps the last, and items have no order.
        "-?[1-9][0-9]?",
        proptest::sample::select(vec![
            "type", "t", "c", "id", "name", "label", "radius", "bytes", "inner", "unit", "struct", "Unit", "Newtype",
            "Tuple", "Struct", "Adjacent", "OPEN", "true", "signed", "text", "texts", "numbers", "audit",
        ])
        .prop_map(str::to_owned),
    ]
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i8>().prop_map(|number| number.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
        "-?[0-9]{1,30}\\.[0-9]{1,8}",
        "[0-9]{20,38}",
    ]
}

/// Texts that types may read as something: variants' names, hexadecimal numbers, single characters.
pub(crate) fn text() -> impl Strategy<Value = String> + Clone {
    prop_oneof![
        "[a-f0-9]{0,3}",
        proptest::sample::select(vec!["OPEN", "DONE", "Unit", "Newtype", "Tuple", "unit", "struct", "true"])
            .prop_map(str::to_owned),
        any::<String>(),
    ]
    .boxed()
}
