//! Bytes → SHA-256 in hexadecimal.

use std::io::{self, Read, Write};

use sha2::{Digest as _, Sha256};

/// What has been written so far, as its SHA-256.
#[derive(Clone, Debug, Default)]
pub struct Digest(Sha256);

impl Digest {
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// 64 digits in lower case.
    pub fn hex(self) -> String {
        let digit = |nibble: u8| char::from_digit(nibble.into(), 16).expect("a nibble is below 16");
        let bytes = self.0.finalize();
        bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }
}

impl Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A reader or a writer, and the digest of what has gone through it.
pub struct Digested<R> {
    inner: R,
    pub digest: Digest,
}

impl<R> Digested<R> {
    pub fn new(inner: R) -> Digested<R> {
        Digested { inner, digest: Digest::default() }
    }
}

impl<R: Read> Read for Digested<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.digest.add(&buffer[..count]);
        Ok(count)
    }
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.digest.add(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> String {
    let mut digest = Digest::default();
    digest.add(bytes);
    digest.hex()
}

/// SHA-256 of everything `reader` gives.
pub fn sha256_of(mut reader: impl Read) -> io::Result<String> {
    let mut digest = Digest::default();
    io::copy(&mut reader, &mut digest)?;
    Ok(digest.hex())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_published_one() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), expected);
        assert_eq!(sha256_of(&b"abc"[..]).unwrap(), expected);
        let mut reader = Digested::new(&b"abc"[..]);
        let mut writer = Digested::new(Vec::new());
        assert_eq!(io::copy(&mut reader, &mut writer).unwrap(), 3);
        assert_eq!([reader.digest.hex(), writer.digest.hex()], [expected; 2]);
    }
}
