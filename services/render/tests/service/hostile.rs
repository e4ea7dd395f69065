//! Whatever people type comes out on paper as itself, as far as the font has shapes, and nothing ends the page.

use diogel_contract::v1;
use diogel_domain::legible;

use crate::support::{Site, morgan, point, written};

/// Texts on one document.
const TOGETHER: usize = 10;

/// A page with the texts in lines, cells, points of the timeline, and the first of them in every other place.
fn page(texts: &[String]) -> v1::Document {
    let mut document = morgan("cy");
    let lines: Vec<v1::DocumentLine> = texts.iter().map(|t| point(t)).collect();
    let rows = lines.iter().map(|line| v1::DocumentRow {
        cells: vec![line.clone(), point("x")],
    });
    let first = &texts[0];
    let timeline = document.timeline.as_mut().unwrap();
    timeline.alt = Some(written(first));
    timeline.points[1].what = lines.last().cloned();
    document.sections[3].table.as_mut().unwrap().rows = rows.collect();
    document.sections[2].lines.extend(lines);
    document.title = Some(written(first));
    document.every_page.as_mut().unwrap().rendering = Some(written(&texts[1]));
    document.key[0].agency = Some(written(first));
    document.footer.push(written(first));
    document.head[0].value = Some(written(first));
    document
}

/// The runs of letters that Liberation Sans has shapes for. A letter under a mark isn't asked for: both may be one shape.
fn shaped(text: &str) -> Vec<String> {
    let latin = |c: char| matches!(c, ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{17F}');
    let mark = |c: char| matches!(c, '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}');
    let mut runs = vec![String::new()];
    for c in legible::clean(text).chars() {
        let run = runs.last_mut().unwrap();
        if latin(c) {
            run.push(c);
            continue;
        }
        if mark(c) {
            run.pop();
        }
        runs.push(String::new());
    }
    let runs = runs.iter().map(|run| run.split(' ').collect());
    runs.filter(|run: &String| !run.is_empty()).collect()
}

#[tokio::test]
async fn p12_what_people_wrote_comes_out_as_itself_on_paper() {
    let mut service = Site::new().start().await;
    for texts in diogel_hostile::texts().chunks(TOGETHER) {
        let rendered = service.render(&page(texts)).await.unwrap();
        let seen = rendered.body().replace('\u{200B}', "");
        let seen: String = seen.split_whitespace().collect();
        for text in texts {
            for run in shaped(text) {
                assert!(seen.contains(&run), "{run:?} of {text:?}");
            }
        }
    }
}
