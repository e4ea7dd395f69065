//! The chair's page beside the room's: which of its lines the professionals' page lacks, and while who attends. Found by making the
//! pages themselves, never by guessing what a line would need: what is said of them is what they say.

use std::collections::BTreeSet;

use diogel_domain::ids::AgencyId;

use crate::{
    Document, Kept, Line, LineKind, Mark, Rendering, Section, Setting, Source, Topic, case::Case,
    document_of, sections,
};

/// Who sits at the table, and what of the sources each may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// As everybody at the table may see them.
    pub everybody: Vec<Source>,
    /// As each agency that attends may see them, beside the reader.
    pub each: Vec<(AgencyId, Vec<Source>)>,
}

/// Makes the chair's page: all that the reader may see, each line with whom the room's page keeps it from.
pub fn summarise_for_chair(setting: &Setting, sources: &[Source], room: &Room) -> Document {
    let setting = &Setting {
        rendering: Rendering::Chair,
        ..setting.clone()
    };
    let case = Case::new(setting, sources);
    let mut sections = sections::all(&case);
    let everybody = Page::of(setting, &room.everybody);
    let each = room.each.iter().filter_map(|(agency, sources)| {
        let kept = Kept {
            agency: agency.clone(),
            letter: letter(setting, agency)?,
        };
        Some((kept, Page::of(setting, sources)))
    });
    let each: Vec<(Kept, Page)> = each.collect();
    // Whether to exclude somebody is for the chair, whoever sits there.
    let shared = sections.iter_mut().filter(|s| s.topic != Topic::Exclusion);
    for section in shared {
        let topic = section.topic;
        let points = section
            .lines
            .iter_mut()
            .filter(|line| line.kind == LineKind::Point && !line.marks.contains(&Mark::ChairOnly));
        for line in points {
            if everybody.says(topic, line) {
                continue;
            }
            let lacking = each.iter().filter(|(_, page)| !page.says(topic, line));
            line.kept_from = lacking.map(|(kept, _)| kept.clone()).collect();
            if line.kept_from.is_empty() {
                line.marks.insert(Mark::ChairOnly);
            }
        }
    }
    let sections = sections::for_chair(&case, sections);
    document_of(&case, sections)
}

/// By which letter the chair's page calls an agency that attends: A is the first.
pub(crate) fn letter(setting: &Setting, agency: &AgencyId) -> Option<char> {
    let mut attending = ('A'..='Z').zip(&setting.attending);
    let own = attending.find(|(_, attends)| *attends == agency);
    own.map(|(letter, _)| letter)
}

/// What a page says, line by line.
struct Page(BTreeSet<(Topic, String)>);

impl Page {
    fn of(setting: &Setting, sources: &[Source]) -> Self {
        let case = Case::new(setting, sources);
        let sections = sections::all(&case);
        let lines = sections.iter().flat_map(lines_of);
        Self(lines.collect())
    }

    fn says(&self, topic: Topic, line: &Line) -> bool {
        self.0.contains(&(topic, line.text.to_string()))
    }
}

fn lines_of(section: &Section) -> impl Iterator<Item = (Topic, String)> {
    let lines = section.lines.iter();
    lines.map(|line| (section.topic, line.text.to_string()))
}
