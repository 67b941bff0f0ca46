//! A struct holds what a group-by of the partition's items gives.

use dynamo_model::{Error, error::CollectionErrorKind};

use crate::{
    model::{Collections, Group, Loose, Note, Project, Ranking, Task, View},
    world::{Expected, on_cases},
};

/// The items of each entity, in order.
struct Grouped {
    projects: Vec<Project>,
    tasks: Vec<Task>,
    notes: Vec<Note>,
}

fn grouped(items: Vec<Collections>) -> Grouped {
    let mut grouped = Grouped { projects: Vec::new(), tasks: Vec::new(), notes: Vec::new() };
    for item in items {
        match item {
            Collections::Project(project) => grouped.projects.push(project),
            Collections::Task(task) => grouped.tasks.push(task),
            Collections::Note(note) => grouped.notes.push(note),
            Collections::Plan(plan) => panic!("{plan:?} is no member"),
        }
    }
    grouped
}

#[test]
fn a_struct_is_a_partition_grouped_by_entity() {
    on_cases("a_struct_is_a_partition_grouped_by_entity", file!(), 200, async |db, world| {
        for (year, descending) in [(2024, false), (2024, true), (2025, false), (2025, true)] {
            let partition = format!("P#{}#{year:05}", world.p);
            let ordered = |mut expected: Expected| {
                if descending {
                    expected.items.reverse();
                }
                (expected.items.is_empty(), grouped(expected.items), expected.unknown)
            };

            let get = View::get((&world.p, &year));
            let get = if descending { get.descending() } else { get }.consistent();
            let (is_empty, Grouped { mut projects, tasks, notes }, unknown) =
                ordered(world.expected::<View>(&partition));
            match get.clone().send_counted(db).await {
                Ok((found, counted)) => {
                    let project = projects.pop();
                    let expected = project.map(|project| View { project, tasks, note: notes.into_iter().next() });
                    assert_eq!(found.is_none(), is_empty);
                    assert_eq!((found, counted), (expected, unknown), "{}", get.explain());
                }
                Err(Error::Collection(error)) => {
                    assert_eq!(error.kind(), CollectionErrorKind::Missing);
                    assert!(projects.is_empty() && !is_empty, "{error}");
                }
                Err(error) => panic!("{error}"),
            }

            let get = Loose::get((world.p.as_str(), &year));
            let get = if descending { get.descending() } else { get };
            let (is_empty, Grouped { tasks, notes, .. }, unknown) = ordered(world.expected::<Loose>(&partition));
            let expected = (!is_empty).then(|| Loose { task: tasks.into_iter().next(), notes });
            assert_eq!(get.clone().send_counted(db).await.unwrap(), (expected, unknown), "{}", get.explain());

            let get = Ranking::get((&world.p, &year));
            let get = if descending { get.descending() } else { get }.consistent();
            let (is_empty, Grouped { tasks, notes, .. }, unknown) = ordered(world.expected::<Ranking>(&partition));
            let expected = (!is_empty).then_some(Ranking { tasks, notes });
            assert_eq!(get.clone().send_counted(db).await.unwrap(), (expected, unknown), "{}", get.explain());

            let get = Group::get(&world.group);
            let get = if descending { get.descending() } else { get };
            let expected = world.expected::<Group>(&format!("G#{}", world.group));
            let (is_empty, Grouped { projects, tasks, notes }, unknown) = ordered(expected);
            let expected = (!is_empty).then(|| Group { notes, projects, task: tasks.into_iter().next() });
            assert_eq!(get.clone().send_counted(db).await.unwrap(), (expected.clone(), unknown), "{}", get.explain());
            assert_eq!(get.send(db).await.unwrap(), expected);
        }
    });
}
