//! The ways in which the parts of a PDF are packed, unpacked piece by piece: so that it is known
//! how large they become without keeping them.

use flate2::read::{DeflateDecoder, ZlibDecoder};
use memchr::memmem;
use std::io::{BufRead, BufReader, Bytes, Cursor, Read};

/// A way of packing that can make something small large. Those for pictures are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackingFilter {
    Flate,
    Lzw { is_early: bool },
    RunLength,
    Ascii85,
    AsciiHex,
}

/// How a part says that it is packed, the outermost way first. `None` where it does not say so in
/// its own words: the file may say it elsewhere.
pub fn filters(description: &[u8]) -> Option<Vec<PackingFilter>> {
    let at = memmem::find(description, b"/Filter")?;
    let value = description.get(at + b"/Filter".len()..)?;
    let value = value.trim_ascii_start();
    let value = match value.first()? {
        b'[' => value.split(|byte| *byte == b']').next()?,
        b'/' => {
            let name = value.get(1..)?;
            let end = name.iter().position(|byte| is_name_end(*byte));
            value.get(..end.map_or(value.len(), |end| end + 1))?
        }
        _ => return None,
    };
    let is_early = memmem::find(description, b"/EarlyChange 0").is_none();
    let names = value.split(|byte| *byte == b'/').skip(1);
    let known = names.map(|name| filter(&unescaped(name), is_early));
    Some(known.map_while(|filter| filter).collect())
}

fn is_name_end(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b"/[]<>()%".contains(&byte)
}

fn filter(name: &[u8], is_early: bool) -> Option<PackingFilter> {
    Some(match name {
        b"FlateDecode" | b"Fl" => PackingFilter::Flate,
        b"LZWDecode" | b"LZW" => PackingFilter::Lzw { is_early },
        b"RunLengthDecode" | b"RL" => PackingFilter::RunLength,
        b"ASCII85Decode" | b"A85" => PackingFilter::Ascii85,
        b"ASCIIHexDecode" | b"AHx" => PackingFilter::AsciiHex,
        _ => return None,
    })
}

/// A name up to its end, with `#41` as A.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = name
        .split(|byte| is_name_end(*byte))
        .next()
        .unwrap_or_default();
    while let Some((first, more)) = rest.split_first() {
        let code = more.get(..2).filter(|_| *first == b'#');
        let code = code.and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(code) => {
                out.push(code);
                rest = more.get(2..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = more;
            }
        }
    }
    out
}

/// Unpacks what was packed in one way.
pub fn unpacked<'a>(filter: PackingFilter, packed: Box<dyn Read + 'a>) -> Box<dyn Read + 'a> {
    let bytes = |packed: Box<dyn Read + 'a>| BufReader::new(packed).bytes();
    match filter {
        PackingFilter::Flate => inflated(packed),
        PackingFilter::Lzw { is_early } => Stepwise::boxed(Lzw::new(bytes(packed), is_early)),
        PackingFilter::RunLength => Stepwise::boxed(RunLength(bytes(packed))),
        PackingFilter::Ascii85 => Stepwise::boxed(Ascii85(bytes(packed))),
        PackingFilter::AsciiHex => Stepwise::boxed(AsciiHex(bytes(packed))),
    }
}

/// With the head that belongs there, or without one, as some files have it.
fn inflated<'a>(mut packed: Box<dyn Read + 'a>) -> Box<dyn Read + 'a> {
    let mut head = [0; 2];
    let got = read_up_to(&mut packed, &mut head);
    let head = head.get(..got).unwrap_or_default();
    let is_zlib = is_zlib(head);
    let whole = Cursor::new(head.to_vec()).chain(packed);
    match is_zlib {
        true => Box::new(ZlibDecoder::new(whole)),
        false => Box::new(DeflateDecoder::new(whole)),
    }
}

/// Fills as much as there is.
pub fn read_up_to(reader: &mut dyn Read, into: &mut [u8]) -> usize {
    let mut count = 0;
    while let Some(rest) = into.get_mut(count..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(more @ 1..) => count += more,
            _ => break,
        }
    }
    count
}

/// Whether something begins like what zlib has packed.
pub fn is_zlib(head: &[u8]) -> bool {
    let &[first, second] = head else {
        return false;
    };
    // The method is 8, and both bytes together are a multiple of 31 (RFC 1950).
    first & 0x8f == 8 && u16::from_be_bytes([first, second]).is_multiple_of(31)
}

