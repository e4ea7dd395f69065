//! What no text says (PRACTICE, section 1): that a visit is safe.

const CHECKS: [(&str, &str, &str); 2] = [
    (
        include_str!("../../locales/en/check.ftl"),
        "safe",
        "This does not say that a visit is safe.",
    ),
    (
        include_str!("../../locales/cy/check.ftl"),
        "ddiogel",
        "Nid yw hyn yn dweud bod ymweliad yn ddiogel.",
    ),
];

#[test]
fn the_check_says_known_to_you_and_when_and_never_safe() {
    for (file, safe, denial) in CHECKS {
        let texts = file.lines().filter(|line| !line.starts_with('#'));
        let texts: Vec<&str> = texts.collect();
        let said: Vec<&&str> = texts.iter().filter(|text| text.contains(safe)).collect();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].ends_with(denial) && said[0].contains("{ $at }"));
    }
}
