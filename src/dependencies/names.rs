//! Patterns of host names, label by label.

/// Whether every host that `narrow` matches is matched by `wide`.
///
/// A leading `*` stands for one label or more, as firewalls read it; a `*` further in stands for one label, and one
/// inside a label for a part of it. Case does not count.
pub(super) fn covers(wide: &str, narrow: &str) -> bool {
    let labels = |name: &str| name.to_ascii_lowercase().rsplit('.').map(String::from).collect::<Vec<String>>();
    let (wide, narrow) = (labels(wide), labels(narrow));
    let more = wide.len() > 1 && wide.last().is_some_and(|label| label == "*");
    // What a leading `*` of `narrow` may stand for has no end.
    let endless = narrow.len() > 1 && narrow.last().is_some_and(|label| label == "*");
    let long_enough = if more { narrow.len() >= wide.len() } else { narrow.len() == wide.len() && !endless };
    long_enough && wide.iter().zip(&narrow).all(|(wide, narrow)| label_covers(wide.as_bytes(), narrow.as_bytes()))
}

/// One label; a `*` of `narrow` is covered by a `*` alone.
fn label_covers(wide: &[u8], narrow: &[u8]) -> bool {
    // Where the last `*` of `wide` stood, and up to where of `narrow` it was tried.
    let (mut w, mut n, mut star) = (0, 0, None);
    while n < narrow.len() {
        if w < wide.len() && wide[w] == b'*' {
            star = Some((w, n));
            w += 1;
        } else if w < wide.len() && narrow[n] != b'*' && wide[w] == narrow[n] {
            w += 1;
            n += 1;
        } else if let Some((at, tried)) = star {
            star = Some((at, tried + 1));
            w = at + 1;
            n = tried + 1;
        } else {
            return false;
        }
    }
    wide[w..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_cover_label_by_label() {
        let rows = [
            ("*.x.org", "a.x.org", true),
            ("*.x.org", "b.a.x.org", true),
            ("*.x.org", "*.a.x.org", true),
            ("*.x.org", "*.x.org", true),
            ("*.x.org", "md-*.b.x.org", true),
            ("A.x.org", "a.X.org", true),
            ("*.b.*.x.org", "a.b.c.x.org", true),
            ("*.b.*.x.org", "a.b.c.d.x.org", false),
            ("md-*.x.org", "md-1.x.org", true),
            ("md-*.x.org", "md-*.x.org", true),
            ("*-a-*.x.org", "b-a-a-c.x.org", true),
            ("md-*.x.org", "m.x.org", false),
            ("md-*.x.org", "*.x.org", false),
            ("a.x.org", "*.x.org", false),
            ("*.x.org", "x.org", false),
            ("*.a.x.org", "*.x.org", false),
            ("*.x.org", "ax.org", false),
            ("x.org", "a.x.org", false),
            ("a.*.org", "*.b.org", false),
        ];
        for (wide, narrow, meant) in rows {
            assert_eq!(covers(wide, narrow), meant, "{wide} {narrow}");
        }
    }
}
