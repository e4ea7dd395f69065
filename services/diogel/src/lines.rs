//! Lines of files, one at a time, so that a pipe's lines are taken as they come. Owns the bound of a line; a line past it, or one
//! that isn't text, is handed on as refused, and the next one is read.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
};

use crate::failure::Failure;

/// A line is at most this long, in bytes: the largest event with room for its JSON.
const LONGEST: u64 = 256 * 1024;

/// The lines of a file or of standard input.
pub(crate) struct Lines {
    reader: Box<dyn BufRead>,
    name: String,
    number: u64,
}

/// A line and where it stands.
pub(crate) struct Line {
    /// `file:number`.
    pub(crate) place: String,
    /// Its text, or why it is refused.
    pub(crate) text: Result<String, &'static str>,
}

impl Lines {
    /// Opens a file; `-` is standard input.
    pub(crate) fn open(file: &Path) -> Result<Self, Failure> {
        let reader: Box<dyn Read> = if file == Path::new("-") {
            Box::new(std::io::stdin())
        } else {
            let opened = std::fs::File::open(file);
            Box::new(opened.map_err(|e| Failure::Usage(format!("{}: {e}", file.display())))?)
        };
        Ok(Self::of(reader, file.display().to_string()))
    }

    fn of(reader: impl Read + 'static, name: String) -> Self {
        Self {
            reader: Box::new(BufReader::new(reader)),
            name,
            number: 0,
        }
    }

    /// The next line that isn't empty.
    pub(crate) fn next(&mut self) -> Result<Option<Line>, Failure> {
        loop {
            let mut bytes = Vec::new();
            let failed = |e| Failure::Usage(format!("{}: {e}", self.name));
            let mut limited = self.reader.by_ref().take(LONGEST + 1);
            let read = limited.read_until(b'\n', &mut bytes).map_err(failed)?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            let text = if read as u64 > LONGEST && bytes.last() != Some(&b'\n') {
                self.reader.skip_until(b'\n').map_err(failed)?;
                Err("is longer than 256 KiB")
            } else {
                String::from_utf8(bytes).map_err(|_| "isn't UTF-8")
            };
            if text.as_ref().is_ok_and(|text| text.trim().is_empty()) {
                continue;
            }
            let place = format!("{}:{}", self.name, self.number);
            return Ok(Some(Line { place, text }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_refused_keeps_none_of_the_others_out() {
        let long = "x".repeat(300 * 1024);
        let text = [b"one\n\n".as_slice(), b"\xff\n", long.as_bytes(), b"\ntwo"].concat();
        let mut lines = Lines::of(std::io::Cursor::new(text), "f".into());
        let mut said = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            said.push((line.place, line.text.map_err(str::to_owned)));
        }
        let expected = [
            ("f:1", Ok("one\n".to_owned())),
            ("f:3", Err("isn't UTF-8".to_owned())),
            ("f:4", Err("is longer than 256 KiB".to_owned())),
            ("f:5", Ok("two".to_owned())),
        ];
        assert_eq!(said, expected.map(|(place, text)| (place.to_owned(), text)));
    }

    #[test]
    fn a_line_of_exactly_the_bound_is_taken() {
        let line = format!("{}\nnext\n", "x".repeat(256 * 1024));
        let mut lines = Lines::of(std::io::Cursor::new(line), "f".into());
        assert!(lines.next().unwrap().unwrap().text.is_ok());
        assert_eq!(lines.next().unwrap().unwrap().text.unwrap(), "next\n");
    }
}
