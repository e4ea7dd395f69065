//! Two hundred texts that break a careless rendering: markup of every kind, characters that steer, scripts without a shape, words
//! without an end. Each is something that somebody may type, paste or send. The same list each time.

/// How many there are.
pub const COUNT: usize = 200;

/// What ends, opens or quotes something in HTML, CSS, JavaScript, JSON, Typst, LaTeX, Rust, a shell or a spreadsheet.
const MARKUP: &[&str] = &[
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "<!-- comment --> & &amp; &#x41; &lt;",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "]]><![CDATA[",
    "</p></li></ul></section></main></body></html>",
    "<?php echo 1 ?> <%= 1 %> {{ 7*7 }} ${7*7} #{7*7}",
    "\\3c /style\\3e ; } body { display: none }",
    "\"; content: \"x\" } @import url(//x);",
    "\"}",
    "\"}], \"x\": [{\"",
    "\\u0000 \\n \\\" \\\\ \\",
    "#include \"/etc/passwd\"",
    "#import \"@preview/x:1.0.0\": *",
    "#read(\"data.json\") #sys.inputs #panic()",
    "#eval(\"1 + 1\") #while true {}",
    "$ sum_(i=0)^n x $ *bold* _it_ `raw` = heading",
    "- list\n+ enum\n/ term: x <label> @label",
    "#[ ]( ) // comment /* comment */ ~ -- --- ... \\",
    "\\input{/etc/passwd} \\write18{ls} \\end{document}",
    "$$\\frac{1}{2}$$ % comment ^_{}",
    "=1+1",
    "=HYPERLINK(\"http://x\",\"y\")",
    "+SUM(A1:A9)",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "a,b;c\td\"e\"\r\nf",
    "%s %n %d {} {0} {:?}",
    "$(rm -rf /) `id` ; | && > <",
    "'; DROP TABLE people; --",
    "javascript:alert(1) data:text/html,x file:///etc",
    "DON'T READ OUT [e1] ** STALE **",
    "OFFICIAL-SENSITIVE · page 1 of 1",
    "e1 = 0101, Police, 1 January 2027; may be told to the family",
    "“quoted” ‘quoted’ «quoted» \"quoted\" 'quoted'",
];

/// Characters that steer, hide, join, stack, or have no shape in most typefaces.
const CHARACTERS: &[&str] = &[
    "\u{202E}detrevni\u{202C}",
    "\u{2066}isolated\u{2069} \u{2067}turned",
    "\u{200E}left\u{200F}right\u{061C}mark",
    "nul\u{0}inside",
    "\u{1b}[2J\u{1b}[31mred\u{7}",
    "a\u{8}b\u{c}c\u{b}d\u{7f}e\u{85}f\u{9b}g",
    "line\u{2028}separator\u{2029}paragraph",
    "\u{feff}mark in front",
    "zero\u{200b}width\u{200c}and\u{200d}joined\u{2060}words",
    "soft\u{ad}hy\u{ad}phens",
    "nobreak\u{a0}space\u{202f}narrow\u{3000}wide",
    "\u{fdd0}noncharacter\u{fdd1}pair\u{ffff}\u{10ffff}",
    "\u{fff9}anchor\u{fffa}hidden\u{fffb}",
    "private \u{e000}\u{f8ff}\u{f0000}\u{10fffd} use",
    "\u{fffd} replaced",
    "e\u{301}e\u{300}w\u{302}y\u{302} combined",
    "Z\u{351}\u{36b}\u{343}\u{36a}\u{302}a\u{352}\u{350}l\u{369}g\u{33f}o\u{306}",
    "\u{301}begins combined",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦 family",
    "🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f} flag",
    "1\u{fe0f}\u{20e3} ❤\u{fe0f} ☎\u{fe0e}",
    "🐕 👍🏽 🇬🇧",
    "ŵ ŷ Ŵ Ŷ â ê î ô û ï ẁ ẃ ẅ ỳ ÿ",
    "Siân Llŷr ap Gwŷdd-Ŵyr",
    "Żółć, Çağlar, Nguyễn, Þór, Æsa, Straße",
    "Ελένη Иван Հայ ქართული",
    "العربية مكتوبة من اليمين",
    "עברית כתובה מימין",
    "اردو میں نستعلیق",
    "中文字符與漢字",
    "ひらがなとカタカナ",
    "한국어 문장",
    "हिन्दी में क्षत्रिय",
    "বাংলা ভাষায়",
    "ภาษาไทยไม่มีช่องว่าง",
    "தமிழ் எழுத்து",
    "አማርኛ ፊደል",
    "ᚠᚢᚦᚨᚱᚲ 𐍈 𝔉𝔯𝔞𝔨 𒀀",
    "① ½ ⅓ № ™ ∞ ≠ ≤ √ π € £ ₿",
    "ﬁ ﬂ ǆ ĳ ŉ ﷺ",
];

/// The texts, each once, none blank.
pub fn texts() -> Vec<String> {
    let mut texts: Vec<String> = MARKUP
        .iter()
        .chain(CHARACTERS)
        .map(|t| (*t).into())
        .collect();
    texts.extend(long());
    let single = texts.len();
    // The rest are pairs: what is harmless alone may not be so after another.
    for i in 0..COUNT.saturating_sub(single) {
        let (first, second) = (i * 7 % single, (i * 13 + i / single + 5) % single);
        let pair = format!("{} {}", short(&texts[first]), short(&texts[second]));
        texts.push(pair);
    }
    texts
}

/// Words and texts that don't end.
fn long() -> Vec<String> {
    vec![
        "a".repeat(16 * 1024),
        "W".repeat(4 * 1024),
        "ŵ".repeat(2 * 1024),
        "漢".repeat(1024),
        "\u{301}".repeat(512),
        format!("https://x.example/{}", "%41/".repeat(200)),
        "x ".repeat(4 * 1024),
        format!("a{}b", " ".repeat(4 * 1024)),
        format!("a{}b", "\n".repeat(1024)),
        format!("{}x{}", "(".repeat(512), ")".repeat(512)),
        "<b>".repeat(512),
        "\"".repeat(1024),
        "\\".repeat(1024),
        "#[".repeat(512),
        "-".repeat(1024),
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch".into(),
    ]
}

/// So much of a text as a pair holds.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_two_hundred_and_no_two_alike() {
        let texts = texts();
        let different: BTreeSet<&String> = texts.iter().collect();
        assert_eq!((texts.len(), different.len()), (COUNT, COUNT));
        assert!(texts.iter().all(|t| !t.trim().is_empty()));
    }
}
