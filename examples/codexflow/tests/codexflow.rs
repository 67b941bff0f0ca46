//! The example: its data, the items that its design document shows, every access pattern, and the program.

use std::{
    collections::HashSet,
    process::{Command, Output},
};

use codexflow::{Answer, Change, Codexflow, Loaded, Seeds, Subject, Task, UserId, access_patterns, changes};
use dynamo_model::{EntityKey as _, ManualClock, prelude::*, value};
use futures_util::TryStreamExt as _;
use serde_json::{Value, json};

/// The time of the tests, when some sessions of the seeds are over and others are not.
fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn seeds() -> Seeds {
    Seeds::embedded().unwrap()
}

async fn empty() -> Db<Codexflow> {
    Codexflow::embedded().await.unwrap().with_clock(ManualClock::new(now()))
}

async fn loaded() -> Db<Codexflow> {
    let db = empty().await;
    let loaded = seeds().load(&db).await.unwrap();
    assert_eq!(loaded, Loaded { written: everything(&seeds()).len(), kept: 0 });
    db
}

/// What the table holds when the seeds have been written at [`now`].
fn everything(seeds: &Seeds) -> Vec<Codexflow> {
    let Seeds { users, organizations, memberships, projects, tasks, comments, activities, sessions } = seeds.clone();
    let mut all: Vec<Codexflow> = users.into_iter().map(Codexflow::from).collect();
    all.extend(organizations.into_iter().map(Codexflow::from));
    all.extend(memberships.into_iter().map(Codexflow::from));
    all.extend(projects.into_iter().map(Codexflow::from));
    all.extend(tasks.into_iter().map(stamped).map(Codexflow::from));
    all.extend(comments.into_iter().map(Codexflow::from));
    all.extend(activities.into_iter().map(Codexflow::from));
    all.extend(sessions.into_iter().map(Codexflow::from));
    all
}

/// A task of the seeds as its first write leaves it.
fn stamped(task: Task) -> Task {
    Task { version: Version::from(1), updated_at: now(), ..task }
}

/// The item under a key as the engine stores it.
async fn stored(db: &Db<Codexflow>, pk: &str, sk: &str) -> Value {
    let attribute = |text: &str| aws_sdk_dynamodb::types::AttributeValue::S(text.to_owned());
    let get = db.client().get_item().table_name(db.table_name()).key("PK", attribute(pk)).key("SK", attribute(sk));
    value::from_item(get.send().await.unwrap().item.unwrap()).unwrap()
}

#[test]
fn the_seeds_are_many_sorted_and_refer_to_each_other_only() {
    fn sorted<E: Entity>(entities: &[E]) -> bool {
        let keys: Vec<_> = entities.iter().map(|entity| entity.key().to_primary().unwrap()).collect();
        keys.is_sorted_by(|a, b| (&a.partition, &a.sort) < (&b.partition, &b.sort))
    }
    let seeds = seeds();
    assert!(everything(&seeds).len() >= 200);
    assert!(sorted(&seeds.users) && sorted(&seeds.organizations) && sorted(&seeds.memberships));
    assert!(sorted(&seeds.projects) && sorted(&seeds.tasks) && sorted(&seeds.comments) && sorted(&seeds.sessions));

    let users: HashSet<_> = seeds.users.iter().map(|user| &user.user_id).collect();
    let organizations: HashSet<_> =
        seeds.organizations.iter().map(|organization| &organization.organization_id).collect();
    let projects: HashSet<_> = seeds.projects.iter().map(|project| &project.project_id).collect();
    let emails: HashSet<_> = seeds.users.iter().map(|user| &user.email).collect();
    assert_eq!(emails.len(), users.len());
    for membership in &seeds.memberships {
        assert!(organizations.contains(&membership.organization_id) && users.contains(&membership.user_id));
    }
    for project in &seeds.projects {
        assert!(users.contains(&project.owner));
        assert!(project.organization_id.as_ref().is_none_or(|organization| organizations.contains(organization)));
    }
    for task in &seeds.tasks {
        assert!(projects.contains(&task.project_id), "{task:?}");
        assert!(task.assignee.as_ref().is_none_or(|assignee| users.contains(assignee)), "{task:?}");
    }
    let tasks: HashSet<_> = seeds.tasks.iter().map(|task| (&task.project_id, &task.task_id)).collect();
    for comment in &seeds.comments {
        assert!(
            tasks.contains(&(&comment.project_id, &comment.task_id)) && users.contains(&comment.author),
            "{comment:?}"
        );
    }
    for activity in &seeds.activities {
        assert!(organizations.contains(&activity.organization_id) && users.contains(&activity.actor), "{activity:?}");
    }
    // Which shard holds one is for its id to say.
    assert!(seeds.activities.is_sorted_by_key(|activity| (&activity.organization_id, activity.at)));
    assert!(seeds.sessions.iter().all(|session| users.contains(&session.user_id)));
}

