//! Writes a catalogue as Rust: a module a topic, in it an enum of the messages of words alone, and a struct for each message with
//! variables. Words are written as string literals; at run time there is nothing left to read or to miss.

use std::fmt::Write as _;

use crate::catalogue::{Catalogue, Category, Kind, Message, Pattern, pattern::Part, source};

/// The source of every topic.
pub fn rust(catalogue: &Catalogue) -> String {
    let mut out = String::new();
    for (topic, messages) in &catalogue.topics {
        let (fixed, open): (Vec<_>, Vec<_>) =
            messages.iter().partition(|m| m.variables().is_empty());
        _ = writeln!(out, "/// The texts of `{topic}*.ftl`.\npub mod {topic} {{");
        if !fixed.is_empty() {
            phrases(&mut out, &fixed);
        }
        for message in &open {
            filled(&mut out, message);
        }
        samples(&mut out, &fixed, &open);
        out.push_str("}\n");
    }
    out.push_str("#[cfg(test)]\npub(crate) fn samples(language: crate::Language, number: usize) -> Vec<(&'static str, String)> {\n[");
    for topic in catalogue.topics.keys() {
        _ = writeln!(out, "{topic}::samples(language, number),");
    }
    out.push_str("].concat()\n}\n");
    out
}

/// The enum of the messages of words alone.
fn phrases(out: &mut String, fixed: &[&Message]) {
    out.push_str("/// A text of words alone.\n#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]\npub enum Phrase {\n");
    for message in fixed {
        _ = writeln!(out, "{}{},", doc(message), name(&message.id));
    }
    out.push_str("}\nimpl Phrase {\n/// Every text, in the files' order.\npub const ALL: &'static [Self] = &[\n");
    for message in fixed {
        _ = writeln!(out, "Self::{},", name(&message.id));
    }
    _ = writeln!(
        out,
        "];\nconst WORDS: [[&'static str; 2]; {}] = [",
        fixed.len()
    );
    for message in fixed {
        let [english, welsh] = [&message.english, &message.welsh].map(words);
        _ = writeln!(out, "[{english:?}, {welsh:?}],");
    }
    out.push_str("];\n/// What people read.\npub const fn say(self, language: crate::Language) -> &'static str {\n");
    out.push_str("let [english, welsh] = Self::WORDS[self as usize];\n");
    out.push_str("match language { crate::Language::English => english, crate::Language::Welsh => welsh }\n}\n}\n");
}

fn words(pattern: &Pattern) -> String {
    let words = pattern.iter().filter_map(|part| match part {
        Part::Words(words) => Some(words.as_str()),
        Part::Message(_) | Part::Variable(..) | Part::Choice { .. } => None,
    });
    words.collect()
}

/// The struct of a message with variables.
fn filled(out: &mut String, message: &Message) {
    let name = name(&message.id);
    let variables = message.variables();
    let borrows = variables.values().any(|kind| *kind == Kind::Text);
    let (life, any) = if borrows { ("<'a>", "<'_>") } else { ("", "") };
    _ = writeln!(
        out,
        "{}#[derive(Debug, Clone, Copy)]\npub struct {name}{life} {{",
        doc(message)
    );
    for (variable, kind) in &variables {
        let kind = match kind {
            Kind::Text => "&'a str",
            Kind::Number => "usize",
        };
        _ = writeln!(out, "/// `${variable}`\npub {}: {kind},", field(variable));
    }
    _ = writeln!(out, "}}\nimpl crate::Filled for {name}{any} {{");
    out.push_str(
        "fn fill(&self, language: crate::Language, out: &mut String) {\nmatch language {\n",
    );
    for (language, text) in [("English", &message.english), ("Welsh", &message.welsh)] {
        _ = writeln!(out, "crate::Language::{language} => {{");
        parts(out, message, text);
        out.push_str("}\n");
    }
    out.push_str("}\n}\n}\n");
}

/// The statements that write a text.
fn parts(out: &mut String, message: &Message, text: &Pattern) {
    for part in text {
        let statement = match part {
            Part::Words(words) | Part::Message(words) => format!("out.push_str({words:?});"),
            Part::Variable(name, _) => match message.variables().get(name.as_str()) {
                Some(Kind::Number) => format!("crate::number(out, self.{});", field(name)),
                Some(Kind::Text) | None => format!("out.push_str(self.{});", field(name)),
            },
            Part::Choice { by, exact, plural } => {
                choice(out, message, by, (exact, plural));
                continue;
            }
        };
        _ = writeln!(out, "{statement}");
    }
}

type Variants<'m> = (&'m [(u32, Pattern)], &'m [(Category, Pattern)]);

fn choice(out: &mut String, message: &Message, by: &str, (exact, plural): Variants<'_>) {
    let by = field(by);
    _ = writeln!(
        out,
        "match (self.{by}, crate::Category::of(self.{by}, language)) {{"
    );
    for (number, text) in exact {
        _ = writeln!(out, "({number}, _) => {{");
        parts(out, message, text);
        out.push_str("}\n");
    }
    for (category, text) in plural {
        match category {
            Category::Other => out.push_str("_ => {\n"),
            one => _ = writeln!(out, "(_, crate::Category::{one:?}) => {{"),
        }
        parts(out, message, text);
        out.push_str("}\n");
    }
    out.push_str("}\n");
}

/// For tests: every message with its variables filled by their names and a number.
fn samples(out: &mut String, fixed: &[&Message], open: &[&Message]) {
    out.push_str("#[cfg(test)]\npub(super) fn samples(language: crate::Language, number: usize) -> Vec<(&'static str, String)> {\n");
    out.push_str("_ = number;\nvec![\n");
    for message in fixed {
        let Message { id, .. } = message;
        _ = writeln!(
            out,
            "({id:?}, Phrase::{}.say(language).to_owned()),",
            name(id)
        );
    }
    for message in open {
        let Message { id, .. } = message;
        _ = writeln!(out, "({id:?}, crate::Filled::say(&{} {{", name(id));
        for (variable, kind) in message.variables() {
            match kind {
                Kind::Text => _ = writeln!(out, "{}: \"‹{variable}›\",", field(variable)),
                Kind::Number => _ = writeln!(out, "{}: number,", field(variable)),
            }
        }
        out.push_str("}, language)),\n");
    }
    out.push_str("]\n}\n");
}

/// What it says, where it is shown, and what is asked of a native reader.
fn doc(message: &Message) -> String {
    let text = format!("`{}`: {}\n", message.id, source(&message.english));
    let shown = format!("\n{}", message.shown);
    let doubt = match message.doubt.as_str() {
        "" => String::new(),
        doubt => format!("\n\nUnsure of the Welsh: {doubt}"),
    };
    format!("#[doc = {:?}]\n", [text, shown, doubt].concat())
}

/// `due-on` as the name of a type.
fn name(id: &str) -> String {
    let words = id.split(['-', '_']).map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect()
}

/// `six-months` as the name of a field.
fn field(variable: &str) -> String {
    variable.replace('-', "_")
}
