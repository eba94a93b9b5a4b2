//! Messages over the standard input and output, as the base protocol frames them. Whatever comes,
//! the session goes on: what is no message is answered with an error.

use crossbeam_channel::{Receiver, Sender, bounded};
use linchpin_task::Task;
use lsp_server::{Connection, ErrorCode, Message};
use serde_json::{Value, json};
use std::io::{BufRead, Read as _, Write};

/// The most bytes of one message: a register of the largest size that is read, with every byte
/// escaped, is smaller. More would only fill the memory.
const MAX_MESSAGE_BYTES: u64 = 256 << 20;
/// So much of a line is looked at: the only line that matters is short.
const MAX_HEADER_BYTES: usize = 200;
const LENGTH_HEADER: &[u8] = b"content-length:";

/// A connection over the standard input and output, and the task that writes: it ends when the
/// connection is dropped.
pub(super) fn stdio() -> (Connection, Task<std::io::Result<()>>) {
    // Nobody reads ahead: of messages of megabytes only one is held.
    let (reader_sender, receiver) = bounded(0);
    let (sender, writer_receiver) = bounded(0);
    // Not waited for: it may stand in the middle of a message that never ends.
    Task::new("Reading messages")
        .spawn(move |_| read_all(&mut std::io::stdin().lock(), &reader_sender, &answer_error))
        .detach();
    let writer = Task::new("Writing messages").spawn(move |_| write_all(&writer_receiver));
    (Connection { sender, receiver }, writer)
}

fn write_all(messages: &Receiver<Message>) -> std::io::Result<()> {
    for message in messages {
        message.write(&mut std::io::stdout().lock())?;
    }
    Ok(())
}

/// Says what is wrong with a message that nobody can be named for.
fn answer_error(error: FrameError) {
    let error = json!({ "code": error.code() as i32, "message": error.words() });
    let text = json!({ "jsonrpc": "2.0", "id": null, "error": error }).to_string();
    let mut out = std::io::stdout().lock();
    // Where nobody listens any more, the session ends by itself.
    let _ = write!(out, "Content-Length: {}\r\n\r\n{text}", text.len());
    let _ = out.flush();
}

/// Why something that was sent is no message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FrameError {
    /// Its length is no number.
    BadLength,
    /// It is larger than anything that is read.
    TooLarge(u64),
    NotUtf8,
    NotJson(String),
    /// It is JSON, and no request, notification or response.
    NotAMessage,
}

impl FrameError {
    fn code(&self) -> ErrorCode {
        match self {
            FrameError::NotUtf8 | FrameError::NotJson(_) => ErrorCode::ParseError,
            _ => ErrorCode::InvalidRequest,
        }
    }

    fn words(&self) -> String {
        match self {
            FrameError::BadLength => "The length of this message is no number".to_owned(),
            FrameError::TooLarge(bytes) => format!(
                "This message has {bytes} bytes, and the most that is read is {MAX_MESSAGE_BYTES}"
            ),
            FrameError::NotUtf8 => "This message is not in UTF-8".to_owned(),
            FrameError::NotJson(why) => format!("This message is no JSON: {why}"),
            FrameError::NotAMessage => {
                "This is no request, notification or response of JSON-RPC 2.0".to_owned()
            }
        }
    }
}

/// Hands on every message until there are no more, or nobody wants them.
pub(super) fn read_all<R: BufRead>(
    input: &mut R,
    to: &Sender<Message>,
    refuse: &dyn Fn(FrameError),
) {
    let mut is_in_sync = true;
    // An input that cannot be read is one that has ended.
    while let Ok(Some(length)) = next_length(input) {
        let length = match length {
            Ok(length) if length <= MAX_MESSAGE_BYTES => length,
            wrong => {
                // What follows is looked through for the next length: in JSON none can stand.
                if is_in_sync {
                    refuse(wrong.map_or_else(|error| error, FrameError::TooLarge));
                }
                is_in_sync = false;
                continue;
            }
        };
        is_in_sync = true;
        let mut body = Vec::new();
        match input.by_ref().take(length).read_to_end(&mut body) {
            Ok(read) if read as u64 == length => {}
            _ => return,
        }
        for message in messages_in(body) {
            let is_exit = match message {
                Ok(message) => {
                    let is_exit =
                        matches!(&message, Message::Notification(n) if n.method == "exit");
                    if to.send(message).is_err() {
                        return;
                    }
                    is_exit
                }
                Err(error) => {
                    refuse(error);
                    false
                }
            };
            if is_exit {
                return;
            }
        }
    }
}