#[tokio::test]
async fn the_items_of_the_document_are_stored_as_it_shows_them() {
    let db = loaded().await;
    let user = json!({
        "PK": "USER#123",
        "SK": "PROFILE",
        "userId": "123",
        "email": "user@example.com",
        "name": "John Doe",
        "GSI1PK": "EMAIL#user@example.com",
        "GSI1SK": "USER",
        "entityType": "User",
    });
    let project = json!({
        "PK": "PROJECT#456",
        "SK": "METADATA",
        "projectId": "456",
        "name": "CodexFlow MVP",
        "owner": "USER#123",
        "GSI1PK": "OWNER#123",
        "GSI1SK": "PROJECT#456",
        "entityType": "Project",
    });
    // What the design adds to the document's task: status, due, points, their index and the lifecycle.
    let task = json!({
        "PK": "PROJECT#456",
        "SK": "TASK#789",
        "taskId": "789",
        "projectId": "456",
        "title": "Implement login",
        "assignee": "USER#123",
        "GSI1PK": "ASSIGNEE#123",
        "GSI1SK": "TASK#789",
        "entityType": "Task",
        "status": "open",
        "due": "2025-11-14T17:00:00.000Z",
        "points": 3,
        "GSI2PK": "PROJECT#456",
        "GSI2SK": "STATUS#open#DUE#2025-11-14T17:00:00.000Z#TASK#789",
        "version": 1,
        "createdAt": "2025-11-05T00:00:00.000Z",
        "updatedAt": "2026-01-01T00:00:00.000Z",
    });
    assert_eq!(stored(&db, "USER#123", "PROFILE").await, user);
    assert_eq!(stored(&db, "PROJECT#456", "METADATA").await, project);
    assert_eq!(stored(&db, "PROJECT#456", "TASK#789").await, task);
}

