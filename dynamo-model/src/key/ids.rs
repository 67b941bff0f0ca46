//! Ids in a key: their canonical texts, which sort as their bytes do.

#[cfg(feature = "ulid")]
mod ulid {
    use crate::key::part::{KeyPart, OrderedKeyPart, PartError, PartKind, PartSpec};
    use crate::key::spec::plain_only;
    use ::ulid::{ULID_LEN, Ulid};

    impl KeyPart for Ulid {
        const KIND: PartKind = PartKind::Fixed { width: 26 };

        fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
            plain_only(spec)?;
            out.push_str(self.array_to_str(&mut [0; ULID_LEN]));
            Ok(())
        }

        fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
            plain_only(spec)?;
            // The parser also takes lower case and drops bits that do not fit.
            Self::from_string(text)
                .ok()
                .filter(|id| id.array_to_str(&mut [0; ULID_LEN]) == text)
                .ok_or_else(|| PartError::new("is not a ULID in its canonical 26 characters"))
        }
    }

    impl OrderedKeyPart for Ulid {}
}

#[cfg(feature = "uuid")]
mod uuid {
    use crate::key::part::{KeyPart, OrderedKeyPart, PartError, PartKind, PartSpec};
    use crate::key::spec::plain_only;
    use ::uuid::Uuid;
    use ::uuid::fmt::Hyphenated;

    impl KeyPart for Uuid {
        const KIND: PartKind = PartKind::Fixed { width: 36 };

        fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
            plain_only(spec)?;
            out.push_str(self.hyphenated().encode_lower(&mut [0; Hyphenated::LENGTH]));
            Ok(())
        }

        fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
            plain_only(spec)?;
            // The parser also takes upper case, braces and no hyphens.
            Self::try_parse(text)
                .ok()
                .filter(|id| id.hyphenated().encode_lower(&mut [0; Hyphenated::LENGTH]) == text)
                .ok_or_else(|| PartError::new("is not a UUID in lower case with hyphens"))
        }
    }

    impl OrderedKeyPart for Uuid {}
}
