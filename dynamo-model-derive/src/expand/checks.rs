//! Constants that fail to compile where an entity breaks a rule, each at the user's token that breaks it.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Ident, ext::IdentExt as _, spanned::Spanned as _};

use super::{option, schema, spread};
use crate::{
    model::{Entity, Field, Pattern, Role, Template, Unique},
    parse::Spec,
    runtime::Runtime,
};

/// `const _: () = check::rule(..);`, which the compiler places at `span` if it fails.
pub(super) fn check(runtime: &Runtime, span: Span, rule: &str, arguments: &TokenStream) -> TokenStream {
    let private = runtime.private_at(span);
    let rule = Ident::new(rule, span);
    quote_spanned!(span=> const _: () = #private::check::#rule(#arguments);)
}

pub(super) fn checks(entity: &Entity<'_>) -> TokenStream {
    let indexes = entity.indexes.iter().map(|pattern| index(entity, pattern));
    let sort_keys = entity.patterns().map(|pattern| sort_key(entity, pattern));
    let alone = (0..entity.indexes.len()).map(|at| alone(entity, at));
    let times = spread::times(entity);
    let natives = super::native::checks(entity);
    let keys = quote!(#(#indexes)* #(#sort_keys)* #(#alone)* #times #natives);
    if entity.is_generic() {
        // Constants cannot name a generic type; the table checks the concrete one that it holds.
        return keys;
    }
    let templates = entity.patterns().enumerate().map(|(at, pattern)| templates(entity, at, pattern));
    let one_text = entity.indexes.iter().enumerate().map(|(at, pattern)| one_text(entity, at, pattern));
    let carried = (0..entity.indexes.len()).map(|at| enough(entity, at));
    let uniques = entity.uniques.iter().enumerate().map(|(at, unique)| self::unique(entity, at, unique));
    let stored = entity.stored_fields().enumerate().map(|(at, field)| self::field(entity, at, field));
    let ttl = entity.fields.iter().filter_map(|field| ttl_type(&entity.runtime, field));
    let member = member(entity);
    quote! {
        #keys
        #(#templates)*
        #(#one_text)*
        #(#carried)*
        #(#uniques)*
        #(#stored)*
        #(#ttl)*
        #member
    }
}

fn index(entity: &Entity<'_>, pattern: &Pattern) -> Option<TokenStream> {
    let index = pattern.index.as_ref()?;
    let (layout, name, index_name) = (entity.layout(), entity.name(), index.unraw().to_string());
    let exists = check(&entity.runtime, index.span(), "index", &quote!(#layout, #name, #index_name));
    let (states_partition, span) = match &pattern.partition {
        Some(template) => (true, template.span()),
        None => (false, index.span()),
    };
    let arguments = quote!(#layout, #name, #index_name, #states_partition);
    let partition_key = check(&entity.runtime, span, "partition_key", &arguments);
    Some(quote!(#exists #partition_key))
}

fn sort_key(entity: &Entity<'_>, pattern: &Pattern) -> TokenStream {
    let private = entity.runtime.private();
    let (layout, name, states_sort) = (entity.layout(), entity.name(), pattern.sort.is_some());
    let index = pattern.index.as_ref().map(|index| index.unraw().to_string());
    let index = option(&private, index.as_ref());
    let span = pattern.sort.as_ref().map_or_else(|| pattern.span(), Template::span);
    check(&entity.runtime, span, "sort_key", &quote!(#layout, #name, #index, #states_sort))
}

fn templates(entity: &Entity<'_>, at: usize, pattern: &Pattern) -> TokenStream {
    let private = entity.runtime.private();
    let schema = schema::of(entity);
    let (partition, sort) = match at.checked_sub(1) {
        None => (quote!(Partition), quote!(Sort)),
        Some(index) => (quote!(IndexPartition(#index)), quote!(IndexSort(#index))),
    };
    let check = |template: &Template, which: TokenStream| {
        let arguments = quote!(#schema, &#private::check::TemplateOf::#which);
        check(&entity.runtime, template.span(), "template", &arguments)
    };
    let partition = pattern.partition.as_ref().map(|template| check(template, partition));
    let sort = pattern.sort.as_ref().map(|template| check(template, sort));
    quote!(#partition #sort)
}

fn one_text(entity: &Entity<'_>, at: usize, pattern: &Pattern) -> TokenStream {
    let schema = schema::of(entity);
    check(&entity.runtime, pattern.span(), "one_text", &quote!(#schema, #at))
}

/// What expires is in no index that does not say so, and what is spread in none that does not carry all.
fn enough(entity: &Entity<'_>, at: usize) -> Option<TokenStream> {
    if entity.role(Role::Ttl).is_none() && !entity.is_spread(&entity.indexes[at]) {
        return None;
    }
    let (layout, schema) = (entity.layout(), schema::of(entity));
    let index = entity.indexes[at].index.as_ref()?;
    Some(check(&entity.runtime, index.span(), "enough", &quote!(#layout, #schema, #at)))
}

/// An index that an item may leave takes no attribute from one that follows other fields.
fn alone(entity: &Entity<'_>, at: usize) -> TokenStream {
    let group = |index: usize| entity.groups.iter().position(|group| group.indexes.contains(&index));
    let may_leave =
        |index: usize| entity.indexes[index].key_parts().iter().any(|part| entity.fields[part.field].is_optional());
    let name = |index: &Ident| index.unraw().to_string();
    let others = (0..at).filter(|other| group(*other) != group(at) && (may_leave(*other) || may_leave(at)));
    let checks = others.filter_map(|other| {
        let (mine, theirs) = (entity.indexes[at].index.as_ref()?, entity.indexes[other].index.as_ref()?);
        let (layout, entity_name, name, other) = (entity.layout(), entity.name(), name(mine), name(theirs));
        Some(check(&entity.runtime, mine.span(), "alone", &quote!(#layout, #entity_name, #name, #other)))
    });
    checks.collect()
}

fn unique(entity: &Entity<'_>, at: usize, unique: &Unique) -> TokenStream {
    let schema = schema::of(entity);
    let fields = unique.parts.iter().zip(&unique.spans).enumerate();
    // A plain field suits its type, whatever that is.
    let formatted = fields.filter(|(_, (part, _))| part.spec != Spec::Plain);
    formatted
        .map(|(field, (_, span))| check(&entity.runtime, *span, "unique_field", &quote!(#schema, #at, #field)))
        .collect()
}

fn field(entity: &Entity<'_>, at: usize, field: &Field<'_>) -> TokenStream {
    let (layout, schema) = (entity.layout(), schema::of(entity));
    check(&entity.runtime, field.ident.span(), "field", &quote!(#layout, #schema, #at))
}

/// A TTL field's type is one that DynamoDB reads; the other roles' types are checked where the field is stamped.
fn ttl_type(runtime: &Runtime, field: &Field<'_>) -> Option<TokenStream> {
    if field.role != Some(Role::Ttl) || field.is_converted() {
        return None;
    }
    let ty = field.ty;
    let private = runtime.private_at(ty.span());
    Some(quote_spanned!(ty.span()=> const _: () = <#ty as #private::TtlField>::READABLE;))
}

fn member(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let (ident, schema) = (&entity.input.ident, schema::of(entity));
    let arguments = quote!(#private::table_of::<#ident>(), #schema);
    check(&entity.runtime, entity.table.span(), "entity", &arguments)
}
