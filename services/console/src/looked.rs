//! When somebody looked at a meeting last, so that what is new since then is marked. Kept by their browser alone, in one cookie: the
//! console holds nothing but sessions. Of whom and of which meeting stands there as a hash; it opens nothing, and whoever changes it
//! changes marks on their own page.

use axum::http::{HeaderMap, HeaderValue, header};
use ring::digest::{SHA256, digest};
use tower_sessions::cookie::{Cookie, SameSite, time::Duration};

/// The cookie's name.
const NAME: &str = "__Host-diogel-looked";
/// Meetings that it holds.
const MOST: usize = 40;
/// Looks within so many seconds are one: who turns pages or prints hasn't looked twice.
const ONE_LOOK: i64 = 30 * 60;
/// How long it is kept.
const KEPT: Duration = Duration::days(200);

/// One meeting, looked at by one person.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    of: String,
    /// The look before the last, in seconds of Unix time; 0: there was none.
    before: i64,
    last: i64,
}

/// What a browser says.
#[derive(Debug, Default)]
pub(crate) struct Looked(Vec<Entry>);

impl Looked {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let all = headers.get_all(header::COOKIE).iter();
        let all = all.filter_map(|value| value.to_str().ok());
        let mut all = all.flat_map(Cookie::split_parse).filter_map(Result::ok);
        let found = all.find(|cookie| cookie.name() == NAME);
        let entries = found.map_or_else(Vec::new, |cookie| {
            let entries = cookie.value().split('.').filter_map(read);
            entries.take(MOST).collect()
        });
        Self(entries)
    }

    /// Notes a look now, and says when the one before was, in seconds of Unix time; none: this is the first.
    pub(crate) fn look(&mut self, subject: &str, event: &str, now: i64) -> Option<i64> {
        let of = name(subject, event);
        let known = self.0.iter().position(|entry| entry.of == of);
        let entry = known.map(|at| self.0.remove(at));
        let entry = match entry {
            Some(entry) if now.saturating_sub(entry.last) < ONE_LOOK => entry,
            Some(entry) => Entry {
                before: entry.last,
                last: now,
                of,
            },
            None => Entry {
                before: 0,
                last: now,
                of,
            },
        };
        let before = entry.before;
        self.0.insert(0, entry);
        self.0.truncate(MOST);
        (before > 0).then_some(before)
    }

    /// The header by which the browser keeps it.
    pub(crate) fn kept(&self) -> Option<HeaderValue> {
        let entries = self.0.iter().map(|entry| {
            let Entry { of, before, last } = entry;
            format!("{of}-{before}-{last}")
        });
        let value = entries.collect::<Vec<_>>().join(".");
        let cookie = Cookie::build((NAME, value))
            .path("/")
            .http_only(true)
            .secure(true)
            .same_site(SameSite::Lax)
            .max_age(KEPT);
        HeaderValue::from_str(&cookie.build().to_string()).ok()
    }
}

/// Whom and what, so that only who knows both can tell.
fn name(subject: &str, event: &str) -> String {
    let hash = digest(&SHA256, format!("{subject}\n{event}").as_bytes());
    let start = hash.as_ref().first_chunk().copied().unwrap_or_default();
    format!("{:016x}", u64::from_be_bytes(start))
}

fn read(text: &str) -> Option<Entry> {
    let mut parts = text.split('-');
    let (of, before, last) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = of.len() == 16 && of.bytes().all(|b| b.is_ascii_hexdigit());
    let seconds = |text: &str| text.parse().ok().filter(|s| (0..=1 << 40).contains(s));
    (whole && parts.next().is_none()).then_some(Entry {
        of: of.to_owned(),
        before: seconds(before)?,
        last: seconds(last)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(looked: &Looked) -> Looked {
        let kept = looked.kept().unwrap();
        let text = kept.to_str().unwrap().split(';').next().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(text).unwrap());
        Looked::of(&headers)
    }

    #[test]
    fn a_second_look_says_when_the_first_was_and_turning_pages_is_no_look() {
        let mut looked = Looked::default();
        assert_eq!(looked.look("s1", "m1", 1_000_000), None);
        let mut looked = again(&looked);
        assert_eq!(looked.look("s1", "m1", 1_000_060), None, "the same look");
        let mut looked = again(&looked);
        assert_eq!(looked.look("s1", "m1", 1_090_000), Some(1_000_000));
        assert_eq!(looked.look("s1", "m1", 1_090_100), Some(1_000_000));
        assert_eq!(looked.look("s2", "m1", 1_090_100), None, "another person");
        assert_eq!(looked.look("s1", "m2", 1_090_100), None, "another meeting");
    }

    #[test]
    fn what_a_browser_makes_up_changes_nothing_but_its_own_marks() {
        for made_up in ["", "x", "-", "....", "zz-1-2", "0123456789abcdef-9-x-1"] {
            let mut headers = HeaderMap::new();
            let cookie = format!("{NAME}={made_up}");
            headers.insert(header::COOKIE, HeaderValue::from_str(&cookie).unwrap());
            assert!(Looked::of(&headers).0.is_empty(), "{made_up}");
        }
    }

    #[test]
    fn it_stays_small() {
        let mut looked = Looked::default();
        for meeting in 0..100 {
            looked.look("s1", &meeting.to_string(), 2_000_000_000 + meeting);
        }
        assert_eq!(again(&looked).0.len(), MOST);
        assert!(looked.kept().unwrap().len() < 2_500);
    }
}
