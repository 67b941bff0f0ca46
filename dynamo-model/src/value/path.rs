//! Where in an item an error happened: `tasks[3].due`.

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

/// The way from an item to a value in it, gathered from the inside out while an error returns.
///
/// Nothing is recorded on the way in, so a conversion that succeeds pays nothing for it.
#[derive(Clone, Default)]
pub(crate) struct Path {
    innermost_first: Vec<Segment>,
}

/// One step from a container to what it holds.
#[derive(Clone)]
pub(crate) enum Segment {
    /// A struct's field or a map's key.
    Name(Cow<'static, str>),
    /// A place in a list or a set.
    Index(usize),
    /// An entry of a map whose key the visitor had already taken.
    AnyName,
}

impl Path {
    /// Adds the step that leads to everything added so far.
    pub(crate) fn enter_from(&mut self, segment: Segment) {
        self.innermost_first.push(segment);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.innermost_first.is_empty()
    }
}

impl From<&'static str> for Segment {
    fn from(name: &'static str) -> Self {
        Self::Name(Cow::Borrowed(name))
    }
}

impl From<String> for Segment {
    fn from(name: String) -> Self {
        Self::Name(Cow::Owned(name))
    }
}

impl From<usize> for Segment {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, segment) in self.innermost_first.iter().rev().enumerate() {
            if depth > 0 && segment.follows_a_dot() {
                f.write_char('.')?;
            }
            segment.fmt(f)?;
        }
        Ok(())
    }
}

impl Segment {
    fn follows_a_dot(&self) -> bool {
        match self {
            Self::Name(name) => is_plain(name),
            Self::AnyName => true,
            Self::Index(_) => false,
        }
    }
}

impl Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) if is_plain(name) => f.write_str(name),
            // Quoted as a Rust literal, so no key can break out of its line in a log.
            Self::Name(name) => write!(f, "[{name:?}]"),
            Self::Index(index) => write!(f, "[{index}]"),
            Self::AnyName => f.write_char('*'),
        }
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(outermost_first: Vec<Segment>) -> String {
        let mut path = Path::default();
        outermost_first.into_iter().rev().for_each(|segment| path.enter_from(segment));
        path.to_string()
    }

    #[test]
    fn steps_are_joined_as_in_source_code() {
        assert_eq!(path(vec![]), "");
        assert_eq!(path(vec!["tasks".into(), 3.into(), "due".into()]), "tasks[3].due");
        assert_eq!(path(vec!["grid".into(), 0.into(), 1.into()]), "grid[0][1]");
        assert_eq!(path(vec!["limits".into(), Segment::AnyName, "max".into()]), "limits.*.max");
    }

    #[test]
    fn names_that_are_no_identifiers_are_quoted() {
        assert_eq!(path(vec!["a b".into(), "c".into()]), r#"["a b"].c"#);
        assert_eq!(path(vec!["a".into(), "1st".into()]), r#"a["1st"]"#);
        assert_eq!(path(vec!["a".into(), "".into()]), r#"a[""]"#);
        assert_eq!(path(vec!["a\"]\n".into()]), r#"["a\"]\n"]"#);
    }
}