/// A way of packing, one step at a time.
trait UnpackStep {
    /// Unpacks a little more; `None` at the end, and where it is damaged.
    fn step(&mut self, out: &mut Vec<u8>) -> Option<()>;
}

/// Steps as something that can be read.
struct Stepwise<S> {
    steps: S,
    ready: Vec<u8>,
    at: usize,
}

impl<'a, S: UnpackStep + 'a> Stepwise<S> {
    fn boxed(steps: S) -> Box<dyn Read + 'a> {
        Box::new(Stepwise {
            steps,
            ready: Vec::new(),
            at: 0,
        })
    }
}

impl<S: UnpackStep> BufRead for Stepwise<S> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        const ENOUGH: usize = 8 << 10;
        if self.at >= self.ready.len() {
            (self.at, self.ready) = (0, std::mem::take(&mut self.ready));
            self.ready.clear();
            while self.ready.len() < ENOUGH && self.steps.step(&mut self.ready).is_some() {}
        }
        Ok(self.ready.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

impl<S: UnpackStep> Read for Stepwise<S> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let mut ready = self.fill_buf()?;
        let count = ready.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

type PackedBytes<'a> = Bytes<BufReader<Box<dyn Read + 'a>>>;

fn next(bytes: &mut PackedBytes<'_>) -> Option<u8> {
    bytes.next()?.ok()
}

/// The next byte that is no space.
fn next_sign(bytes: &mut PackedBytes<'_>) -> Option<u8> {
    loop {
        let byte = next(bytes)?;
        if !byte.is_ascii_whitespace() && byte != 0 {
            return Some(byte);
        }
    }
}

struct RunLength<'a>(PackedBytes<'a>);

impl UnpackStep for RunLength<'_> {
    fn step(&mut self, out: &mut Vec<u8>) -> Option<()> {
        match next(&mut self.0)? {
            128 => None,
            literal @ 0..128 => {
                for _ in 0..=literal {
                    out.push(next(&mut self.0)?);
                }
                Some(())
            }
            repeated => {
                let byte = next(&mut self.0)?;
                out.resize(out.len() + 257 - usize::from(repeated), byte);
                Some(())
            }
        }
    }
}

struct Ascii85<'a>(PackedBytes<'a>);

impl UnpackStep for Ascii85<'_> {
    fn step(&mut self, out: &mut Vec<u8>) -> Option<()> {
        let (mut value, mut count) = (0_u32, 0);
        while count < 5 {
            match next_sign(&mut self.0) {
                Some(b'z') if count == 0 => {
                    out.extend([0; 4]);
                    return Some(());
                }
                Some(digit @ b'!'..=b'u') => {
                    value = value.wrapping_mul(85).wrapping_add(u32::from(digit - b'!'));
                    count += 1;
                }
                // The end cuts a group short.
                _ => break,
            }
        }
        for _ in count..5 {
            value = value.wrapping_mul(85).wrapping_add(84);
        }
        let bytes = value.to_be_bytes();
        out.extend(bytes.get(..usize::try_from(count - 1).ok()?)?);
        (count == 5).then_some(())
    }
}

struct AsciiHex<'a>(PackedBytes<'a>);

impl UnpackStep for AsciiHex<'_> {
    fn step(&mut self, out: &mut Vec<u8>) -> Option<()> {
        let mut digit = || char::from(next_sign(&mut self.0)?).to_digit(16);
        let first = digit()?;
        let second = digit();
        out.push(u8::try_from(first << 4 | second.unwrap_or(0)).ok()?);
        second.map(|_| ())
    }
}

/// Codes of 9 to 12 bits, each for a word that was seen before, and one letter longer than that.
struct Lzw<'a> {
    bytes: PackedBytes<'a>,
    is_early: bool,
    buffer: u32,
    buffered: u32,
    /// For each code from [`LZW_FIRST`]: the code of the word without its last letter, and that.
    words: Vec<(u16, u8)>,
    last: Option<u16>,
}

const LZW_CLEAR: u16 = 256;
const LZW_END: u16 = 257;
const LZW_FIRST: u16 = 258;
const LZW_MOST_WORDS: usize = 4096 - LZW_FIRST as usize;

