//! The seeded load: events with audiences, redacted copies and person mentions. Same seed, same events.

/// Agencies of the board; also the audiences.
pub const AGENCIES: u8 = 12;

/// A keyed hash of a strong identifier.
pub type IdHash = [u8; 16];

/// A person as one event names it.
pub struct Mention {
    /// The person's label inside the event.
    pub label: u8,
    /// Hashes of the strong identifiers given.
    pub identifiers: Vec<IdHash>,
}

/// One copy of the content, as the audiences with that set of groups may see it.
pub struct Redacted {
    /// The set of field groups.
    pub groups: u16,
    /// The audiences that get it, one bit each.
    pub audiences: u64,
    /// What is left of the content.
    pub content: String,
}

/// One admitted event, already decided.
pub struct Event {
    /// Place in the board's order.
    pub position: u64,
    /// Agency that published it.
    pub originator: u8,
    /// Distinct redacted copies.
    pub copies: Vec<Redacted>,
    /// Persons named.
    pub mentions: Vec<Mention>,
}

impl Event {
    /// Every audience that gets anything.
    pub fn audiences(&self) -> u64 {
        self.copies
            .iter()
            .fold(0, |mask, copy| mask | copy.audiences)
    }
}

/// splitmix64: enough for a load, and no dependency.
pub struct Draw(u64);

impl Draw {
    /// Starts a sequence.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// Uniform below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(bound)) >> 64) as u64
    }

    /// A person, Zipf-like with exponent 0.6: at a million events the heaviest has thousands, most a few.
    #[allow(clippy::cast_sign_loss, reason = "the draw lies in [0, 1)")]
    pub fn person(&mut self, persons: u64) -> u64 {
        let unit = (self.bits() >> 11) as f64 / (1u64 << 53) as f64;
        ((persons as f64 * unit * unit * unit.sqrt()) as u64).min(persons - 1)
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The hash of a person's `which`-th strong identifier: spread evenly, as a keyed hash is.
pub fn identifier(person: u64, which: u64) -> IdHash {
    let mut hash = IdHash::default();
    hash[..8].copy_from_slice(&mix(person * 2 + which + 1).to_be_bytes());
    hash[8..].copy_from_slice(&mix(!(person * 2 + which)).to_be_bytes());
    hash
}

/// The event at a position.
pub fn event(draw: &mut Draw, position: u64, persons: u64) -> Event {
    Event {
        position,
        originator: draw.below(u64::from(AGENCIES)) as u8,
        copies: copies(draw),
        mentions: mentions(draw, persons),
    }
}

/// Each agency is a recipient with one chance in three: four on average, at least one.
fn audiences(draw: &mut Draw) -> u64 {
    let drawn = (0..AGENCIES)
        .filter(|_| draw.below(3) == 0)
        .fold(0, |mask, a| mask | 1 << a);
    if drawn == 0 {
        1 << draw.below(u64::from(AGENCIES))
    } else {
        drawn
    }
}

fn copies(draw: &mut Draw) -> Vec<Redacted> {
    let all = audiences(draw);
    let first = all & draw.bits();
    let split = draw.below(3) > 0;
    let masks = if split && first != 0 && first != all {
        vec![first, all & !first]
    } else {
        vec![all]
    };
    masks
        .into_iter()
        .map(|audiences| redacted(draw, audiences))
        .collect()
}

fn redacted(draw: &mut Draw, audiences: u64) -> Redacted {
    let length = 400 + draw.below(301) as usize;
    let mut content = String::with_capacity(length + 8);
    while content.len() < length {
        content.extend(
            draw.bits()
                .to_le_bytes()
                .map(|byte| char::from(b'a' + byte % 26)),
        );
    }
    content.truncate(length);
    Redacted {
        groups: draw.below(4096) as u16,
        audiences,
        content,
    }
}

/// One to three persons, 1.5 on average, each with one or two identifiers, 1.5 on average.
fn mentions(draw: &mut Draw, persons: u64) -> Vec<Mention> {
    let count = match draw.below(10) {
        0..=5 => 1,
        6..=8 => 2,
        _ => 3,
    };
    let mut drawn: Vec<u64> = (0..count).map(|_| draw.person(persons)).collect();
    drawn.sort_unstable();
    drawn.dedup();
    let label = |(at, person): (usize, u64)| Mention {
        label: at as u8,
        identifiers: (0..=draw.below(2))
            .map(|which| identifier(person, which))
            .collect(),
    };
    drawn.into_iter().enumerate().map(label).collect()
}
