//! What edits mean, told once more without any text: on values.

use linchpin_edit::{Edit, EditTarget, MoveDirection, ValueChange};
use linchpin_register::schema::{FieldCardinality, FieldSpec, PathStep};
use linchpin_register::{FieldType, LoadedRegister, METADATA_FIELDS, RecordKind};
use ron_lossless::{NodeKind, RonValue, Tree};

/// What the files of a register say, one value for each; layout and ways of writing do not matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Model(pub Vec<RonValue>);

/// Where a record stands: the file, its list, its number there.
#[derive(Clone, Copy)]
struct Seat {
    file: usize,
    kind: RecordKind,
    index: usize,
}

impl Model {
    pub fn of(loaded: &LoadedRegister) -> Model {
        let (text, tree) = (&*loaded.text, &*loaded.tree);
        let roots = tree.children(Tree::ROOT);
        let roots = roots.filter(|root| tree.kind(*root) == NodeKind::Record);
        let values = roots.map(|root| plain(RonValue::read(text, tree, root)));
        Model(values.collect())
    }

    /// A line for every record and field that says something.
    pub fn lines(self) -> Vec<String> {
        let mut out = Vec::new();
        for (file, value) in self.0.into_iter().enumerate() {
            let RonValue::Record(fields) = without_nothing(plain(value)) else {
                continue;
            };
            for (name, value) in fields {
                match value {
                    RonValue::List(items) => {
                        let line = |item: RonValue| format!("{file} {name} {}", item.line());
                        // A record under a name is no value of ours: what is in it is left to the
                        // other checks.
                        let is_named = |item: &RonValue| match item {
                            RonValue::Bare(words) => words.contains('('),
                            _ => false,
                        };
                        let items = items.into_iter().filter(|item| !is_named(item));
                        out.extend(items.map(line));
                    }
                    value => out.push(format!("{file} {name} {}", value.line())),
                }
            }
        }
        out
    }

    fn fields(&mut self, file: usize) -> &mut Vec<(String, RonValue)> {
        match &mut self.0[file] {
            RonValue::Record(fields) => fields,
            other => panic!("{other:?} is no register"),
        }
    }

    fn list(&mut self, file: usize, kind: RecordKind) -> Option<&mut Vec<RonValue>> {
        let field = self
            .fields(file)
            .iter_mut()
            .find(|(name, _)| name == kind.list());
        match field {
            Some((_, RonValue::List(items))) => Some(items),
            _ => None,
        }
    }

    fn seat(&mut self, id: &str) -> Option<Seat> {
        for &kind in RecordKind::ALL {
            for file in 0..self.0.len() {
                let items = self.list(file, kind).map_or(&[][..], |items| &items[..]);
                if let Some(index) = items.iter().position(|item| id_of(item) == Some(id)) {
                    return Some(Seat { file, kind, index });
                }
            }
        }
        None
    }

    fn record(&mut self, seat: Seat) -> &mut RonValue {
        &mut self.list(seat.file, seat.kind).unwrap()[seat.index]
    }

