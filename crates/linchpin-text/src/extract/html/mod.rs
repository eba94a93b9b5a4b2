//! Web pages: their blocks as paragraphs, without what surrounds the text.

mod blocks;
mod main_content;

use super::clean::RawParagraphs;
use super::encoding::decode;
use super::guard::ExtractContext;
use blocks::HtmlBlockBuilder;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// The paragraphs of a web page.
pub fn read(bytes: &[u8], _: &ExtractContext) -> Result<RawParagraphs, String> {
    let (text, note) = decode(bytes, true)?;
    let mut found = paragraphs(&text);
    found.notes.extend(note);
    Ok(found)
}

/// The paragraphs of HTML that is text already.
pub fn paragraphs(html: &str) -> RawParagraphs {
    let page = HtmlTokenSink {
        blocks: RefCell::new(HtmlBlockBuilder::default()),
    };
    let tokenizer = Tokenizer::new(page, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    // It stops wherever a script would run, which none does here.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    main_content::select_main_content(tokenizer.sink.blocks.into_inner().finish())
}

struct HtmlTokenSink {
    blocks: RefCell<HtmlBlockBuilder>,
}

impl TokenSink for HtmlTokenSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut blocks = self.blocks.borrow_mut();
        match token {
            Token::CharacterTokens(text) => blocks.push_text(&text),
            Token::TagToken(tag) => {
                let name: &str = &tag.name;
                match tag.kind {
                    TagKind::EndTag => blocks.close_element(name),
                    TagKind::StartTag => {
                        blocks.open_element(name, is_hidden(&tag), tag.self_closing);
                        if let Some(raw) = raw_text_kind(name) {
                            return TokenSinkResult::RawData(raw);
                        }
                    }
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements in which `<` begins no element.
fn raw_text_kind(name: &str) -> Option<RawKind> {
    match name {
        "title" | "textarea" => Some(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "script" => Some(RawKind::ScriptData),
        _ => None,
    }
}

fn is_hidden(tag: &Tag) -> bool {
    tag.attrs
        .iter()
        .any(|attribute| match &*attribute.name.local {
            "hidden" => true,
            "style" => {
                let style = attribute.value.to_lowercase().replace(' ', "");
                style.contains("display:none") || style.contains("visibility:hidden")
            }
            _ => false,
        })
}
