//! Keys and hashes as text.

/// Bytes in hexadecimal.
pub(crate) fn write(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// 32 bytes of 64 hexadecimal digits.
pub(crate) fn key(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let byte = |i| u8::from_str_radix(text.get(i..i + 2)?, 16).ok();
    let bytes: Vec<u8> = (0..64).step_by(2).map(byte).collect::<Option<_>>()?;
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_and_anything_else_is_none() {
        let bytes: Vec<u8> = (0..32).collect();
        assert_eq!(key(&write(&bytes)).unwrap().to_vec(), bytes);
        for bad in [
            "",
            "00",
            &"+1".repeat(32),
            &"zz".repeat(32),
            &"é".repeat(32),
        ] {
            assert_eq!(key(bad), None, "{bad}");
        }
    }
}
