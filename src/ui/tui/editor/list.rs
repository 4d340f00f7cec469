//! A list to choose from.

use super::{Did, Held, List, flag_word, request};
use crate::question::Value;
use crossterm::event::{KeyCode, KeyEvent};

impl List {
    /// The options that the filter leaves, as places in `options`: those that begin with it first.
    pub(in crate::ui::tui) fn shown(&self) -> Vec<usize> {
        let typed = self.filter.value().to_lowercase();
        // `West Europe`, as the portal spells it, is `westeurope`.
        let wanted: String = typed.split_whitespace().collect();
        let rank = |index: &usize| {
            let (word, means) = &self.options[*index];
            let (word, means) = (word.to_lowercase(), means.to_lowercase());
            match () {
                () if word == wanted => Some(0),
                () if word.starts_with(&wanted) => Some(1),
                () if word.contains(&wanted) => Some(2),
                () if typed.split_whitespace().all(|part| word.contains(part) || means.contains(part)) => Some(3),
                () => None,
            }
        };
        let mut found: Vec<(u8, usize)> =
            (0..self.options.len()).filter_map(|index| rank(&index).map(|rank| (rank, index))).collect();
        if !wanted.is_empty() {
            found.sort_unstable();
        }
        found.into_iter().map(|(_, index)| index).collect()
    }

    pub(super) fn rest_on_chosen(&mut self) {
        let first = self.chosen.iter().flatten().next().or(self.default.first());
        self.cursor = self.options.iter().position(|(word, _)| Some(word) == first).unwrap_or(0);
    }

    pub(super) fn held(&self) -> Held {
        let Some(chosen) = &self.chosen else { return Held::None };
        if self.many {
            if chosen.is_empty() && self.default.is_empty() {
                return Held::None;
            }
            return Held::Answer(Value::List(chosen.clone()));
        }
        match (chosen.first(), self.flag) {
            (Some(word), true) => Held::Answer(Value::Flag(word == flag_word(true))),
            (Some(word), false) => Held::Answer(Value::Text(word.clone())),
            (None, _) => Held::None,
        }
    }

    fn choose(&mut self, at: usize) {
        let Some(index) = self.shown().get(at).copied() else { return };
        let word = self.options[index].0.clone();
        if !self.many {
            self.chosen = Some(vec![word]);
            return;
        }
        let place = |word: &String| self.options.iter().position(|(known, _)| known == word);
        // What holds by default is what is taken away from, or added to.
        let mut chosen = self.chosen.clone().unwrap_or_else(|| self.default.clone());
        match chosen.iter().position(|known| *known == word) {
            Some(known) => drop(chosen.remove(known)),
            // In the order of the list, whatever the order of choosing; what was there stays as it was.
            None => {
                let before = chosen.iter().position(|known| place(known) > Some(index)).unwrap_or(chosen.len());
                chosen.insert(before, word);
            }
        }
        self.chosen = Some(chosen);
    }

    /// Chooses the option in that line of the list, as a click does.
    pub(in crate::ui::tui) fn click(&mut self, at: usize) -> Did {
        let lines = self.shown().len();
        if at < lines {
            self.cursor = at;
            self.choose(at);
            return Did::Changed;
        }
        if self.many && at == lines { Did::Next } else { Did::Nothing }
    }

    pub(super) fn key(&mut self, key: KeyEvent) -> Did {
        let shown = self.shown().len();
        let last = if self.many { shown } else { shown.saturating_sub(1) };
        let moves = |to: usize, list: &mut List| {
            (list.cursor, list.looked) = (to.min(last), true);
            // In a short list of which one holds, looking is choosing: what follows from it shows at once.
            if list.many || list.long {
                return Did::Moved;
            }
            list.choose(list.cursor);
            Did::Changed
        };
        match key.code {
            KeyCode::Up if self.cursor == 0 => Did::Up,
            KeyCode::Up => moves(self.cursor - 1, self),
            KeyCode::Down if self.cursor >= last => Did::Down,
            KeyCode::Down => moves(self.cursor + 1, self),
            KeyCode::Home if !self.long => moves(0, self),
            KeyCode::End if !self.long => moves(last, self),
            KeyCode::Enter if self.many && self.cursor == shown => Did::Next,
            KeyCode::Enter if self.many => {
                self.choose(self.cursor);
                Did::Changed
            }
            // The first of a long list stands there by chance, and is not what anybody meant.
            KeyCode::Enter if self.long && !self.looked && self.chosen.is_none() && self.default.is_empty() => {
                Did::Refused("type a few letters of it, or choose with ↓")
            }
            // Nothing was chosen and nothing holds: where the cursor stands by chance is no answer to what is needed.
            KeyCode::Enter if self.needed && !self.looked && self.chosen.is_none() && self.default.is_empty() => {
                Did::Refused("choose with ↑ ↓ or Space; none of these holds by default")
            }
            KeyCode::Enter if shown == 0 => Did::Refused("nothing here is called that"),
            KeyCode::Enter => {
                let holds_by_default =
                    self.shown().get(self.cursor).is_some_and(|at| self.default.contains(&self.options[*at].0));
                if !(self.chosen.is_none() && holds_by_default) {
                    self.choose(self.cursor);
                }
                Did::Next
            }
            KeyCode::Char(' ') if !self.long || self.many && self.filter.value().is_empty() => {
                if self.cursor == shown && self.many {
                    return Did::Moved;
                }
                self.choose(self.cursor);
                Did::Changed
            }
            KeyCode::Delete if self.filter.value().is_empty() => {
                self.chosen = None;
                self.rest_on_chosen();
                Did::Changed
            }
            KeyCode::Left if self.filter.cursor() == 0 => Did::Left,
            KeyCode::Right if self.filter.cursor() == self.filter.value().chars().count() => Did::Right,
            KeyCode::Char('y' | 'n') if self.flag && key.modifiers.is_empty() => {
                self.cursor = usize::from(key.code == KeyCode::Char('n'));
                self.choose(self.cursor);
                Did::Changed
            }
            _ if self.long => match request(key).map(|request| self.filter.handle(request)) {
                Some(Some(changed)) if changed.value => {
                    (self.cursor, self.looked) = (0, true);
                    Did::Moved
                }
                Some(_) => Did::Moved,
                None => Did::Nothing,
            },
            _ => Did::Nothing,
        }
    }

    /// Whether a word holds: chosen, or by default.
    pub(in crate::ui::tui) fn holds(&self, word: &str) -> bool {
        self.chosen.as_ref().unwrap_or(&self.default).iter().any(|held| held == word)
    }
}
