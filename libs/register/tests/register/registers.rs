//! The register of the invented Cwm Derwen Council, with whatever such registers have. Everybody in it is invented.

use crate::support::row;

/// Its headings.
pub(crate) const HEADINGS: [&str; 25] = [
    "Ref",
    "Name",
    "DOB",
    "NHS No",
    "Case ref",
    "UPRN",
    "Address",
    "Date of incident",
    "What happened",
    "Warning",
    "Action",
    "Against",
    "Injury",
    "Risk",
    "Priority",
    "Source",
    "Review date",
    "About",
    "Household members",
    "Animal",
    "Told on",
    "Why not told",
    "Entered by",
    "Removed",
    "Notes",
];

type Cells<'c> = &'c [(&'c str, &'c str)];

/// A row in which nothing is missing.
const GOOD: Cells<'_> = &[
    ("Ref", "VP-001"),
    ("Name", "Idris Tegid-Invented"),
    ("DOB", "03/04/1979"),
    ("NHS No", "999 070 0001"),
    ("Date of incident", "11/09/2026"),
    ("What happened", "Shouted at the duty officer, and swore."),
    ("Warning", "Verbal abuse"),
    ("Action", "Two to visit; phone first"),
    ("Against", "Staff"),
    ("Injury", "No"),
    ("Risk", "Medium"),
    ("Priority", "Normal"),
    ("Source", "Seen by staff"),
    ("Review date", "16 March 2027"),
    ("About", "Person"),
    ("Told on", "14/09/2026"),
    ("Entered by", "Duty manager"),
];

/// The good row with other cells.
pub(crate) fn but(others: Cells<'_>) -> Vec<String> {
    let kept = GOOD
        .iter()
        .filter(|(heading, _)| others.iter().all(|(other, _)| other != heading));
    let cells: Vec<(&str, &str)> = kept.chain(others).copied().collect();
    row(&HEADINGS, &cells)
}

/// What is about no person.
const NOBODY: Cells<'_> = &[("Name", ""), ("DOB", ""), ("NHS No", "")];

fn of_a_place(others: Cells<'_>) -> Vec<String> {
    but(&[NOBODY, others].concat())
}

/// The whole register: two rows of title, the headings, and rows 4 to 36.
pub(crate) fn awkward() -> Vec<Vec<String>> {
    let mut rows = vec![
        vec!["Cwm Derwen Council: cautionary contacts. OFFICIAL-SENSITIVE".to_owned()],
        Vec::new(),
        HEADINGS.map(str::to_owned).to_vec(),
    ];
    rows.extend(about_people());
    rows.extend(about_places());
    rows.extend(twice_or_wrong());
    rows
}

