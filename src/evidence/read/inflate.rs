//! Unpacks zlib (RFC 1950, RFC 1951) up to a limit: libraries at hand unpack whatever they are given, however large it becomes.

/// Why something cannot be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Damaged,
    /// Larger than the limit.
    TooLarge,
}

/// The longest code, in bits.
const MAX_BITS: usize = 15;
const LENGTH_BASE: [u16; 29] = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
];
const LENGTH_BITS: [u8; 29] = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
const DISTANCE_BASE: [u16; 30] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
    2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
];
/// In which order the lengths of the code for lengths stand.
const LENGTHS_ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// Unpacks the zlib stream at the start of `bytes`, and holds it against its checksum. What follows it is not looked at.
///
/// # Errors
/// Where it is damaged, or becomes larger than `max` bytes.
pub fn zlib(bytes: &[u8], max: usize) -> Result<Vec<u8>, Fault> {
    let [method, flags, packed @ ..] = bytes else {
        return Err(Fault::Damaged);
    };
    let is_sound = method & 0x0f == 8
        && (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31)
        && flags & 0x20 == 0;
    if !is_sound {
        return Err(Fault::Damaged);
    }
    let mut reader = Reader {
        bytes: packed,
        at: 0,
        bits: 0,
        count: 0,
        out: Vec::new(),
        max,
    };
    while reader.block()? {}
    let rest = packed.get(reader.at..).unwrap_or_default();
    match rest.first_chunk::<4>() {
        Some(sum) if u32::from_be_bytes(*sum) == adler(&reader.out) => Ok(reader.out),
        _ => Err(Fault::Damaged),
    }
}

fn adler(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1_u32, 0_u32);
    // So many sums fit before the remainder must be taken.
    for chunk in bytes.chunks(5552) {
        for byte in chunk {
            a += u32::from(*byte);
            b += a;
        }
        (a, b) = (a % 65521, b % 65521);
    }
    b << 16 | a
}

/// A canonical Huffman code: how many codes there are of each length, and the symbols in their order.
struct Code {
    counts: [u16; MAX_BITS + 1],
    symbols: Vec<u16>,
}

impl Code {
    fn new(lengths: &[u8]) -> Result<Code, Fault> {
        let mut counts = [0_u16; MAX_BITS + 1];
        for length in lengths {
            counts[usize::from(*length).min(MAX_BITS)] += 1;
        }
        counts[0] = 0;
        let mut left = 1_i32;
        let mut starts = [0_u16; MAX_BITS + 2];
        for bits in 1..=MAX_BITS {
            left = left * 2 - i32::from(counts[bits]);
            if left < 0 {
                // More codes than there can be.
                return Err(Fault::Damaged);
            }
            starts[bits + 1] = starts[bits] + counts[bits];
        }
        let mut symbols = vec![0; lengths.len()];
        for (symbol, length) in lengths.iter().enumerate().filter(|(_, l)| **l != 0) {
            let start = &mut starts[usize::from(*length).min(MAX_BITS)];
            if let Some(slot) = symbols.get_mut(usize::from(*start)) {
                *slot = symbol as u16;
            }
            *start += 1;
        }
        Ok(Code { counts, symbols })
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    /// The next byte.
    at: usize,
    /// Bits that have been taken from bytes and not been used yet, the next one lowest.
    bits: u32,
    count: u32,
    out: Vec<u8>,
    max: usize,
}

impl Reader<'_> {
    fn bits(&mut self, wanted: u32) -> Result<u32, Fault> {
        while self.count < wanted {
            let byte = self.bytes.get(self.at).ok_or(Fault::Damaged)?;
            self.bits |= u32::from(*byte) << self.count;
            self.at += 1;
            self.count += 8;
        }
        let value = self.bits & ((1 << wanted) - 1);
        self.bits >>= wanted;
        self.count -= wanted;
        Ok(value)
    }

    fn symbol(&mut self, code: &Code) -> Result<usize, Fault> {
        let (mut value, mut first, mut index) = (0_i32, 0_i32, 0_i32);
        for bits in 1..=MAX_BITS {
            value |= self.bits(1)? as i32;
            let count = i32::from(code.counts[bits]);
            if value - count < first {
                let symbol = code.symbols.get((index + value - first) as usize);
                return symbol.map(|s| usize::from(*s)).ok_or(Fault::Damaged);
            }
            index += count;
            first = (first + count) * 2;
            value *= 2;
        }
        Err(Fault::Damaged)
    }

    fn push(&mut self, byte: u8) -> Result<(), Fault> {
        if self.out.len() >= self.max {
            return Err(Fault::TooLarge);
        }
        self.out.push(byte);
        Ok(())
    }

