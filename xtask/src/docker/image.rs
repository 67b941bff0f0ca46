//! DynamoDB Local's image: the one that Amazon publishes or, where no registry can be reached, one made here of
//! Amazon's jars and this machine's Java. Either is only ever used on this machine.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Docker;
use crate::engine::{Unusable, ask};
use crate::{machine, step};

/// The published image's directory for the jars.
const HOME: &str = "/home/dynamodblocal";

/// Makes sure that the engine has the image.
pub(super) fn ensure(docker: &Docker, image: &str) -> Result<(), Unusable> {
    if step::succeeds(&mut docker.command(&["image", "inspect", image])) {
        println!("{image} is there");
        return Ok(());
    }
    match step::output(&mut docker.command(&["pull", "--quiet", image])) {
        Ok(_) => println!("{image} pulled"),
        Err(error) => {
            println!(
                "{image} cannot be pulled, so it is made of the npm package's jars and this machine's Java ({error})"
            );
            import(docker, image)?;
        }
    }
    Ok(())
}

fn import(docker: &Docker, image: &str) -> Result<(), String> {
    let jars = PathBuf::from(ask("jars")?);
    let java = java_home()?;
    let root = machine::target()?.join("docker/image");
    let failed = |error: io::Error| format!("{image} cannot be made in {}: {error}", root.display());
    if root.exists() {
        fs::remove_dir_all(&root).map_err(failed)?;
    }
    // A runtime's parts; a development kit's others take as much again.
    for part in ["bin", "conf", "lib"] {
        copy_tree(&java.join(part), &inside(&root, &java.join(part))).map_err(failed)?;
    }
    copy_tree(&jars, &inside(&root, Path::new(HOME))).map_err(failed)?;
    for library in libraries(&java, &jars)? {
        copy_tree(&library, &inside(&root, &library)).map_err(failed)?;
    }
    fs::create_dir_all(root.join("tmp")).map_err(failed)?;
    pack(docker, image, &root, &java)?;
    fs::remove_dir_all(&root).map_err(failed)
}

/// Hands the tree to Docker, with the settings of the published image.
fn pack(docker: &Docker, image: &str, root: &Path, java: &Path) -> Result<(), String> {
    let changes = [
        format!("ENV PATH={}/bin", java.display()),
        format!("WORKDIR {HOME}"),
        "EXPOSE 8000".to_owned(),
        "ENTRYPOINT [\"java\"]".to_owned(),
        "CMD [\"-jar\", \"DynamoDBLocal.jar\", \"-inMemory\"]".to_owned(),
    ];
    let mut tar = Command::new("tar")
        .args(["--create", "--numeric-owner", "--owner=0", "--group=0", "--directory"])
        .arg(root)
        .arg(".")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("tar does not run: {error}"))?;
    let mut import = docker.command(&["import"]);
    for change in &changes {
        import.args(["--change", change]);
    }
    import.args(["-", image]);
    if let Some(archive) = tar.stdout.take() {
        import.stdin(archive);
    }
    step::run(import.stdout(Stdio::null()))?;
    match tar.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("tar ended with {status}")),
        Err(error) => Err(format!("tar is lost: {error}")),
    }
}

/// Where Java is installed, links resolved: that of `JAVA_HOME` or the one on `PATH`.
fn java_home() -> Result<PathBuf, String> {
    let java = std::env::var_os("JAVA_HOME").map_or_else(|| "java".into(), |home| Path::new(&home).join("bin/java"));
    let properties = Command::new(java)
        .args(["-XshowSettings:properties", "-version"])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("java does not run: {error}"))?;
    let text = String::from_utf8_lossy(&properties.stderr);
    let home = text.lines().find_map(|line| line.trim().strip_prefix("java.home = "));
    home.map(PathBuf::from).ok_or_else(|| "java does not say where it is installed".to_owned())
}

/// The shared libraries that Java's programs and libraries and the jars' native ones ask for, outside their own
/// directories.
fn libraries(java: &Path, jars: &Path) -> Result<BTreeSet<PathBuf>, String> {
    let failed = |error: io::Error| format!("the shared libraries of Java cannot be listed: {error}");
    let mut binaries = vec![java.join("bin/java")];
    for directory in [java.join("lib"), java.join("lib/server"), jars.join("DynamoDBLocal_lib")] {
        for entry in fs::read_dir(directory).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|extension| extension == "so") {
                binaries.push(path);
            }
        }
    }
    let mut found = BTreeSet::new();
    for binary in binaries {
        // Fails for libraries of other processors, which need nothing here.
        let Ok(listing) = step::output(Command::new("ldd").arg(&binary)) else { continue };
        found.extend(listing.lines().filter_map(library).filter(|path| !path.starts_with(java)));
    }
    if found.is_empty() { Err("ldd lists no shared libraries of Java's".to_owned()) } else { Ok(found) }
}

/// The path in a line of `ldd`: `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x7f..)` or `/lib64/ld-linux-x86-64.so.2
/// (0x7f..)`.
fn library(line: &str) -> Option<PathBuf> {
    let line = line.trim();
    let path = line.split_once("=> ").map_or(line, |(_, path)| path);
    let path = path.split(' ').next()?;
    path.starts_with('/').then(|| PathBuf::from(path))
}

/// Where an absolute path of this machine is in the tree.
fn inside(root: &Path, path: &Path) -> PathBuf {
    root.join(path.strip_prefix("/").unwrap_or(path))
}

/// Copies files and directories, and in place of links what they lead to: Debian's Java has its settings in `/etc`. A
/// link that leads nowhere is left out.
fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    let Ok(metadata) = fs::metadata(from) else { return Ok(()) };
    if metadata.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy_tree(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    if let Some(directory) = to.parent() {
        fs::create_dir_all(directory)?;
    }
    fs::copy(from, to).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_in_the_listing() {
        let path = |line| library(line).map(|path| path.display().to_string());
        assert_eq!(
            path("\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1)").as_deref(),
            Some("/lib/x86_64-linux-gnu/libc.so.6")
        );
        assert_eq!(path("\t/lib64/ld-linux-x86-64.so.2 (0x00007f1)").as_deref(), Some("/lib64/ld-linux-x86-64.so.2"));
        assert_eq!(path("\tlinux-vdso.so.1 (0x00007ffd)"), None);
        assert_eq!(path("\tlibjvm.so => not found"), None);
    }
}
