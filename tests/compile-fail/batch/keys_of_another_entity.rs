use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Task(Task),
}

#[derive(Table)]
#[table(name = "archive", pk = "PK", sk = "SK")]
enum Archive {
    Note(Note),
}

#[derive(Clone, Serialize, Deserialize, Entity)]
#[entity(table = Archive, pk = "NOTE#{note_id}", sk = "NOTE")]
struct Note {
    note_id: String,
}

#[derive(Clone, Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
struct Task {
    project_id: String,
    task_id: String,
    title: String,
}

fn caller(note: NoteKey) {
    let _ = Task::batch_get([note]);
}

fn main() {}
