//! The derives of `dynamo-model`. Use them through that crate, which documents them.
//!
//! Four stages with types: attributes are parsed, a model borrows the user's syntax, checks collect every error, and
//! only what passed them is expanded. After an error, stub implementations keep one mistake from becoming many.

mod case;
mod check;
mod diag;
mod expand;
mod fallback;
mod model;
mod parse;
mod runtime;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Stores a struct as items of a table, under keys made from its fields.
///
/// See the `dynamo-model` crate for its attributes.
#[proc_macro_derive(Entity, attributes(entity, serde))]
pub fn entity(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive_entity(&input).into()
}

/// Makes an enum of entities a DynamoDB table.
///
/// See the `dynamo-model` crate for its attributes.
#[proc_macro_derive(Table, attributes(table))]
pub fn table(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive_table(&input).into()
}

/// Lets a newtype or a unit enum stand in a key.
///
/// See the `dynamo-model` crate for its attributes.
#[proc_macro_derive(KeyPart, attributes(key_part, serde))]
pub fn key_part(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive_key_part(&input).into()
}

/// Says what a newtype, a nested struct or a unit enum is stored as, so that its fields offer the operators that fit.
///
/// See the `dynamo-model` crate for its attributes.
#[proc_macro_derive(Attribute, attributes(attribute, serde))]
pub fn attribute(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive_attribute(&input).into()
}

/// Reads several entities that share a partition in one query.
///
/// See the `dynamo-model` crate for its attributes.
#[proc_macro_derive(Collection, attributes(collection))]
pub fn collection(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive_collection(&input).into()
}

/// Reads some of an entity's fields in place of the whole item.
///
/// See the `dynamo-model` crate for its attributes.
#[proc_macro_derive(Projection, attributes(projection))]
pub fn projection(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive_projection(&input).into()
}

fn derive_entity(input: &DeriveInput) -> proc_macro2::TokenStream {
    match parse::entity(input).and_then(|raw| check::entity(input, raw)) {
        Ok(entity) => expand::entity(&entity),
        Err(errors) => fallback::entity(input, &errors),
    }
}

fn derive_table(input: &DeriveInput) -> proc_macro2::TokenStream {
    match parse::table(input).and_then(|raw| check::table(input, raw)) {
        Ok(table) => expand::table(&table),
        Err(errors) => fallback::table(input, &errors),
    }
}

fn derive_key_part(input: &DeriveInput) -> proc_macro2::TokenStream {
    match check::key_part(input) {
        Ok(part) => expand::key_part(&part),
        Err(errors) => fallback::key_part(input, &errors),
    }
}

fn derive_attribute(input: &DeriveInput) -> proc_macro2::TokenStream {
    match check::attribute(input) {
        Ok(attribute) => expand::attribute(&attribute),
        Err(errors) => fallback::attribute(input, &errors),
    }
}

fn derive_collection(input: &DeriveInput) -> proc_macro2::TokenStream {
    match parse::collection(input).and_then(|raw| check::collection(input, raw)) {
        Ok(collection) => expand::collection(&collection),
        Err(errors) => fallback::collection(input, &errors),
    }
}

fn derive_projection(input: &DeriveInput) -> proc_macro2::TokenStream {
    match parse::projection(input).and_then(|raw| check::projection(input, raw)) {
        Ok(projection) => expand::projection(&projection),
        Err(errors) => fallback::projection(input, &errors),
    }
}

#[cfg(test)]
mod tests;