/// What a pattern gives, by a filter over the seeds.
fn expected(seeds: &Seeds, subject: &Subject, pattern: &str) -> Vec<Codexflow> {
    fn matching<E: Clone + Into<Codexflow>, K: Ord>(
        entities: &[E],
        matches: impl Fn(&E) -> bool,
        order: impl Fn(&E) -> K,
    ) -> Vec<Codexflow> {
        let mut found: Vec<E> = entities.iter().filter(|entity| matches(entity)).cloned().collect();
        found.sort_by_key(order);
        found.into_iter().map(Into::into).collect()
    }
    let Subject { user, email, project, task, organization, sprint } = subject;
    let Seeds { users, organizations, memberships, projects, comments, activities, sessions, .. } = seeds;
    let tasks: Vec<Task> = seeds.tasks.iter().cloned().map(stamped).collect();
    match pattern {
        "Get user by ID" => matching(users, |it| it.user_id == *user, |_| ()),
        "Get user by email" => matching(users, |it| it.email == *email, |_| ()),
        "Get project by ID" => matching(projects, |it| it.project_id == *project, |_| ()),
        "List user's projects" => matching(projects, |it| it.owner == *user, |it| it.project_id.clone()),
        "Get task by ID" => matching(&tasks, |it| it.project_id == *project && it.task_id == *task, |_| ()),
        "List user's tasks" => matching(&tasks, |it| it.assignee.as_ref() == Some(user), |it| it.task_id.clone()),
        "Get project tasks" => matching(&tasks, |it| it.project_id == *project, |it| it.task_id.clone()),
        "List user's sessions" => {
            let live = |it: &codexflow::Session| it.expires_at > EpochSeconds::from(now());
            matching(sessions, |it| it.user_id == *user && live(it), |it| it.session_id.clone())
        }
        "Get organization by ID" => matching(organizations, |it| it.organization_id == *organization, |_| ()),
        "List organization's members" => {
            matching(memberships, |it| it.organization_id == *organization, |it| it.user_id.clone())
        }
        "List user's organizations" => matching(memberships, |it| it.user_id == *user, |it| it.organization_id.clone()),
        "List organization's projects" => {
            matching(projects, |it| it.organization_id.as_ref() == Some(organization), |it| it.project_id.clone())
        }
        "List project's open tasks due in a sprint" => matching(
            &tasks,
            |it| it.project_id == *project && it.status == codexflow::Status::Open && sprint.contains(&it.due),
            |it| (it.due, it.task_id.clone()),
        ),
        "List task's comments" => matching(
            comments,
            |it| it.project_id == *project && it.task_id == *task,
            |it| (it.at, it.comment_id.clone()),
        ),
        "List user's latest comments" => {
            let mut latest = matching(comments, |it| it.author == *user, |it| std::cmp::Reverse(it.at));
            latest.truncate(5);
            latest
        }
        "Get project with its tasks" => {
            let mut view = matching(projects, |it| it.project_id == *project, |_| ());
            view.extend(matching(&tasks, |it| it.project_id == *project, |it| it.task_id.clone()));
            view
        }
        "Get organization with its members" => {
            let mut view = matching(organizations, |it| it.organization_id == *organization, |_| ());
            view.extend(matching(memberships, |it| it.organization_id == *organization, |it| it.user_id.clone()));
            view
        }
        "Show organization's dashboard: its latest activity" => {
            let newest = |it: &codexflow::Activity| std::cmp::Reverse((it.at, it.activity_id.clone()));
            let mut latest = matching(activities, |it| it.organization_id == *organization, newest);
            latest.truncate(10);
            latest
        }
        other => panic!("no filter says what `{other}` gives"),
    }
}

#[tokio::test]
async fn every_pattern_gives_what_a_filter_over_the_seeds_gives() {
    let (db, seeds) = (loaded().await, seeds());
    let nobody = Subject {
        user: "nobody".into(),
        email: "nobody@example.com".into(),
        project: "no project".into(),
        task: "no task".into(),
        organization: "nothing".into(),
        sprint: Timestamp::MIN..Timestamp::MAX,
    };
    // Both ends of a sprint lie on tasks' due times; some sprints end before they begin.
    let of_task = |(at, task): (usize, &Task)| Subject {
        user: seeds.users[at % seeds.users.len()].user_id.clone(),
        email: seeds.users[at % seeds.users.len()].email.clone(),
        project: task.project_id.clone(),
        task: task.task_id.clone(),
        organization: seeds.organizations[at % seeds.organizations.len()].organization_id.clone(),
        sprint: task.due..seeds.tasks[(at * 7 + 3) % seeds.tasks.len()].due,
    };
    let mut subjects = vec![Subject::of_the_document().unwrap(), nobody];
    subjects.extend(seeds.tasks.iter().enumerate().map(of_task));

    let mut met = HashSet::new();
    for subject in &subjects {
        for Answer { name, items, .. } in access_patterns(&db, subject).await.unwrap() {
            assert_eq!(items, expected(&seeds, subject, name), "{name} of {subject:?}");
            if !items.is_empty() {
                met.insert(name);
            }
        }
    }
    assert_eq!(met.len(), 18, "{met:?}");
}

