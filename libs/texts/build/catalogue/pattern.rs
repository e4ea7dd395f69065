//! A text as parts: words, variables, and choices by number. Owns which of Fluent's forms the texts may use. Refuses the others:
//! terms, attributes, functions other than `NUMBER`, choices by anything but a number, and a text over several lines.

use std::collections::BTreeMap;

use fluent_syntax::{
    ast::{self, Expression, InlineExpression, PatternElement, VariantKey},
    unicode::unescape_unicode_to_string,
};

use super::{Category, Kind};

/// A text.
pub type Pattern = Vec<Part>;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Words(String),
    /// Another message of the same language, without variables: it is put in its place.
    Message(String),
    /// A variable.
    Variable(String, Kind),
    /// One of several texts, by a number.
    Choice {
        /// The variable that holds the number.
        by: String,
        /// For these numbers exactly.
        exact: Vec<(u32, Pattern)>,
        /// For these categories; the last is the default, `other`.
        plural: Vec<(Category, Pattern)>,
    },
}

/// A text on one line, for people: variables as `{$name}`, choices with each of their texts.
pub fn source(pattern: &Pattern) -> String {
    let parts = pattern.iter().map(|part| match part {
        Part::Words(words) => words.clone(),
        Part::Message(id) => format!("{{{id}}}"),
        Part::Variable(name, _) => format!("{{${name}}}"),
        Part::Choice { by, exact, plural } => {
            let exact = exact
                .iter()
                .map(|(n, text)| format!("{n}: {}", source(text)));
            let plural = plural.iter();
            let plural = plural.map(|(c, text)| format!("{}: {}", c.code(), source(text)));
            let variants: Vec<String> = exact.chain(plural).collect();
            format!("{{${by} → {}}}", variants.join(" / "))
        }
    });
    parts.collect()
}

/// Reads a text.
pub(super) fn pattern(read: &ast::Pattern<&str>) -> Result<Pattern, String> {
    read.elements.iter().map(element).collect()
}

fn element(element: &PatternElement<&str>) -> Result<Part, String> {
    match element {
        PatternElement::TextElement { value } if value.contains('\n') => {
            Err("runs over several lines: keep it on one".into())
        }
        PatternElement::TextElement { value } => Ok(Part::Words((*value).to_owned())),
        PatternElement::Placeable { expression } => placeable(expression),
    }
}

fn placeable(expression: &Expression<&str>) -> Result<Part, String> {
    match expression {
        Expression::Select { selector, variants } => choice(selector, variants),
        Expression::Inline(inline) => match inline {
            InlineExpression::StringLiteral { value } => {
                Ok(Part::Words(unescape_unicode_to_string(value).into_owned()))
            }
            InlineExpression::VariableReference { id } => {
                Ok(Part::Variable(id.name.to_owned(), Kind::Text))
            }
            InlineExpression::MessageReference { id, attribute: None } => {
                Ok(Part::Message(id.name.to_owned()))
            }
            InlineExpression::FunctionReference { id, arguments } if id.name == "NUMBER" => {
                match (arguments.positional.as_slice(), arguments.named.as_slice()) {
                    ([InlineExpression::VariableReference { id }], []) => {
                        Ok(Part::Variable(id.name.to_owned(), Kind::Number))
                    }
                    _ => Err("NUMBER takes one variable and no options".into()),
                }
            }
            InlineExpression::Placeable { expression } => placeable(expression),
            _ => Err("uses a form of Fluent that the texts don't: only variables, NUMBER, choices by number and messages".into()),
        },
    }
}

fn choice(
    selector: &InlineExpression<&str>,
    variants: &[ast::Variant<&str>],
) -> Result<Part, String> {
    let InlineExpression::VariableReference { id } = selector else {
        return Err("chooses by something that is no variable".into());
    };
    let (mut exact, mut plural) = (Vec::new(), Vec::new());
    for variant in variants {
        let text = pattern(&variant.value)?;
        match variant.key {
            VariantKey::NumberLiteral { value } => {
                let number = value.parse();
                let number = number.map_err(|_| format!("chooses by {value}, no whole number"))?;
                exact.push((number, text));
            }
            VariantKey::Identifier { name } => {
                let category = Category::from_code(name);
                let category =
                    category.ok_or_else(|| format!("chooses by {name}, no plural category"))?;
                if variant.default != (category == Category::Other) {
                    return Err("has another default than [other]: write *[other]".into());
                }
                plural.push((category, text));
            }
        }
    }
    Ok(Part::Choice {
        by: id.name.to_owned(),
        exact,
        plural,
    })
}

/// The variables of a text.
pub(super) fn variables(pattern: &Pattern) -> BTreeMap<&str, Kind> {
    let mut found = BTreeMap::new();
    each(pattern, &mut |part| {
        let (name, kind) = match part {
            Part::Variable(name, kind) => (name, *kind),
            Part::Choice { by, .. } => (by, Kind::Number),
            Part::Words(_) | Part::Message(_) => return,
        };
        let known = found.entry(name.as_str()).or_insert(kind);
        *known = kind.max(*known);
    });
    found
}

/// Every part, those within choices too.
pub(super) fn each<'p>(pattern: &'p Pattern, see: &mut impl FnMut(&'p Part)) {
    for part in pattern {
        see(part);
        if let Part::Choice { exact, plural, .. } = part {
            let exact = exact.iter().map(|(_, text)| text);
            for text in exact.chain(plural.iter().map(|(_, text)| text)) {
                each(text, see);
            }
        }
    }
}

/// The same text with messages put in their places. Neighbouring words become one part.
pub(super) fn filled(
    pattern: &Pattern,
    find: &impl Fn(&str) -> Option<String>,
) -> Result<Pattern, String> {
    let mut out: Pattern = Vec::new();
    for part in pattern {
        let part = match part {
            Part::Message(id) => Part::Words(find(id).ok_or_else(|| {
                format!("names {id}, which is no message of words alone in this language")
            })?),
            Part::Choice { by, exact, plural } => Part::Choice {
                by: by.clone(),
                exact: all(exact, find)?,
                plural: all(plural, find)?,
            },
            Part::Words(_) | Part::Variable(..) => part.clone(),
        };
        match (out.last_mut(), part) {
            (Some(Part::Words(before)), Part::Words(words)) => before.push_str(&words),
            (_, part) => out.push(part),
        }
    }
    Ok(out)
}

fn all<K: Copy>(
    variants: &[(K, Pattern)],
    find: &impl Fn(&str) -> Option<String>,
) -> Result<Vec<(K, Pattern)>, String> {
    let filled = variants
        .iter()
        .map(|(key, text)| Ok((*key, filled(text, find)?)));
    filled.collect()
}
