//! From the environment's variables to an engine.

use super::server::Startable;
use super::{EngineError, EngineKind};

const ENGINE: &str = "DYNAMO_MODEL_ENGINE";
const ENDPOINT: &str = "DYNAMO_MODEL_ENDPOINT";

/// What the environment asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Embedded,
    /// A server that runs already.
    Running {
        kind: EngineKind,
        url: String,
    },
    /// A server for this process.
    Start(Startable),
}

impl Choice {
    /// `variable` reads one variable, so that tests need not change the process's own.
    pub(super) fn from_env(variable: impl Fn(&str) -> Option<String>) -> Result<Self, EngineError> {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        let engine = set(ENGINE);
        let kind = match engine.as_deref() {
            None | Some("embedded") => return Ok(Self::Embedded),
            Some("local") => EngineKind::Local,
            Some("docker") => EngineKind::Docker,
            Some(url) if url.contains("://") => {
                return Ok(Self::Running { kind: EngineKind::Url, url: on_this_machine(url, ENGINE)? });
            }
            Some(other) => {
                return Err(EngineError::choice(format!(
                    "{ENGINE} is `{other}`; write `embedded`, `local`, `docker` or a URL such as `http://127.0.0.1:8000`"
                )));
            }
        };
        match set(ENDPOINT) {
            // Whoever set the variable started a server of this kind. A container's port may be on a bridge address.
            Some(url) => Ok(Self::Running { kind, url: plain_http(&url, ENDPOINT)?.to_owned() }),
            None => Self::own(kind),
        }
    }

    /// A server for this process alone.
    pub(super) fn own(kind: EngineKind) -> Result<Self, EngineError> {
        match kind {
            EngineKind::Embedded => Ok(Self::Embedded),
            EngineKind::Local => Ok(Self::Start(Startable::Local)),
            EngineKind::Docker => Ok(Self::Start(Startable::Docker)),
            EngineKind::Url => {
                Err(EngineError::choice("a server behind a URL is somebody else's; it cannot be started"))
            }
        }
    }

    pub(super) fn kind(&self) -> EngineKind {
        match self {
            Self::Embedded => EngineKind::Embedded,
            Self::Running { kind, .. } => *kind,
            Self::Start(server) => server.kind(),
        }
    }
}

fn plain_http<'a>(url: &'a str, variable: &str) -> Result<&'a str, EngineError> {
    if url.starts_with("http://") {
        Ok(url)
    } else {
        Err(EngineError::choice(format!("{variable} is `{url}`; write `http://`, the tests speak no TLS")))
    }
}

/// Tests create tables and write items: only ever where a mistyped URL cannot reach anybody's data.
fn on_this_machine(url: &str, variable: &str) -> Result<String, EngineError> {
    let authority = plain_http(url, variable)?.trim_start_matches("http://");
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let loopback = host == "localhost"
        || host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    if loopback {
        Ok(url.to_owned())
    } else {
        Err(EngineError::choice(format!(
            "{variable} is `{url}`; write a URL of this machine such as `http://127.0.0.1:8000`, tests write nowhere else"
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(engine: &str, endpoint: Option<&str>) -> Result<Choice, EngineError> {
        Choice::from_env(|name| match name {
            ENGINE => Some(engine.to_owned()),
            ENDPOINT => endpoint.map(str::to_owned),
            _ => None,
        })
    }

    #[test]
    fn the_embedded_engine_is_the_default() {
        assert_eq!(Choice::from_env(|_| None).unwrap(), Choice::Embedded);
        assert_eq!(choice("", None).unwrap(), Choice::Embedded);
        assert_eq!(choice("embedded", Some("http://127.0.0.1:1")).unwrap(), Choice::Embedded);
    }

    #[test]
    fn a_server_that_runs_is_not_started_again() {
        assert_eq!(choice("local", None).unwrap(), Choice::Start(Startable::Local));
        assert_eq!(choice("docker", Some("")).unwrap(), Choice::Start(Startable::Docker));
        let url = "http://172.17.0.1:32768".to_owned();
        assert_eq!(choice("docker", Some(&url)).unwrap(), Choice::Running { kind: EngineKind::Docker, url });
    }

    #[test]
    fn a_url_is_taken_only_on_this_machine_and_without_tls() {
        for url in ["http://127.0.0.1:8000", "http://localhost:8000/", "http://[::1]:8000", "http://127.1.2.3"] {
            let url = url.to_owned();
            assert_eq!(choice(&url, None).unwrap(), Choice::Running { kind: EngineKind::Url, url });
        }
        for url in [
            "https://127.0.0.1:8000",
            "https://dynamodb.eu-west-1.amazonaws.com",
            "http://dynamodb.eu-west-1.amazonaws.com",
            "http://localhost.example.com:8000",
            "http://127.0.0.1.example.com",
            "http://10.0.0.1:8000",
            "http://user@127.0.0.1:8000",
            "http://",
        ] {
            let error = choice(url, None).expect_err(url);
            assert!(error.to_string().contains(url), "{error}");
            assert!(!error.is_missing());
        }
    }

    #[test]
    fn an_unknown_engine_lists_the_known_ones() {
        let error = choice("dokcer", None).unwrap_err().to_string();
        for known in ["`dokcer`", "`embedded`", "`local`", "`docker`", "http://"] {
            assert!(error.contains(known), "{error}");
        }
    }
}