/// The length of the next message, whose body comes next. Other lines are passed over. `None` at
/// the end.
fn next_length<R: BufRead>(input: &mut R) -> std::io::Result<Option<Result<u64, FrameError>>> {
    let mut length = None;
    loop {
        let Some(line) = next_line(input)? else {
            return Ok(None);
        };
        let header = line.to_ascii_lowercase();
        // At the end of the line: a body that was not read has no line break behind it.
        let found = header
            .windows(LENGTH_HEADER.len())
            .rposition(|part| part == LENGTH_HEADER);
        if let Some(at) = found {
            let number = header.get(at + LENGTH_HEADER.len()..).unwrap_or(&[]);
            let number = String::from_utf8_lossy(number);
            length = Some(parse_length(number.trim()));
        } else if line.is_empty()
            && let Some(length) = length
        {
            return Ok(Some(length));
        }
    }
}

fn parse_length(number: &str) -> Result<u64, FrameError> {
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    match number.parse() {
        Ok(length) => Ok(length),
        // More than a number of this program can say.
        Err(_) if is_number => Ok(u64::MAX),
        Err(_) => Err(FrameError::BadLength),
    }
}

/// The next line without its end, of a very long one the last bytes; `None` at the end.
fn next_line<R: BufRead>(input: &mut R) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    loop {
        let read = input
            .by_ref()
            .take(MAX_HEADER_BYTES as u64)
            .read_until(b'\n', &mut line)?;
        if line.ends_with(b"\n") {
            let end = line.trim_ascii_end().len();
            line.truncate(end);
            return Ok(Some(line));
        }
        if read == 0 {
            return Ok(None);
        }
        line.drain(..line.len().saturating_sub(MAX_HEADER_BYTES));
    }
}

/// The messages of a body: one, or those of a batch, each of which is answered for itself.
fn messages_in(body: Vec<u8>) -> Vec<Result<Message, FrameError>> {
    let Ok(text) = String::from_utf8(body) else {
        return vec![Err(FrameError::NotUtf8)];
    };
    let parsed = serde_json::from_str(&text);
    // An editor cuts a text between two UTF-16 units where its user does.
    let parsed = parsed.or_else(|_| serde_json::from_str(&without_lone_surrogates(&text)));
    match parsed {
        Ok(Value::Array(items)) if !items.is_empty() => {
            items.into_iter().map(message_from).collect()
        }
        Ok(value) => vec![message_from(value)],
        Err(why) => vec![Err(FrameError::NotJson(why.to_string()))],
    }
}

fn message_from(value: Value) -> Result<Message, FrameError> {
    let is_request = value.get("method").is_some() && value.get("id").is_some();
    match serde_json::from_value(value) {
        // With an id that is none, a request would be taken for a notification, and its sender
        // would wait for ever.
        Ok(Message::Notification(_)) if is_request => Err(FrameError::NotAMessage),
        Ok(message) => Ok(message),
        Err(_) => Err(FrameError::NotAMessage),
    }
}