#[tokio::test]
async fn expired_sessions_are_counted_and_not_returned() {
    let (db, seeds, subject) = (loaded().await, seeds(), Subject::of_the_document().unwrap());
    let of_user = seeds.sessions.iter().filter(|session| session.user_id == subject.user).count();
    for (time, over) in [("2025-09-01T00:00:00Z", 0), ("2026-01-01T00:00:00Z", 2), ("2100-01-01T00:00:00Z", of_user)] {
        let clock = ManualClock::new(time.parse().unwrap());
        let found =
            codexflow::Session::by_user(&subject.user).all(&db.clone().with_clock(clock.clone())).await.unwrap();
        assert_eq!(found.len(), of_user - over, "{time}");
        assert_eq!(seeds.expired_sessions(&subject.user, time.parse().unwrap()), over, "{time}");
    }
}

#[tokio::test]
async fn loading_again_restores_what_was_changed_and_leaves_the_rest() {
    let (db, seeds) = (loaded().await, seeds());
    let later = now() + std::time::Duration::from_mins(1);
    let db = db.with_clock(ManualClock::new(later));

    let again = seeds.load(&db).await.unwrap();
    assert_eq!(again.kept, seeds.tasks.len());
    let (project, login) = ("456".into(), "789".into());
    let task = Task::get(&project, &login).send(&db).await.unwrap().unwrap();
    assert_eq!((task.version, task.updated_at), (Version::from(1), now()));

    // Version 2, which the seeds know nothing of.
    let changed = Task { assignee: Some(UserId::from("101")), ..task.clone() };
    changed.put().send(&db).await.unwrap();
    let restored = seeds.load(&db).await.unwrap();
    assert_eq!(restored.kept, seeds.tasks.len() - 1);
    let restored = Task::get(&project, &login).send(&db).await.unwrap().unwrap();
    assert_eq!(restored, Task { version: Version::from(3), updated_at: later, ..task });
}

#[tokio::test]
async fn writes_carry_their_keys_along_and_leave_the_table_as_it_was() {
    async fn whole(db: &Db<Codexflow>) -> Vec<Codexflow> {
        let mut all: Vec<Codexflow> = db.scan().stream().try_collect().await.unwrap();
        all.sort_by_cached_key(|item| format!("{item:?}"));
        all
    }
    let db = loaded().await;
    let before = whole(&db).await;
    let changes = changes(&db).await.unwrap();
    assert!(before == whole(&db).await);
    let of = |attribute: &str| -> Vec<Option<String>> {
        let find =
            |change: &Change| change.left.iter().find(|(name, _)| *name == attribute).map(|(_, text)| text.clone());
        changes.iter().map(find).collect()
    };
    let key = |user: &str| Some(format!("ASSIGNEE#{user}"));
    assert_eq!(of("GSI1PK"), [key("ada"), key("bob"), key("bob"), None, None]);
    let statuses: Vec<_> =
        of("GSI2SK").into_iter().flatten().map(|key| key.split('#').nth(1).unwrap().to_owned()).collect();
    assert_eq!(statuses, ["open", "open", "done", "done"]);
    assert_eq!(changes[4].request.operation(), "TransactWriteItems");
}

/// The program, with an access key of its own for each test: DynamoDB Local keeps a database for each.
fn codexflow(test: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codexflow"));
    command.env("AWS_ACCESS_KEY_ID", format!("{test}{}", std::process::id())).env("AWS_SECRET_ACCESS_KEY", "any");
    command.env_remove("CODEXFLOW_TABLE").args(arguments).output().unwrap()
}

