//! What a review finds in the answers, and where it is mended: the same for every front.

use crate::interview::Interview;
use crate::problem::Problem;
use crate::question::{Answers, about};

/// Where a problem is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mend {
    /// At a question, and at a row of it.
    Question(&'static str, Option<usize>),
    /// By dropping a key of the file: its line and column.
    Drop(usize, usize),
    /// Outside the wizard.
    Elsewhere,
}

/// What is wrong, without what is merely missing; `unfinished` is text that is no answer yet.
pub(super) fn problems(interview: &Interview, found: &[Problem], unfinished: Vec<Problem>) -> Vec<Problem> {
    let missing = interview.missing();
    let is_missing = |problem: &Problem| {
        missing.iter().any(|question| question.path == problem.place.path)
            // What the file says and nobody can read is wrong, and stays to be seen until another answer replaces it.
            && (problem.place.line == 0 || problem.what.starts_with(&format!("`{}` is not answered", problem.place.path)))
    };
    let is_asked = |problem: &Problem| interview.questions(true).any(|question| question.path == problem.place.path);
    let mut problems: Vec<Problem> = unfinished.into_iter().filter(is_asked).collect();
    // Text that is no answer yet is wrong in one way only.
    let known: Vec<String> = problems.iter().map(|problem| problem.place.path.clone()).collect();
    let is_known =
        |problem: &Problem| about(&problem.place.path).is_some_and(|q| known.iter().any(|path| path == q.path));
    problems.extend(found.iter().filter(|found| !is_missing(found) && !is_known(found)).cloned());
    problems
}

/// Where a problem is mended, with these answers.
pub(super) fn mend(problem: &Problem, said: &Answers) -> Mend {
    let path = &problem.place.path;
    if problem.names_a_spare_key() {
        return Mend::Drop(problem.place.line, problem.place.column);
    }
    let row = path.split_once('[').and_then(|(_, rest)| rest.split_once(']')).and_then(|(row, _)| row.parse().ok());
    match about(path) {
        Some(question) if (question.asked)(said) => Mend::Question(question.path, row),
        _ => Mend::Elsewhere,
    }
}