/// JSON in which no escape stands for half a character: such a half becomes U+FFFD, which has as
/// many units.
fn without_lone_surrogates(json: &str) -> String {
    let unit = |at: usize| {
        let digits = json.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let is_low = |unit: Option<u16>| unit.is_some_and(|unit| (0xDC00..=0xDFFF).contains(&unit));
    let mut out = String::with_capacity(json.len());
    let mut rest = 0;
    while let Some(found) = json.get(rest..).and_then(|json| json.find('\\')) {
        let at = rest + found;
        out.push_str(json.get(rest..at).unwrap_or(""));
        let (len, is_lone) = match unit(at) {
            Some(0xD800..=0xDBFF) if is_low(unit(at + 6)) => (12, false),
            Some(0xD800..=0xDFFF) => (6, true),
            Some(_) => (6, false),
            // Another escape; behind it one more may begin.
            None => (
                1 + json[at + 1..].chars().next().map_or(0, char::len_utf8),
                false,
            ),
        };
        let end = (at + len).min(json.len());
        out.push_str(if is_lone {
            "\\ufffd"
        } else {
            json.get(at..end).unwrap_or("")
        });
        rest = end;
    }
    out.push_str(json.get(rest..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    fn framed(body: &[u8]) -> Vec<u8> {
        let mut out = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        out.extend_from_slice(body);
        out
    }

    /// The methods that arrive and the errors that are answered.
    fn heard(input: &[u8]) -> (Vec<String>, Vec<FrameError>) {
        let (sender, receiver) = crossbeam_channel::unbounded();
        let errors = RefCell::new(Vec::new());
        read_all(&mut &*input, &sender, &|error| {
            errors.borrow_mut().push(error)
        });
        drop(sender);
        let method = |message: Message| match message {
            Message::Request(request) => request.method,
            Message::Notification(notification) => notification.method,
            Message::Response(_) => "response".to_owned(),
        };
        (
            receiver.into_iter().map(method).collect(),
            errors.into_inner(),
        )
    }

    const HOVER: &[u8] = b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hover\"}";

    #[test]
    fn what_is_no_message_is_answered_and_the_next_one_is_read() {
        let cases: [(&[u8], FrameError); 6] = [
            (
                b"Content-Length: 99999999999999999999999\r\n\r\n{}",
                FrameError::TooLarge(u64::MAX),
            ),
            (
                b"Content-Length: 300000000\r\n\r\n",
                FrameError::TooLarge(300_000_000),
            ),
            (b"Content-Length: -5\r\n\r\n{}", FrameError::BadLength),
            (b"Content-Length: 2\r\n\r\n\xff\xfe", FrameError::NotUtf8),
            (b"Content-Length: 2\r\n\r\n[]", FrameError::NotAMessage),
            (
                b"Content-Length: 24\r\n\r\n{\"id\":1.5,\"method\":\"ho\"}",
                FrameError::NotAMessage,
            ),
        ];
        for (input, error) in cases {
            let input = [input, &framed(HOVER)].concat();
            let shown = String::from_utf8_lossy(&input).into_owned();
            assert_eq!(
                heard(&input),
                (vec!["hover".to_owned()], vec![error]),
                "{shown}"
            );
        }
        let (heard, errors) = heard(&[framed(b"{\"a\": [}]"), framed(HOVER)].concat());
        assert_eq!(heard, ["hover"]);
        assert_eq!(errors[0].code() as i32, ErrorCode::ParseError as i32);
    }

    #[test]
    fn the_body_of_a_refused_message_is_passed_over() {
        let body =
            "{\"text\":\"Content-Length: 5\\r\\n\\r\\n".to_owned() + &"x".repeat(5000) + "\"}";
        let head = format!("Content-Length: {}\r\n\r\n", u64::MAX);
        let input = [head.as_bytes(), body.as_bytes(), &framed(HOVER)].concat();
        let (heard, errors) = heard(&input);
        assert_eq!((heard, errors.len()), (vec!["hover".to_owned()], 1));
    }

    #[test]
    fn other_headers_and_batches_are_read() {
        let mut input = b"Content-Type: x; charset=utf-8\r\n".to_vec();
        input.extend(framed(HOVER));
        let batch = [b"[".as_slice(), HOVER, b",7,", HOVER, b"]"].concat();
        input.extend(framed(&batch));
        let (heard, errors) = heard(&input);
        assert_eq!(heard, ["hover"; 3]);
        assert_eq!(errors, [FrameError::NotAMessage]);
    }

    #[test]
    fn half_a_character_is_replaced_and_nothing_else() {
        for (json, expected) in [
            ("\\ud83d\\ude00", "\\ud83d\\ude00"),
            ("\\ud83d", "\\ufffd"),
            ("\\ude00\\ud83d", "\\ufffd\\ufffd"),
            ("\\ud83d\\ud83d\\ude00", "\\ufffd\\ud83d\\ude00"),
            ("\\\\ud83d \\n\\u00e9 한", "\\\\ud83d \\n\\u00e9 한"),
        ] {
            assert_eq!(without_lone_surrogates(json), expected);
        }
    }
}