/// The server at `DYNAMO_MODEL_ENDPOINT`, where that is set.
fn engine() -> String {
    std::env::var("DYNAMO_MODEL_ENDPOINT").ok().filter(|url| !url.is_empty()).unwrap_or_else(|| "embedded".to_owned())
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn json_holds_every_item_and_every_pattern() {
    let run = || {
        let output = codexflow("json", &["--json", "--engine", &engine()]);
        assert!(output.status.success() && output.stderr.is_empty(), "{}", stderr(&output));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    // DynamoDB Local deletes what has expired within seconds.
    let is_live = |item: &&Value| item["expiresAt"].as_i64().is_none_or(|at| at > Timestamp::now().as_secs());
    let live = |report: &Value| report["items"].as_array().unwrap().iter().filter(is_live).cloned().collect::<Vec<_>>();
    let report = run();
    let items = &live(&report);
    let everything = everything(&seeds()).into_iter().map(|item| value::from_item(item.to_item().unwrap()).unwrap());
    let everything: Vec<Value> = everything.collect();
    assert_eq!(items.len(), everything.iter().filter(is_live).count());
    assert!(items.iter().all(|item| item["PK"].is_string() && item["SK"].is_string()));

    let subject = Subject::of_the_document().unwrap();
    let patterns = report["patterns"].as_array().unwrap();
    assert_eq!(patterns.len(), 18);
    for pattern in patterns {
        let (name, result) = (pattern["name"].as_str().unwrap(), pattern["result"].as_array().unwrap());
        assert_eq!(result.len(), expected(&seeds(), &subject, name).len(), "{name}");
        assert!(pattern["cost"].as_f64().unwrap() >= 0.5, "{name}");
        assert!(result.iter().all(|item| items.contains(item)), "{name}");
        let request = &pattern["request"];
        assert_eq!(request["body"]["TableName"], "codexflow-main");
        assert!(request["text"].as_str().unwrap().starts_with(request["operation"].as_str().unwrap()));
    }
    if engine() != "embedded" {
        assert!(live(&run()) == *items, "a second run leaves the table as it is");
    }
}

#[test]
fn the_environment_names_the_table() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codexflow"));
    let output = command.env("CODEXFLOW_TABLE", "codexflow-staging").arg("--json").output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let patterns = report["patterns"].as_array().unwrap();
    assert!(patterns.iter().all(|pattern| pattern["request"]["body"]["TableName"] == "codexflow-staging"));
}

#[test]
fn the_report_names_every_pattern_and_fits_a_hundred_columns() {
    let output = codexflow("report", &["--engine", &engine()]);
    assert!(output.status.success(), "{}", stderr(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    for name in [
        "Get user by email",
        "Get project tasks",
        "List user's sessions",
        "Get project with its tasks",
        "its latest activity",
    ] {
        assert!(text.contains(name), "{text}");
    }
    assert!(text.contains("Query PK = \"PROJECT#456\" AND SK BETWEEN \"METADATA\" AND \"TASK$\""), "{text}");
    assert!(text.contains("GetItem PK = \"USER#123\", SK = \"PROFILE\""), "{text}");
    assert!(text.contains("first of 8 requests") && text.contains("    10 items\n    cost: 4 units\n"), "{text}");
    assert!(text.contains("    cost: 0.5 units: 0.5 on GSI1\n") && text.contains("    cost: 0.5 units\n"), "{text}");
    assert!(text.contains("3 items; 2 more have expired and are not returned"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn an_unknown_engine_is_refused_with_those_that_there_are() {
    let output = codexflow("unknown", &["--engine", "dokcer"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    for word in ["`dokcer`", "`embedded`", "`local`", "`docker`", "http://"] {
        assert!(stderr(&output).contains(word), "{}", stderr(&output));
    }
}

#[test]
fn an_endpoint_that_is_down_is_an_error_with_its_causes() {
    // Nothing listens on port 1 of a machine that runs tests.
    let output = codexflow("down", &["--json", "--engine", "http://127.0.0.1:1"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let error = stderr(&output);
    assert!(error.starts_with("error: create_table on table `codexflow-main`"), "{error}");
    assert!(error.contains("\n  because: ") && error.to_lowercase().contains("connect"), "{error}");
}

#[test]
fn an_endpoint_behind_tls_needs_credentials() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codexflow"));
    command.env_remove("AWS_ACCESS_KEY_ID").args(["--engine", "https://127.0.0.1:1"]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("AWS_ACCESS_KEY_ID"), "{}", stderr(&output));
}