    /// Reads one block; `false` after the last.
    fn block(&mut self) -> Result<bool, Fault> {
        let is_last = self.bits(1)? == 1;
        match self.bits(2)? {
            0 => self.stored()?,
            1 => {
                let mut lengths = [8; 288];
                lengths[144..256].fill(9);
                lengths[256..280].fill(7);
                self.coded(&Code::new(&lengths)?, &Code::new(&[5; 30])?)?;
            }
            2 => {
                let (lengths, distances) = self.codes()?;
                self.coded(&lengths, &distances)?;
            }
            _ => return Err(Fault::Damaged),
        }
        if is_last {
            // The checksum begins at the next byte.
            (self.bits, self.count) = (0, 0);
        }
        Ok(!is_last)
    }

    fn stored(&mut self) -> Result<(), Fault> {
        (self.bits, self.count) = (0, 0);
        let (length, check) = (self.bits(16)?, self.bits(16)?);
        if length != !check & 0xffff {
            return Err(Fault::Damaged);
        }
        for _ in 0..length {
            let byte = self.bits(8)?;
            self.push(byte as u8)?;
        }
        Ok(())
    }

    /// The codes that a block brings along.
    fn codes(&mut self) -> Result<(Code, Code), Fault> {
        let lengths = self.bits(5)? as usize + 257;
        let distances = self.bits(5)? as usize + 1;
        let of_lengths = self.bits(4)? as usize + 4;
        if lengths > 286 || distances > 30 {
            return Err(Fault::Damaged);
        }
        let mut first = [0_u8; 19];
        for place in LENGTHS_ORDER.iter().take(of_lengths) {
            first[*place] = self.bits(3)? as u8;
        }
        let first = Code::new(&first)?;
        let mut all: Vec<u8> = Vec::with_capacity(lengths + distances);
        while all.len() < lengths + distances {
            let (value, times) = match self.symbol(&first)? {
                16 => {
                    let last = *all.last().ok_or(Fault::Damaged)?;
                    (last, 3 + self.bits(2)?)
                }
                17 => (0, 3 + self.bits(3)?),
                18 => (0, 11 + self.bits(7)?),
                length => (length as u8, 1),
            };
            all.extend(std::iter::repeat_n(value, times as usize));
        }
        if all.len() > lengths + distances {
            return Err(Fault::Damaged);
        }
        let (of_lengths, of_distances) = all.split_at(lengths);
        Ok((Code::new(of_lengths)?, Code::new(of_distances)?))
    }

    fn coded(&mut self, lengths: &Code, distances: &Code) -> Result<(), Fault> {
        loop {
            let symbol = self.symbol(lengths)?;
            if symbol < 256 {
                self.push(symbol as u8)?;
                continue;
            }
            if symbol == 256 {
                return Ok(());
            }
            let (Some(base), Some(bits)) =
                (LENGTH_BASE.get(symbol - 257), LENGTH_BITS.get(symbol - 257))
            else {
                return Err(Fault::Damaged);
            };
            let length = usize::from(*base) + self.bits(u32::from(*bits))? as usize;
            let symbol = self.symbol(distances)?;
            let base = DISTANCE_BASE.get(symbol).ok_or(Fault::Damaged)?;
            let bits = (symbol as u32 / 2).saturating_sub(1);
            let distance = usize::from(*base) + self.bits(bits)? as usize;
            for _ in 0..length {
                let from = self.out.len().checked_sub(distance);
                let byte = from.and_then(|from| self.out.get(from).copied());
                self.push(byte.ok_or(Fault::Damaged)?)?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// “abc” twenty times, packed by zlib.
    const REPEATED: &[u8] = &[
        0x78, 0x9c, 0x4b, 0x4c, 0x4a, 0x4e, 0x24, 0x17, 0x01, 0x00, 0xbc, 0xbe, 0x16, 0xf9,
    ];

    #[test]
    fn the_limit_holds_and_damage_is_seen() {
        assert_eq!(zlib(b"", 9), Err(Fault::Damaged));
        let stored = b"\x78\x01\x01\x03\x00\xfc\xffabc\x02\x4d\x01\x27";
        assert_eq!(zlib(stored, 3).as_deref(), Ok(&b"abc"[..]));
        assert_eq!(zlib(stored, 2), Err(Fault::TooLarge));
        for at in 0..stored.len() {
            let mut bent = stored.to_vec();
            bent[at] ^= 0x10;
            assert_ne!(zlib(&bent, 3).as_deref(), Ok(&b"abc"[..]), "{at}");
            assert!(zlib(&stored[..at], 3).is_err());
        }
        let repeated = "abc".repeat(20).into_bytes();
        assert_eq!(zlib(REPEATED, 60), Ok(repeated));
        assert_eq!(zlib(REPEATED, 59), Err(Fault::TooLarge));
    }
}
