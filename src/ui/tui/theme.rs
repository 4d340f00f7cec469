//! How things look. The sixteen named colours alone, and of those only the ones that can be read on light and on dark;
//! without colour, bold, dim and reversed. What something means is always written as well.

use ratatui::style::{Color, Modifier, Style};

/// The styles of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Theme {
    monochrome: bool,
}

impl Theme {
    pub(super) fn new(monochrome: bool) -> Theme {
        Theme { monochrome }
    }

    fn colour(self, colour: Color) -> Style {
        if self.monochrome { Style::new() } else { Style::new().fg(colour) }
    }

    pub(super) fn plain(self) -> Style {
        Style::new()
    }

    pub(super) fn title(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    pub(super) fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What has the keys.
    pub(super) fn cursor(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// What would have them if its part of the screen had.
    pub(super) fn marked(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    pub(super) fn good(self) -> Style {
        self.colour(Color::Green)
    }

    pub(super) fn bad(self) -> Style {
        self.colour(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// Something to look at.
    pub(super) fn notice(self) -> Style {
        self.colour(Color::Magenta)
    }

    pub(super) fn added(self) -> Style {
        self.colour(Color::Green).add_modifier(Modifier::BOLD)
    }

    pub(super) fn removed(self) -> Style {
        self.colour(Color::Red)
    }

    /// Frames and rules between parts.
    pub(super) fn rule(self) -> Style {
        self.dim()
    }
}
