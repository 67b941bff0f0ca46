//! Aligned tables of text.

/// Between two columns.
const GAP: &str = "  ";

/// A column's head, and the side that its cells keep to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    name: &'static str,
    right: bool,
}

impl Column {
    /// A column of text.
    pub(super) const fn text(name: &'static str) -> Self {
        Self { name, right: false }
    }

    /// A column of numbers.
    pub(super) const fn number(name: &'static str) -> Self {
        Self { name, right: true }
    }
}

/// The lines of a table that is at most `width` characters wide: the heads, a rule and the rows.
///
/// The widest columns give way first, down to their heads' width; a cell that is cut ends in `…`. Every character counts
/// as one column.
pub(super) fn lines(columns: &[Column], rows: &[Vec<String>], width: usize) -> Vec<String> {
    let widths = widths(columns, rows, width);
    let heads = columns.iter().map(|column| column.name.to_owned()).collect();
    let rule = widths.iter().map(|&width| "─".repeat(width)).collect();
    let rows = [&heads, &rule].into_iter().chain(rows);
    rows.map(|cells| line(columns, cells, &widths)).collect()
}

fn widths(columns: &[Column], rows: &[Vec<String>], width: usize) -> Vec<usize> {
    let heads: Vec<usize> = columns.iter().map(|column| length(column.name)).collect();
    let mut widths = heads.clone();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(length(cell));
        }
    }
    let room = width.saturating_sub(GAP.len() * columns.len().saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let spare = widths.iter_mut().zip(&heads).filter(|(width, head)| **width > **head);
        let Some((widest, _)) = spare.max_by_key(|(width, _)| **width) else { break };
        *widest -= 1;
    }
    widths
}

fn line(columns: &[Column], cells: &[String], widths: &[usize]) -> String {
    let cells = columns.iter().zip(cells).zip(widths).map(|((column, cell), &width)| {
        let cell = shortened(cell, width);
        if column.right { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
    });
    cells.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
}

fn shortened(cell: &str, width: usize) -> String {
    // A line break or an escape sequence in the data stays in its cell.
    let shown = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    if length(cell) <= width {
        return cell.chars().map(shown).collect();
    }
    cell.chars().take(width.saturating_sub(1)).map(shown).chain(['…']).collect()
}

fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 2] = [Column::text("title"), Column::number("points")];

    fn row(title: &str, points: &str) -> Vec<String> {
        vec![title.to_owned(), points.to_owned()]
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [row("Implement login", "3"), row("Zieliński", "13")];
        assert_eq!(
            lines(&COLUMNS, &rows, 100),
            [
                "title            points",
                "───────────────  ──────",
                "Implement login       3",
                "Zieliński            13",
            ]
        );
    }

    #[test]
    fn a_long_cell_is_cut_to_the_width() {
        let rows = [row("Implement login", "3")];
        let lines = lines(&COLUMNS, &rows, 18);
        assert_eq!(lines.last().map(String::as_str), Some("Implement…       3"));
    }

    #[test]
    fn heads_are_never_cut() {
        assert_eq!(lines(&COLUMNS, &[], 3), ["title  points", "─────  ──────"]);
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(lines(&COLUMNS[..1], &[vec!["a\n\u{1b}[31m".to_owned()]], 20)[2], "a\u{FFFD}\u{FFFD}[31m");
    }
}