impl<'a> Lzw<'a> {
    fn new(bytes: PackedBytes<'a>, is_early: bool) -> Self {
        Lzw {
            bytes,
            is_early,
            buffer: 0,
            buffered: 0,
            words: Vec::new(),
            last: None,
        }
    }

    fn code(&mut self) -> Option<u16> {
        let known = self.words.len() + usize::from(LZW_FIRST) + usize::from(self.is_early);
        let width = match known {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        while self.buffered < width {
            self.buffer = self.buffer << 8 | u32::from(next(&mut self.bytes)?);
            self.buffered += 8;
        }
        self.buffered -= width;
        u16::try_from(self.buffer >> self.buffered & ((1 << width) - 1)).ok()
    }

    /// Writes the word of a code, and gives its first letter.
    fn write(&self, code: u16, out: &mut Vec<u8>) -> Option<u8> {
        let start = out.len();
        let mut code = code;
        while let Some(at) = code.checked_sub(LZW_FIRST) {
            let (before, letter) = *self.words.get(usize::from(at))?;
            out.push(letter);
            code = before;
        }
        out.push(u8::try_from(code).ok()?);
        let word = out.get_mut(start..)?;
        word.reverse();
        word.first().copied()
    }
}

impl UnpackStep for Lzw<'_> {
    fn step(&mut self, out: &mut Vec<u8>) -> Option<()> {
        let code = self.code()?;
        match code {
            LZW_END => return None,
            LZW_CLEAR => {
                self.words.clear();
                self.last = None;
                return Some(());
            }
            _ => {}
        }
        let is_known = code < LZW_CLEAR || usize::from(code - LZW_FIRST) < self.words.len();
        let first = match (is_known, self.last) {
            (true, _) => self.write(code, out)?,
            // The word that is being made just now: the last one, and its first letter again.
            (false, Some(last)) => {
                let first = self.write(last, out)?;
                out.push(first);
                first
            }
            (false, None) => return None,
        };
        if let Some(last) = self.last
            && self.words.len() < LZW_MOST_WORDS
        {
            self.words.push((last, first));
        }
        self.last = Some(code);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(filter: PackingFilter, packed: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        unpacked(filter, Box::new(packed))
            .read_to_end(&mut out)
            .unwrap();
        out
    }

    #[test]
    fn each_way_of_packing_is_read_as_the_standard_has_it() {
        // The example of the standard for LZW (7.4.4.2).
        let lzw = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        let is_early = true;
        assert_eq!(
            all(PackingFilter::Lzw { is_early }, &lzw),
            [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]
        );
        let runs = [4, 10, 11, 12, 13, 14, 253, 3, 128, 9];
        assert_eq!(
            all(PackingFilter::RunLength, &runs),
            [10, 11, 12, 13, 14, 3, 3, 3, 3]
        );
        assert_eq!(
            all(PackingFilter::Ascii85, b"87cUR D]i,\"Ebo80~>"),
            b"Hello World!"
        );
        assert_eq!(all(PackingFilter::Ascii85, b"z87cUR~>"), b"\0\0\0\0Hell");
        assert_eq!(all(PackingFilter::Ascii85, b"87cURDZ~>"), b"Hello");
        assert_eq!(all(PackingFilter::AsciiHex, b"48 65\n6C6c 6F7>"), b"Hellop");
    }

    #[test]
    fn what_a_part_says_of_itself_is_understood() {
        use PackingFilter::{Ascii85, Flate, Lzw};
        let is_early = true;
        let all: [(&[u8], Option<&[PackingFilter]>); 8] = [
            (b"<< /Length 5 >>", None),
            (b"<< /Filter /FlateDecode /Length 5 >>", Some(&[Flate])),
            (b"<< /Filter/Fl>>", Some(&[Flate])),
            (
                b"<< /Filter [ /ASCII85Decode\n/LZWDecode ] >>",
                Some(&[Ascii85, Lzw { is_early }]),
            ),
            (
                b"<< /Filter [/Fl/Fl/Fl/Fl] >>",
                Some(&[Flate, Flate, Flate, Flate]),
            ),
            (b"<< /Filter /#46lateDecode >>", Some(&[Flate])),
            (b"<< /Filter [/FlateDecode /DCTDecode] >>", Some(&[Flate])),
            (b"<< /Filter 9 0 R >>", None),
        ];
        for (description, expected) in all {
            assert_eq!(filters(description).as_deref(), expected);
        }
    }
}
