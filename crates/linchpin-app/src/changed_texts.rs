//! Texts that are no longer what was attached: the user is told of each once, and can look at it or take it as it is.

use super::App;
use super::attach_form::AttachCommand;
use super::command::Command;
use linchpin_reading::TextState;
use linchpin_register::query::RecordSet;
use linchpin_register::{Document, RecordKind};

/// Of which changed texts the user was told: the document, its hash, the words.
pub type ReportedTexts = Vec<(String, String, String)>;

/// So many changed texts are told one by one.
const MAX_SEPARATE_NOTICES: usize = 2;

impl App {
    /// Says of each text once that it is not what was attached, and offers to look at it or to take it as it is.
    pub(super) fn report_changed_texts(&mut self) {
        let register = self.register().clone();
        let library = self.reading.texts.library.clone();
        let changed = |document: &Document| {
            let text = library.get(document.id.as_str())?;
            let is_own = text.document == document.id.as_str();
            (is_own && text.state == TextState::Changed).then(|| text.sha256.clone())
        };
        let now: Vec<(&Document, String)> = register
            .documents
            .iter()
            .filter_map(|document| Some((document, changed(document)?)))
            .collect();
        let is_now = |id: &str, hash: &str| {
            now.iter()
                .any(|(document, now)| document.id.as_str() == id && now == hash)
        };
        let (still_changed, resolved) =
            std::mem::take(&mut self.reading.reported)
                .into_iter()
                .partition::<ReportedTexts, _>(|(id, hash, _)| is_now(id, hash));
        for (_, _, words) in &resolved {
            if !still_changed.iter().any(|(_, _, other)| other == words) {
                self.notices.remove_text(words);
            }
        }
        self.reading.reported = still_changed;
        let is_reported = |document: &Document, hash: &String| {
            let mut reported = self.reading.reported.iter();
            reported.any(|(id, known, _)| id == document.id.as_str() && known == hash)
        };
        let new: Vec<_> = now
            .into_iter()
            .filter(|(document, hash)| !is_reported(document, hash))
            .collect();
        let many = (new.len() > MAX_SEPARATE_NOTICES).then(|| {
            let ids = new
                .iter()
                .map(|(document, _)| document.id.as_str().to_owned())
                .collect();
            let words = format!(
                "The texts of {} documents have changed since they were attached",
                new.len()
            );
            let only = RecordSet {
                why: "Their texts have changed".into(),
                ids,
            };
            (words, only)
        });
        for (document, hash) in &new {
            let id = document.id.as_str().to_owned();
            let words = match &many {
                Some((words, _)) => words.clone(),
                None => format!(
                    "The text of “{}” has changed since it was attached",
                    document.short
                ),
            };
            if many.is_none() {
                self.notices
                    .info_with_actions(words.clone(), changed_text_actions(&id));
            }
            self.reading.reported.push((id, hash.clone(), words));
        }
        if let Some((words, only)) = many {
            let show = Command::ShowOnly(RecordKind::Document, only);
            self.notices
                .info_with_actions(words, vec![("Show them", show)]);
        }
    }
}

/// What can be done about a text that has changed.
fn changed_text_actions(document: &str) -> Vec<(&'static str, Command)> {
    let look = Command::OpenReader {
        document: document.to_owned(),
        paragraph: None,
        phrase: None,
    };
    let accept = Command::Attach(AttachCommand::AcceptChanged(document.to_owned()));
    vec![("Look at it", look), ("Accept it as it is", accept)]
}
