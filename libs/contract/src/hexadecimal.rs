//! Keys and hashes as text: the form that receipts, items, configurations and logs show them in.

/// Bytes as lower case hexadecimal digits.
pub fn write(bytes: &[u8]) -> String {
    let text = String::with_capacity(2 * bytes.len());
    bytes
        .iter()
        .fold(text, |text, byte| text + &format!("{byte:02x}"))
}

/// The bytes of hexadecimal digits, of either case; none for anything else.
pub fn read(text: &str) -> Option<Vec<u8>> {
    // Before the numbers are read: they would take a sign.
    let digits = text.bytes().all(|b| b.is_ascii_hexdigit());
    if !digits || !text.len().is_multiple_of(2) {
        return None;
    }
    let byte = |i| u8::from_str_radix(text.get(i..i + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_and_anything_else_is_none() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(read(&write(&bytes)), Some(bytes));
        assert_eq!(read(""), Some(Vec::new()));
        for bad in ["0", "+1", "zz", "é", "0x00"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
