//! `Clone`, `PartialEq` and `Debug` of requests that hold a key of an entity and no entity.
//!
//! Derived, they would hold only for entities that have them too: a struct without `Clone` would have no queries at all,
//! since the steps of a query derive them from it.

macro_rules! request_traits {
    ($request:ident<$($param:ident),+> { $($field:tt),+ }) => {
        impl<$($param),+> Clone for $request<$($param),+> {
            fn clone(&self) -> Self {
                Self { $($field: Clone::clone(&self.$field)),+ }
            }
        }

        impl<$($param),+> PartialEq for $request<$($param),+> {
            fn eq(&self, other: &Self) -> bool {
                $(self.$field == other.$field)&&+
            }
        }
    };
    // What a request is called and does is no secret; its key is.
    ($request:ident<$param:ident> { $($field:tt),+ } as $name:literal) => {
        request_traits!($request<$param> { $($field),+ });

        impl<$param: crate::entity::Entity> std::fmt::Debug for $request<$param> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct($name).field("entity", &$param::SCHEMA.name).finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use request_traits;
