//! The conversion between Rust values and attribute values, against `serde_dynamo` and by itself.

mod depth;
mod encode_errors;
mod equality;
mod parity;
mod paths;
mod redaction;
mod sets;
mod size;
mod strategies;
mod types;
