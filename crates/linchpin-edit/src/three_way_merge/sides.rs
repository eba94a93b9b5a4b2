//! The same thing in the three texts, and the rule by which one of two versions stands.

use linchpin_register::LoadedRegister;

/// One of the two texts that have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MergeSide {
    /// What the user has changed.
    Ours,
    /// What the file holds now.
    Theirs,
}

/// Something of the base, and what each side made of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sides<T, B = T> {
    /// As it was before either side changed it.
    pub base: B,
    /// As the user has it.
    pub ours: T,
    /// As the file has it now.
    pub theirs: T,
}

/// Something that both sides have, and the base perhaps.
pub(super) type BothSides<T> = Sides<T, Option<T>>;

impl<T, B> Sides<T, B> {
    /// The version of one side.
    pub fn get(&self, side: MergeSide) -> &T {
        match side {
            MergeSide::Ours => &self.ours,
            MergeSide::Theirs => &self.theirs,
        }
    }
}

/// The side whose version stands: where only one has changed it, or both alike.
///
/// Theirs is asked first, so that a text in which nothing is ours alone stays byte for byte what
/// the file holds.
fn unopposed<T: PartialEq>(base: Option<&T>, ours: &T, theirs: &T) -> Option<MergeSide> {
    if ours == theirs || base == Some(ours) {
        Some(MergeSide::Theirs)
    } else if base == Some(theirs) {
        Some(MergeSide::Ours)
    } else {
        None
    }
}

impl<T> Sides<T> {
    /// The same of each.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Sides<U> {
        Sides {
            base: f(self.base),
            ours: f(self.ours),
            theirs: f(self.theirs),
        }
    }

    pub(super) fn as_ref(&self) -> Sides<&T> {
        Sides {
            base: &self.base,
            ours: &self.ours,
            theirs: &self.theirs,
        }
    }

    /// With what was theirs as ours, and the other way round.
    pub(super) fn swapped(self) -> Sides<T> {
        Sides {
            base: self.base,
            ours: self.theirs,
            theirs: self.ours,
        }
    }

    pub(super) fn with_base(self) -> BothSides<T> {
        Sides {
            base: Some(self.base),
            ours: self.ours,
            theirs: self.theirs,
        }
    }

    /// The side whose version stands; `None` where both changed it in different ways.
    pub(super) fn unopposed(&self) -> Option<MergeSide>
    where
        T: PartialEq,
    {
        unopposed(Some(&self.base), &self.ours, &self.theirs)
    }
}

impl<T> BothSides<T> {
    pub(super) fn each<U>(self, mut f: impl FnMut(T) -> U) -> BothSides<U> {
        Sides {
            base: self.base.map(&mut f),
            ours: f(self.ours),
            theirs: f(self.theirs),
        }
    }

    /// What `f` makes of two such things.
    pub(super) fn zip<U, V>(self, other: BothSides<U>, f: impl Fn(T, U) -> V) -> BothSides<V> {
        Sides {
            base: self.base.zip(other.base).map(|(a, b)| f(a, b)),
            ours: f(self.ours, other.ours),
            theirs: f(self.theirs, other.theirs),
        }
    }

    /// What `f` finds in the texts at these places.
    pub(super) fn find_in<'a, U>(
        self,
        texts: Sides<&'a LoadedRegister>,
        f: impl Fn(&'a LoadedRegister, T) -> U,
    ) -> BothSides<U> {
        texts.with_base().zip(self, f)
    }

    pub(super) fn each_ref(&self) -> BothSides<&T> {
        Sides {
            base: self.base.as_ref(),
            ours: &self.ours,
            theirs: &self.theirs,
        }
    }

    /// The side whose version stands; `None` where both changed it in different ways.
    pub(super) fn unopposed_side(&self) -> Option<MergeSide>
    where
        T: PartialEq,
    {
        unopposed(self.base.as_ref(), &self.ours, &self.theirs)
    }
}

impl<T> BothSides<Option<T>> {
    /// All of them; `None` where one that should be there is not.
    pub(super) fn all(self) -> Option<BothSides<T>> {
        Some(Sides {
            base: match self.base {
                Some(base) => Some(base?),
                None => None,
            },
            ours: self.ours?,
            theirs: self.theirs?,
        })
    }

    /// Each where it is there.
    pub(super) fn flatten(self) -> Sides<Option<T>> {
        Sides {
            base: self.base.flatten(),
            ours: self.ours,
            theirs: self.theirs,
        }
    }
}
