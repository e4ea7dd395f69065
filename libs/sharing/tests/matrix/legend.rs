//! The signs of the matrix, and its words. Each list is matched without a wildcard: what is new has to be given a sign.

use diogel_domain::{codes::Language, content::Matter};
use diogel_sharing::{groups::FieldGroup, why::Why};

/// What stands in a room for a group that is given, and for one that isn't.
pub const ROOM: (char, char) = ('+', '_');

/// The sign of a reason. Capitals: given.
pub const fn glyph(why: Why) -> char {
    match why {
        Why::Originator => 'O',
        Why::Flow => 'F',
        Why::Emergency => 'E',
        Why::NotAnActiveAgency => 'x',
        Why::OriginatorOnly => 'o',
        Why::NotGranted => '.',
        Why::Withheld => 'w',
        Why::Narrowed => 'n',
        Why::Withdrawn => 'd',
        Why::Expired => 'u',
        Why::NoFlow => '-',
        Why::NotSigned => 's',
        Why::NotValidThen => 'v',
        Why::ReviewOver => 'r',
        Why::NotReached => 'b',
        Why::NotInvolved => 'i',
        Why::ClaimNotConfirmed => 'c',
        Why::NotAttending => 'a',
    }
}

/// What a block is headed with.
pub const fn title(matter: Matter) -> &'static str {
    match matter {
        Matter::Incident => "Incident",
        Matter::HazardAlert => "Hazard alert",
        Matter::Escalation => "Escalation",
        Matter::Correction => "Correction",
        Matter::Involvement => "Involvement",
        Matter::Meeting => "Meeting",
        Matter::AccessRequest => "Request for access",
        Matter::SharingDecision => "Decision about sharing",
        Matter::EmergencyDisclosure => "Emergency disclosure",
        Matter::SafetyPlan => "Safety plan",
        Matter::Contact => "Contact",
        Matter::EngagementNeeds => "Engagement needs",
        Matter::Advocacy => "Advocacy",
        Matter::ChangeClaimed => "Claimed change",
        Matter::Strength => "Strength",
        Matter::InformationRequest => "Request for information",
        Matter::Step => "Step",
    }
}

/// The letter of a group, as it stands above each cell.
pub const fn letter(group: FieldGroup) -> char {
    match group {
        FieldGroup::Existence => 'E',
        FieldGroup::Safety => 'S',
        FieldGroup::Identity => 'I',
        FieldGroup::Narrative => 'N',
        FieldGroup::Place => 'P',
        FieldGroup::Worker => 'W',
        FieldGroup::Reporter => 'R',
        FieldGroup::Voice => 'V',
        FieldGroup::Health => 'H',
        FieldGroup::Criminal => 'C',
        FieldGroup::Plan => 'L',
        FieldGroup::Dispute => 'D',
        FieldGroup::Precautions => 'K',
        FieldGroup::Topic => 'T',
    }
}

/// The head of the text.
pub fn legend() -> String {
    let groups = FieldGroup::ALL
        .map(|g| format!("{} {}", letter(g), g.code()))
        .join(", ");
    let reasons = Why::ALL.iter().map(|why| {
        let words = why.label(Language::English);
        format!("  {}  {words}\n", glyph(*why))
    });
    let (given, not) = ROOM;
    format!(
        "WHO SEES WHAT\n\n\
         A line is a recipient; a column, an audience as the originator set it; a cell has a sign for each group, in this order:\n  \
         {groups}.\n\
         A capital: the recipient gets the group. Anything else: why it doesn't.\n{}  {given}  in a room: given ({not}: not)\n\n\
         The council publishes; everybody who signs has signed protocol T-01 v1 (protocol.toml). Groups aren't named in the audience,\n\
         so that what is protected (P W R V) isn't granted; in the last column all are. What makes no difference is one line:\n\
         times, purposes, handling codes and recipients for whom the cells are the same are named together.\n",
        reasons.collect::<String>(),
    )
}
