//! Every text, in both languages and for every plural, as Fluent's own implementation says it.

use std::{collections::BTreeSet, fs, path::Path};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

use crate::{Language, calendar, compiled::samples, summary};

/// Every category of both languages, exact numbers, and numbers that end like others.
const NUMBERS: [usize; 14] = [0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 13, 21, 62, 100];

/// Fluent's own form of a language: its bundle, and the names of all variables in its files.
struct Fluent {
    bundle: FluentBundle<FluentResource>,
    variables: BTreeSet<String>,
}

impl Fluent {
    fn of(language: Language) -> Self {
        let code = match language {
            Language::English => "en",
            Language::Welsh => "cy",
        };
        let mut bundle = FluentBundle::new(vec![code.parse().unwrap()]);
        bundle.set_use_isolating(false);
        bundle.add_builtins().unwrap();
        let mut variables = BTreeSet::new();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
        for file in fs::read_dir(folder.join(code)).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            let goes_on = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
            let names = text.split('$').skip(1);
            let names = names.filter_map(|rest| rest.split(|c| !goes_on(c)).next());
            variables.extend(names.map(str::to_owned));
            let resource = FluentResource::try_new(text).unwrap();
            bundle.add_resource(resource).unwrap();
        }
        Self { bundle, variables }
    }

    /// What Fluent says: a variable that our text shows as a name is that name, every other is the number.
    fn said(&self, id: &str, number: usize, ours: &str) -> String {
        let message = self.bundle.get_message(id).unwrap();
        let mut args = FluentArgs::new();
        for variable in &self.variables {
            let name = format!("‹{variable}›");
            let value = if ours.contains(&name) {
                FluentValue::from(name)
            } else {
                FluentValue::from(number)
            };
            args.set(variable.clone(), value);
        }
        let mut errors = Vec::new();
        let pattern = message.value().unwrap();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&args), &mut errors);
        assert!(errors.is_empty(), "{id}: {errors:?}");
        text.into_owned()
    }
}

#[test]
fn every_text_says_what_fluent_says() {
    for language in [Language::English, Language::Welsh] {
        let fluent = Fluent::of(language);
        for number in NUMBERS {
            let samples = samples(language, number);
            assert!(samples.len() > 200, "{}", samples.len());
            for (id, ours) in samples {
                let said = fluent.said(id, number, &ours);
                assert_eq!(ours, said, "{language:?}, {id}, {number}");
            }
        }
    }
}

#[test]
fn no_text_holds_marks_that_readers_cannot_see() {
    for language in [Language::English, Language::Welsh] {
        for (id, text) in samples(language, 2) {
            let unseen = |c: char| {
                c.is_control()
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            };
            assert!(!text.contains(unseen), "{id}");
            assert_eq!(text.trim(), text, "{id}");
        }
    }
}

/// Names of themselves are the same in both languages, and words that are; every other text differs.
const ALIKE: [&str; 9] = [
    "console-panel",
    "console-person",
    "console-protocol",
    "console-target-person",
    "interval",
    "long-date",
    "long-moment",
    "long-month",
    "zone-utc",
];

#[test]
fn welsh_is_never_english_left_standing() {
    let [english, welsh] = [Language::English, Language::Welsh].map(|l| samples(l, 2));
    for ((id, english), (_, welsh)) in english.iter().zip(&welsh) {
        let month = calendar::Phrase::ALL
            .iter()
            .any(|p| p.say(Language::English) == english);
        assert!(english != welsh || ALIKE.contains(id) || month, "{id}");
    }
    let marking = summary::Phrase::Marking.say(Language::Welsh);
    assert!(marking.contains("OFFICIAL-SENSITIVE"), "{marking}");
}
