//! A number for what a query asks.

use aws_sdk_dynamodb::types::AttributeValue;
use base64_simd::URL_SAFE_NO_PAD;

/// FNV-1a: the same on every machine and in every release, as a cursor outlives the process.
pub(crate) struct Digest(u64);

impl Digest {
    pub(super) const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(super) fn finish(self) -> u64 {
        self.0
    }

    /// Takes in a text and its length, so that no two sequences of texts look alike.
    pub(crate) fn text(&mut self, text: &str) {
        for byte in (text.len() as u64).to_be_bytes().iter().chain(text.as_bytes()) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Takes in a value; a set in the order of its texts, since it has none.
    pub(crate) fn value(&mut self, value: &AttributeValue) {
        match value {
            AttributeValue::S(text) => self.texts("S", [text.as_str()]),
            AttributeValue::N(text) => self.texts("N", [text.as_str()]),
            AttributeValue::Bool(value) => self.texts("BOOL", value.then_some("true")),
            AttributeValue::B(bytes) => self.texts("B", [URL_SAFE_NO_PAD.encode_to_string(bytes).as_str()]),
            AttributeValue::Ss(texts) => self.set("SS", texts.clone()),
            AttributeValue::Ns(texts) => self.set("NS", texts.clone()),
            AttributeValue::Bs(values) => {
                self.set("BS", values.iter().map(|bytes| URL_SAFE_NO_PAD.encode_to_string(bytes)).collect());
            }
            AttributeValue::L(values) => {
                self.text("L");
                for value in values {
                    self.value(value);
                }
                self.text("end");
            }
            AttributeValue::M(entries) => {
                self.text("M");
                let mut entries: Vec<_> = entries.iter().collect();
                entries.sort_by_key(|(name, _)| *name);
                for (name, value) in entries {
                    self.text(name);
                    self.value(value);
                }
                self.text("end");
            }
            _ => self.text("NULL"),
        }
    }

    fn set(&mut self, kind: &str, mut texts: Vec<String>) {
        texts.sort_unstable();
        self.texts(kind, texts.iter().map(String::as_str));
    }

    fn texts<'t>(&mut self, kind: &str, texts: impl IntoIterator<Item = &'t str>) {
        self.text(kind);
        for text in texts {
            self.text(text);
        }
        self.text("end");
    }
}
