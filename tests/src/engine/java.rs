//! The Java that runs DynamoDB Local.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::EngineError;

/// DynamoDB Local's class files need it since version 2.6.
const OLDEST: u32 = 17;
const REMEDY: &str =
    "install Java 17 or later (Debian: `apt-get install default-jre-headless`), on PATH or as JAVA_HOME";

/// The first Java that is new enough, from `JAVA_HOME` and then from `PATH`.
pub(super) fn find() -> Result<PathBuf, EngineError> {
    let home = std::env::var_os("JAVA_HOME").map(|home| Path::new(&home).join("bin/java"));
    let mut refused = Vec::new();
    for java in home.into_iter().chain([PathBuf::from("java")]) {
        match version(&java) {
            Some(version) if version >= OLDEST => return Ok(java),
            Some(version) => refused.push(format!("`{}` is Java {version}", java.display())),
            None => refused.push(format!("`{}` does not run", java.display())),
        }
    }
    Err(EngineError::missing(format!("DynamoDB Local needs Java: {}; {REMEDY}", refused.join(", "))))
}

fn version(java: &Path) -> Option<u32> {
    let output = Command::new(java).arg("-version").stdin(Stdio::null()).output().ok()?;
    major(&String::from_utf8_lossy(&output.stderr))
}

/// The major version in what `java -version` prints: `openjdk version "17.0.15" 2025-04-15`, once `java version
/// "1.8.0_292"`.
fn major(text: &str) -> Option<u32> {
    let (_, rest) = text.split_once("version \"")?;
    let mut numbers = rest.split(|c: char| !c.is_ascii_digit());
    match numbers.next()?.parse().ok()? {
        1 => numbers.next()?.parse().ok(),
        major => Some(major),
    }
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn versions_of_every_numbering() {
        assert_eq!(major("openjdk version \"17.0.15\" 2025-04-15\nOpenJDK Runtime Environment"), Some(17));
        assert_eq!(major("Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version \"21\" 2023-09-19"), Some(21));
        assert_eq!(major("openjdk version \"25-ea\" 2025-09-16"), Some(25));
        assert_eq!(major("java version \"1.8.0_292\""), Some(8));
        assert_eq!(major("The operation couldn't be completed. Unable to locate a Java Runtime."), None);
    }
}
