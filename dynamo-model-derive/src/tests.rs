//! Snapshots of generated code.
