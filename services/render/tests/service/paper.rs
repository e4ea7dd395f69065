//! What is on paper.

use crate::support::{Site, morgan, point};

#[tokio::test]
async fn a_page_is_tagged_titled_dated_and_in_its_language() {
    let mut service = Site::new().start().await;
    for (language, title, words) in [
        (
            "en",
            "Summary before a meeting: Elin Morgan, 7",
            "4. Hostility and resistance",
        ),
        (
            "cy",
            "Crynodeb cyn cyfarfod: Elin Morgan, 7",
            "4. Gelyniaeth a gwrthwynebiad",
        ),
    ] {
        let rendered = service.render(&morgan(language)).await.unwrap();
        let info = rendered.poppler("pdfinfo", &["-isodates"]);
        for said in [
            &format!("Title:           {title}"),
            "Tagged:          yes",
            "CreationDate:    2027-03-03T09:00:00",
            "JavaScript:      no",
            "Page size:       595.276 x 841.89 pts (A4)",
        ] {
            assert!(info.contains(said), "{said} is not in {info}");
        }
        let lang = format!("/Lang({language})");
        for said in [lang.as_str(), "<pdfuaid:part>1<"] {
            assert!(contains(&rendered.pdf, said.as_bytes()), "{said}");
        }
        assert!(rendered.body().contains(words));
    }
}

fn contains(file: &[u8], bytes: &[u8]) -> bool {
    file.windows(bytes.len()).any(|part| part == bytes)
}

#[tokio::test]
async fn every_page_says_what_it_is_for_whom_why_when_and_how_to_handle_it() {
    let mut service = Site::new().start().await;
    let mut document = morgan("en");
    for _ in 0..3 {
        let again = document.sections.clone();
        document.sections.extend(again);
    }
    let rendered = service.render(&document).await.unwrap();
    assert!(rendered.pages > 3);
    for number in 1..=rendered.pages {
        let page = rendered.page(number);
        for said in [
            "OFFICIAL-SENSITIVE · FOR THE CHAIR",
            "Summary before a meeting: Elin Morgan, 7",
            "Cwm Derwen Council · Multi-agency meeting · 3 March 2027, 09:00",
            "For this recipient and purpose only; don't copy it or forward it.",
            &format!("page {number} of {}", rendered.pages),
        ] {
            assert!(page.contains(said), "page {number} lacks {said}: {page}");
        }
    }
}

#[tokio::test]
async fn the_same_document_gives_the_same_bytes() {
    let mut service = Site::new().start().await;
    let first = service.render(&morgan("cy")).await.unwrap();
    let other = service.render(&morgan("en")).await.unwrap();
    let again = service.render(&morgan("cy")).await.unwrap();
    assert!(first.pdf == again.pdf && first.pdf != other.pdf);
    let mut elsewhere = Site::new().start().await;
    let elsewhere = elsewhere.render(&morgan("cy")).await.unwrap();
    assert!(first.pdf == elsewhere.pdf);
}

#[tokio::test]
async fn marks_events_tables_and_the_timeline_are_read_with_the_text() {
    let mut service = Site::new().start().await;
    let rendered = service.render(&morgan("en")).await.unwrap();
    let body = rendered.body();
    for said in [
        "DON'T READ OUT “I go behind the chair when Brân comes in.”",
        "OVERDUE UNLESS DONE Dog kept away from Elin",
        "[e2, e6, e8]",
        "e1 = 0101, Oak Tree School, 11 September 2026; not to be told to the family",
        "What happened when",
    ] {
        assert!(body.contains(said), "{said} is not in {body}");
    }
    let structure = rendered.poppler("pdfinfo", &["-struct-text"]);
    for tag in [
        "Document", "H1", "H2", "L", "LI", "LBody", "Table", "THead", "TH", "TD", "Figure", "Link",
    ] {
        let mut opens = structure.lines().map(str::trim_start);
        let opens = opens.any(|line| line.split([' ', '"', ':']).next() == Some(tag));
        assert!(opens, "{tag} is not in {structure}");
    }
}

#[tokio::test]
async fn what_has_no_shape_is_owned_up_to() {
    let mut service = Site::new().start().await;
    let mut document = morgan("en");
    let shown = service.render(&document).await.unwrap().body();
    assert!(!shown.contains('□'));
    document.sections[0].lines.push(point("她说 she said"));
    let rendered = service.render(&document).await.unwrap().body();
    assert!(rendered.contains("□□ she said"), "{rendered}");
    assert!(rendered.contains("□ stands for a character"), "{rendered}");
}