    /// Makes an edit that could be planned; `None` where a record stands in the text in a way that
    /// has no place here.
    pub fn make(&mut self, edit: &Edit) -> Option<()> {
        match edit {
            Edit::Field { target, edit } => {
                let path = &edit.path;
                let holder = self.holder(target, path)?;
                match &edit.change {
                    ValueChange::Set(value) => set(holder, path, Some(value)),
                    ValueChange::Remove => set(holder, path, None),
                    ValueChange::Append(item) => match get(holder, path) {
                        Some(RonValue::List(items)) => items.push(item.clone()),
                        _ => set(holder, path, Some(&RonValue::List(vec![item.clone()]))),
                    },
                    ValueChange::Move { from, to } => {
                        if let Some(RonValue::List(items)) = get(holder, path) {
                            relocate(items, *from, *to);
                        }
                    }
                }
            }
            Edit::AddRecord {
                kind,
                fields,
                after,
            } => self.add(*kind, fields, after.as_deref()),
            Edit::DuplicateRecord { id, new_id } => {
                let seat = self.seat(id)?;
                let mut copy = self.record(seat).clone();
                set(
                    &mut copy,
                    &[PathStep::Field("id")],
                    Some(&RonValue::text(new_id)),
                );
                let items = self.list(seat.file, seat.kind).unwrap();
                items.insert(seat.index + 1, copy);
            }
            Edit::RemoveRecords { ids, unlink } => {
                let kinds: Vec<RecordKind> = ids
                    .iter()
                    .filter_map(|id| Some(self.seat(id)?.kind))
                    .collect();
                for id in ids {
                    let seat = self.seat(id)?;
                    self.list(seat.file, seat.kind).unwrap().remove(seat.index);
                }
                if *unlink {
                    for (id, kind) in ids.iter().zip(kinds) {
                        self.links(kind, &|link| (link != id).then(|| link.to_owned()));
                    }
                }
            }
            Edit::RenameRecord { id, new_id } => {
                let seat = self.seat(id)?;
                let record = self.record(seat);
                set(
                    record,
                    &[PathStep::Field("id")],
                    Some(&RonValue::text(new_id)),
                );
                let renamed = |link: &str| Some(if link == id { new_id } else { link }.to_owned());
                self.links(seat.kind, &renamed);
            }
            Edit::MoveRecord { id, direction: by } => {
                let seat = self.seat(id)?;
                let items = self.list(seat.file, seat.kind).unwrap();
                let last = items.len() - 1;
                let to = match by {
                    MoveDirection::Up => seat.index.saturating_sub(1),
                    MoveDirection::Down => seat.index + 1,
                    MoveDirection::First => 0,
                    MoveDirection::Last => last,
                };
                relocate(items, seat.index, to);
            }
            Edit::Batch { edits, .. } => edits.iter().try_for_each(|edit| self.make(edit))?,
        }
        Some(())
    }

    /// The record of a target; the register's own fields stand in the first file that has them.
    fn holder(&mut self, target: &EditTarget, path: &[PathStep]) -> Option<&mut RonValue> {
        match target {
            EditTarget::Record(id) => {
                let seat = self.seat(id)?;
                Some(self.record(seat))
            }
            EditTarget::Register => {
                let has_it = |file: &RonValue| field(file, path).is_some();
                let file = self.0.iter().position(has_it).unwrap_or(0);
                self.0.get_mut(file)
            }
        }
    }

    fn add(&mut self, kind: RecordKind, fields: &[(String, RonValue)], after: Option<&str>) {
        let record = RonValue::Record(fields.to_vec());
        let seat = after.and_then(|id| self.seat(id));
        if let Some(seat) = seat.filter(|seat| seat.kind == kind) {
            let items = self.list(seat.file, kind).unwrap();
            return items.insert(seat.index + 1, record);
        }
        let files = self.0.len();
        match (0..files)
            .rev()
            .find(|file| self.list(*file, kind).is_some())
        {
            Some(file) => self.list(file, kind).unwrap().push(record),
            None => {
                let list = (kind.list().to_owned(), RonValue::List(vec![record]));
                self.fields(files - 1).push(list);
            }
        }
    }

    /// Every link to records of a type, given anew or taken out.
    fn links(&mut self, to: RecordKind, new: &dyn Fn(&str) -> Option<String>) {
        for file in 0..self.0.len() {
            for &kind in RecordKind::ALL {
                for item in self.list(file, kind).into_iter().flatten() {
                    relink(item, kind.fields(), to, new);
                }
            }
        }
    }
}

fn relink(
    record: &mut RonValue,
    specs: &[FieldSpec],
    to: RecordKind,
    new: &dyn Fn(&str) -> Option<String>,
) {
    let RonValue::Record(fields) = record else {
        return;
    };
    fields.retain_mut(|(name, value)| {
        let Some(spec) = specs.iter().find(|spec| spec.name == name) else {
            return true;
        };
        let keep = |value: &mut RonValue| match (spec.field_type, value) {
            (FieldType::Record { fields, .. }, value) => {
                relink(value, fields, to, new);
                true
            }
            (FieldType::Link(kind), RonValue::Text(id)) if kind == to => match new(id) {
                Some(new) => {
                    *id = new;
                    true
                }
                None => false,
            },
            _ => true,
        };
        match value {
            RonValue::List(items) if spec.is_list() => {
                items.retain_mut(&keep);
                true
            }
            value => keep(value) || spec.cardinality == FieldCardinality::Required,
        }
    });
}

fn relocate(items: &mut Vec<RonValue>, from: usize, to: usize) {
    if from < items.len() {
        let item = items.remove(from);
        items.insert(to.min(items.len()), item);
    }
}

