//! What requests have in common that no trait can give them.
//!
//! Derived, `Clone`, `PartialEq` and `Debug` of a request that holds a key of an entity and no entity would hold only
//! for entities that have them too: a struct without `Clone` would have no queries at all, since the steps of a query derive
//! them from it.

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

/// `explain`, `explain_in` and `into_sdk` of a request of several calls, which has `build`.
macro_rules! explained {
    ($builder:ty, $table:ty, $call:literal, $errors:literal) => {
        #[doc = concat!("What ", $call, " would ask of DynamoDB; shows the values.")]
        #[must_use]
        pub fn explain(self) -> crate::explain::Explanation {
            self.explain_in(&crate::op::Context::of(<$table as crate::table::Table>::SCHEMA.table))
        }

        /// The same for another table name and time; [`Db::context`](crate::Db::context) gives those of a `Db`.
        #[must_use]
        pub fn explain_in(self, context: &crate::op::Context) -> crate::explain::Explanation {
            use crate::op::SdkRequest;

            match self.build(context) {
                Ok(request) => request.explanation(),
                Err(error) => crate::explain::Explanation::refused(<$builder>::OPERATION, &error),
            }
        }

        #[doc = concat!("The SDK's builder of ", $call, ", with the schema's table name and the system clock.")]
        ///
        /// # Errors
        ///
        #[doc = $errors]
        pub fn into_sdk(self) -> Result<$builder, crate::error::Error> {
            self.build(&crate::op::Context::of(<$table as crate::table::Table>::SCHEMA.table))
        }
    };
}

pub(crate) use {explained, request_traits};