fn about_people() -> Vec<Vec<String>> {
    vec![
        but(&[]),
        but(&[
            ("Ref", "VP-002"),
            ("NHS No", "9990700079"),
            ("Date of incident", ""),
            ("What happened", ""),
        ]),
        but(&[("Ref", "VP-003"), ("NHS No", "9990700141"), ("Action", "")]),
        but(&[
            ("Ref", "VP-004"),
            ("NHS No", "9990700214"),
            ("Review date", ""),
            ("Told on", ""),
        ]),
        but(&[
            ("Ref", "VP-005"),
            ("NHS No", "9990700281"),
            ("Review date", "1/2/2019"),
        ]),
        but(&[
            ("Ref", "VP-006"),
            ("NHS No", "9990700354"),
            ("Review date", "16/11/2026"),
        ]),
        but(&[
            ("Ref", "VP-007"),
            ("NHS No", "9990700427"),
            (
                "Warning",
                "DO NOT VISIT ALONE - dog bit Mrs Nobody-Invented",
            ),
            ("Action", "DO NOT VISIT ALONE – Dog; take a torch"),
        ]),
        but(&[
            ("Ref", "VP-008"),
            ("NHS No", "9990700494"),
            ("Warning", "Schizophrenic / known to CMHT"),
        ]),
        but(&[
            ("Ref", "VP-009"),
            ("NHS No", "9990700567"),
            ("Warning", "DNA"),
        ]),
        but(&[
            ("Ref", "VP-010"),
            ("NHS No", "9990700702"),
            ("DOB", "2/5/2023"),
        ]),
        but(&[
            ("Ref", "VP-011"),
            ("Name", "Olwen Tegid-Invented"),
            ("NHS No", ""),
            ("Case ref", "SC 4711"),
            ("Warning", "MH; dog; DNA"),
        ]),
        but(&[
            ("Ref", "VP-012"),
            ("Name", "Twm Nobody-Invented"),
            ("NHS No", ""),
        ]),
        but(&[
            ("Ref", "VP-013"),
            ("Name", "Nia Nobody-Invented"),
            ("NHS No", "9990700843"),
        ]),
        but(&[
            ("Ref", "VP-014"),
            ("NHS No", "9990700842"),
            ("DOB", "12/11/2026"),
        ]),
        but(&[
            ("Ref", "VP-015"),
            ("NHS No", "9990700915"),
            ("DOB", "3/4/79"),
        ]),
        but(&[
            ("Ref", "VP-016"),
            ("NHS No", "9990700982"),
            ("Date of incident", "Sept 2026"),
        ]),
        but(&[
            ("Ref", "VP-017"),
            ("NHS No", "9990701059"),
            ("Why not told", "He would take it out on his partner."),
        ]),
        but(&[
            ("Ref", "VP-018"),
            ("NHS No", "9990701121"),
            ("Review date", "30/05/28"),
        ]),
        but(&[
            ("Ref", "VP-019"),
            ("NHS No", "9990701199"),
            ("Removed", "moved away 2021"),
        ]),
    ]
}

fn about_places() -> Vec<Vec<String>> {
    vec![
        of_a_place(&[
            ("Ref", "PR-001"),
            ("About", ""),
            ("UPRN", "10099000001"),
            ("Address", "1 Invented Terrace"),
            ("Warning", "dog"),
        ]),
        of_a_place(&[
            ("Ref", "PR-002"),
            ("About", ""),
            ("Address", "2 Invented Terrace"),
            ("Warning", "dog"),
        ]),
        but(&[
            ("Ref", "PR-003"),
            ("NHS No", "9990701261"),
            ("About", "Property"),
            ("UPRN", "10099000003"),
        ]),
        of_a_place(&[
            ("Ref", "PR-004"),
            ("About", "Property"),
            ("UPRN", "10099000004"),
            ("Action", "No lone females"),
        ]),
        of_a_place(&[
            ("Ref", "HH-001"),
            ("About", "Household"),
            ("UPRN", "10099000005"),
            ("Household members", "9990701334; 999 070 1407"),
        ]),
        but(&[
            ("Ref", "HH-002"),
            ("NHS No", "9990701474"),
            ("About", "Family"),
            ("UPRN", "10099000006"),
        ]),
        but(&[
            ("Ref", "AN-001"),
            ("NHS No", "9990701547"),
            ("About", "Animal"),
            ("Animal", "Dog, large, brindle"),
            ("Address", "7 Invented Terrace"),
            ("Warning", "Dangerous dog"),
            ("Action", "Dog to be shut away; ask for the warden"),
        ]),
        of_a_place(&[("Ref", "AN-002"), ("About", "Animal"), ("Warning", "dog")]),
        row(&HEADINGS, &[("Ref", "NO-001")]),
    ]
}

fn twice_or_wrong() -> Vec<Vec<String>> {
    vec![
        but(&[
            ("Ref", "vp-001 "),
            ("NHS No", "9990701687"),
            ("Date of incident", "1/10/2026"),
        ]),
        but(&[
            ("Ref", "VP-020"),
            (
                "What happened",
                "The same again, as somebody else wrote it down.",
            ),
        ]),
        but(&[("Ref", ""), ("NHS No", "9990701822")]),
        but(&[
            ("Ref", "=HYPERLINK(\"http://example.org\")"),
            ("NHS No", "9990701962"),
            ("Name", "@SUM(A1)"),
        ]),
        but(&[
            ("Ref", "VP-022"),
            ("NHS No", "9990702039"),
            ("Risk", "Very bad"),
            ("About", "Person; property"),
        ]),
    ]
}
