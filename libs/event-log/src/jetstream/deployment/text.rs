//! Text in the server's own configuration language. Owns indentation and quoting; refuses characters that the language would
//! read as anything but themselves.

use std::path::Path;

use super::NotDeployable;

pub(super) struct Text {
    text: String,
    depth: usize,
}

impl Text {
    pub fn new() -> Self {
        Self {
            text: String::new(),
            depth: 0,
        }
    }

    pub fn line(&mut self, line: &str) {
        self.text.push_str(&"  ".repeat(self.depth));
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// `head`, what is inside, `tail`.
    pub fn nested(
        &mut self,
        head: &str,
        tail: &str,
        inside: impl FnOnce(&mut Self) -> Result<(), NotDeployable>,
    ) -> Result<(), NotDeployable> {
        self.line(head);
        self.depth += 1;
        inside(self)?;
        self.depth -= 1;
        self.line(tail);
        Ok(())
    }

    /// `head {` … `}`.
    pub fn block(
        &mut self,
        head: &str,
        inside: impl FnOnce(&mut Self) -> Result<(), NotDeployable>,
    ) -> Result<(), NotDeployable> {
        self.nested(&format!("{head} {{"), "}", inside)
    }

    /// `head [` … `]`, an item a line.
    pub fn list(
        &mut self,
        head: &str,
        items: impl IntoIterator<Item = Result<String, NotDeployable>>,
    ) -> Result<(), NotDeployable> {
        self.nested(&format!("{head} ["), "]", |text| {
            items
                .into_iter()
                .try_for_each(|item| item.map(|item| text.line(&item)))
        })
    }

    pub fn finish(self) -> String {
        self.text
    }
}

/// A quoted string. Inside quotes the language knows the backslash and nothing else.
pub(super) fn quoted(text: &str) -> Result<String, NotDeployable> {
    let plain = !text.is_empty() && text.chars().all(|c| !c.is_control() && !"\"\\".contains(c));
    if plain {
        Ok(format!("\"{text}\""))
    } else {
        Err(NotDeployable::Name(text.to_owned()))
    }
}

/// A quoted path.
pub(super) fn path(path: &Path) -> Result<String, NotDeployable> {
    quoted(
        path.to_str()
            .ok_or_else(|| NotDeployable::Name(path.display().to_string()))?,
    )
}