fn id_of(record: &RonValue) -> Option<&str> {
    match field(record, &[PathStep::Field("id")])? {
        RonValue::Text(id) => Some(id),
        _ => None,
    }
}

fn field<'v>(record: &'v RonValue, path: &[PathStep]) -> Option<&'v RonValue> {
    let (RonValue::Record(fields), Some(PathStep::Field(first))) = (record, path.first()) else {
        return None;
    };
    let found = fields.iter().find(|(name, _)| name == first);
    found.map(|(_, value)| value)
}

fn get<'v>(value: &'v mut RonValue, path: &[PathStep]) -> Option<&'v mut RonValue> {
    let Some((step, rest)) = path.split_first() else {
        return Some(value);
    };
    let inner = match (step, value) {
        (PathStep::Field(name), RonValue::Record(fields)) => {
            &mut fields.iter_mut().find(|(other, _)| other == name)?.1
        }
        (PathStep::Index(index), RonValue::List(items)) => items.get_mut(*index)?,
        _ => return None,
    };
    get(inner, rest)
}

/// Replaces the value at a path, or takes it out; what leads there is made.
fn set(holder: &mut RonValue, path: &[PathStep], value: Option<&RonValue>) {
    let Some((step, rest)) = path.split_first() else {
        if let Some(value) = value {
            *holder = value.clone();
        }
        return;
    };
    let last = rest.is_empty();
    let empty = match rest.first() {
        Some(PathStep::Index(_)) => RonValue::List(Vec::new()),
        _ => RonValue::Record(Vec::new()),
    };
    match (step, holder) {
        (PathStep::Field(name), RonValue::Record(fields)) => {
            let at = fields.iter().position(|(other, _)| other == name);
            match (at, value) {
                (Some(at), None) if last => drop(fields.remove(at)),
                (Some(at), _) => set(&mut fields[at].1, rest, value),
                (None, None) => {}
                (None, Some(_)) => {
                    let mut inner = empty;
                    set(&mut inner, rest, value);
                    fields.push(((*name).to_owned(), inner));
                }
            }
        }
        (PathStep::Index(index), RonValue::List(items)) => match (*index < items.len(), value) {
            (true, None) if last => drop(items.remove(*index)),
            (true, _) => set(&mut items[*index], rest, value),
            (false, None) => {}
            (false, Some(_)) => {
                let mut inner = empty;
                set(&mut inner, rest, value);
                items.push(inner);
            }
        },
        (step, other) => panic!("{step:?} leads nowhere in {other:?}"),
    }
}

/// Without empty lists and `None`, and with the fields in one order.
fn without_nothing(value: RonValue) -> RonValue {
    match value {
        RonValue::List(items) => RonValue::List(items.into_iter().map(without_nothing).collect()),
        RonValue::Record(fields) => {
            let fields = fields.into_iter();
            let mut fields: Vec<(String, RonValue)> = fields
                .map(|(name, value)| (name, without_nothing(value)))
                .filter(|(_, v)| *v != RonValue::List(Vec::new()) && *v != RonValue::bare("None"))
                .collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            RonValue::Record(fields)
        }
        other => other,
    }
}

/// Without `Some( )`, `r#` and `_`.
fn plain(value: RonValue) -> RonValue {
    match value {
        RonValue::Call(name, mut values) if name == "Some" && values.len() == 1 => {
            plain(values.remove(0))
        }
        RonValue::Call(name, values) => {
            RonValue::Call(name, values.into_iter().map(plain).collect())
        }
        RonValue::Bare(word) => {
            let word = word.strip_prefix("r#").unwrap_or(&word);
            let is_number = word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
            RonValue::Bare(if is_number {
                word.replace('_', "")
            } else {
                word.to_owned()
            })
        }
        RonValue::List(items) => RonValue::List(items.into_iter().map(plain).collect()),
        RonValue::Record(fields) => {
            let fields = fields.into_iter();
            RonValue::Record(fields.map(|(name, value)| (name, plain(value))).collect())
        }
        text => text,
    }
}

/// What the fields of a target hold.
pub fn specs(kind: Option<RecordKind>) -> &'static [FieldSpec] {
    kind.map_or(METADATA_FIELDS, RecordKind::fields)
}
