//! The embedded engine through the SDK's client: what code under test meets.

mod failures;
mod items;
mod limits;
mod raw;
mod runtime;
mod strict;
mod support;
mod tables;
mod time;
