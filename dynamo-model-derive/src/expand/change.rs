//! The change of fields that are set together, such as `TaskByStatusChange`.

mod declaration;
mod methods;
mod state;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{Ident, Type, Visibility, ext::IdentExt as _};

use super::assign;
use crate::model::{Entity, Group, Setter};

/// The changes of every group that can be set.
pub(super) fn changes(entity: &Entity<'_>) -> TokenStream {
    entity.groups.iter().map(|group| Change::new(entity, group).expand()).collect()
}

/// The change of one group.
pub(super) struct Change<'e> {
    pub(super) entity: &'e Entity<'e>,
    pub(super) group: &'e Group,
    pub(super) private: TokenStream,
    /// `TaskByStatusChange`
    pub(super) name: Ident,
    /// A type parameter a field: whether its value is known.
    pub(super) parameters: Vec<Ident>,
}

impl<'e> Change<'e> {
    pub(super) fn new(entity: &'e Entity<'e>, group: &'e Group) -> Self {
        let ident = &entity.input.ident;
        let name = format_ident!("{}{}", ident.unraw(), group.name, span = ident.span());
        let parameters = state::parameters(entity, group);
        Self { entity, group, private: entity.runtime.private(), name, parameters }
    }

    /// Whether any of the fields can be set by the user.
    fn is_settable(&self) -> bool {
        self.group.fields.iter().any(|field| self.is_set(*field))
    }

    fn is_set(&self, field: usize) -> bool {
        self.entity.setter(field) == Setter::Tied
    }

    fn expand(&self) -> TokenStream {
        if !self.is_settable() {
            return TokenStream::new();
        }
        let declaration = self.declaration();
        let markers = self.markers();
        let starters = self.starters();
        let start = self.start();
        let methods = (0..self.group.fields.len()).map(|at| self.methods(at));
        let tied =
            (0..self.group.fields.len()).filter(|at| self.is_set(self.group.fields[*at])).map(|at| self.tied(at));
        let assign = assign::assign(self);
        quote! {
            #declaration

            const _: () = {
                #markers
                #starters
                #start
                #(#methods)*
                #(#tied)*
                #assign
            };
        }
    }

    /// The fields and their types.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'e Ident, &'e Type)> {
        let entity = self.entity;
        self.group.fields.iter().map(move |field| (entity.fields[*field].ident, entity.fields[*field].ty))
    }

    /// A change, with what is said of some of the fields.
    fn value(&self, part: impl Fn(usize) -> Option<TokenStream>) -> TokenStream {
        let Self { entity, private, name, .. } = self;
        let parts = self.group.fields.iter().map(|field| {
            let ident = entity.fields[*field].ident;
            let part = part(*field).unwrap_or_else(|| quote!(#private::Part::unknown()));
            quote!(#ident: #part)
        });
        quote!(#name { #(#parts,)* __known: #private::PhantomData })
    }

    /// As visible as the field that is least so.
    fn vis(&self) -> Visibility {
        let all = || self.group.fields.iter().map(|field| self.entity.fields[*field].vis);
        let restricted = || all().filter(|vis| !matches!(vis, Visibility::Public(_)));
        let text = |vis: &Visibility| vis.to_token_stream().to_string();
        // Of `pub(crate)` and a path, the path is less.
        let narrow = || restricted().filter(|vis| text(vis) != "pub (crate)");
        match (restricted().next(), narrow().next()) {
            (None, _) => Visibility::Public(<syn::Token![pub]>::default()),
            (Some(within_crate), None) => within_crate.clone(),
            (_, Some(first)) if narrow().all(|vis| text(vis) == text(first)) => first.clone(),
            _ => Visibility::Inherited,
        }
    }
}
