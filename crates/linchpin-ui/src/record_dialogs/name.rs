//! An id for a copy, or another one for a record.

use crate::details::place::hints;
use crate::form::{self, LABEL_PT, Sheet, Source};
use crate::parts;
use egui::{Key, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::dialog::IdForm;
use linchpin_app::form_state::{FormState, dialog_form_id as holder};
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::{Edit, plan};
use linchpin_register::declare::PathStep;
use linchpin_render::theme::space;
use ron_lossless::RonValue;

/// Paints the field and the buttons; `true` where the dialog should close.
pub fn show(
    ui: &mut Ui,
    app: &App,
    form: &mut FormState,
    naming: &mut IdForm,
    renames: bool,
    out: &mut Vec<Command>,
) -> bool {
    let register = &app.file.latest.register;
    let at = register.find(&naming.id);
    let Some((at, record)) = at.and_then(|at| Some((at, register.record(at)?))) else {
        return true;
    };
    parts::caption(ui, format!("“{}”", record.title()));
    ui.add_space(space::XS);
    let spec = at.kind.fields().iter().find(|spec| spec.name == "id");
    let path = [PathStep::Field("id")];
    let fields = [("id".to_owned(), RonValue::text(&naming.new_id))];
    let hints = hints(app, Some(at));
    let mut sheet = Sheet::new(register, form, Source::Made(&fields), &hints, holder());
    if let Some(spec) = spec {
        form::row(ui, LABEL_PT, "New id", spec.doc, |ui| {
            form::field(ui, &mut sheet, &path, spec, "");
        });
    }
    let left = sheet.left;
    for wish in std::mem::take(&mut sheet.wishes) {
        let mut filled = fields.to_vec();
        wish.fill(&mut filled);
        if let Some((_, RonValue::Text(id))) = filled.first() {
            naming.new_id = id.clone();
            naming.error = None;
        }
    }
    if renames {
        parts::caption(ui, followers(register.linked_from(at).len()));
    }
    if let Some(error) = &naming.error {
        form::fault(ui, error);
    }
    ui.add_space(space::XS);
    let enter = left && ui.input(|i| i.key_pressed(Key::Enter));
    ui.horizontal(|ui| {
        let verb = if renames { "Rename" } else { "Duplicate" };
        let is_sound = form.error(holder()).is_none();
        let button = ui.add_enabled_ui(is_sound, |ui| parts::primary_button(ui, verb));
        if (button.inner.clicked() || enter) && is_sound {
            let edit = edit(naming, renames);
            match plan(&app.file.latest, &edit) {
                Ok(_) => {
                    out.push(Command::Transaction(Box::new(TransactionRequest::Edit(
                        edit,
                    ))));
                    return true;
                }
                Err(why) => naming.error = Some(why.to_string()),
            }
        }
        ui.button("Cancel").clicked()
    })
    .inner
}

fn edit(naming: &IdForm, renames: bool) -> Edit {
    let (id, new_id) = (naming.id.clone(), naming.new_id.clone());
    match renames {
        true => Edit::Rename { id, new_id },
        false => Edit::Duplicate { id, new_id },
    }
}

/// How many records follow a new id.
fn followers(count: usize) -> String {
    match count {
        0 => "No record links to it.".to_owned(),
        1 => "One record links to it, and follows.".to_owned(),
        many => format!("{many} records link to it, and follow."),
    }
}
