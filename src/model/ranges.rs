//! Sorted, disjoint, inclusive ranges of integers: the arithmetic under address sets and port sets.

use std::sync::Arc;

/// An unsigned integer that a [`Ranges`] can hold.
pub trait Step: Copy + Ord {
    /// The smallest value.
    const MIN: Self;
    /// The largest value.
    const MAX: Self;
    /// The next value; `None` after [`Step::MAX`].
    fn next(self) -> Option<Self>;
    /// The value before; `None` before [`Step::MIN`].
    fn previous(self) -> Option<Self>;
    /// How many values lie between `self` and `last`, both included, saturating.
    fn count_to(self, last: Self) -> u128;
    /// The value `steps` further on, if there is one.
    fn plus(self, steps: u128) -> Option<Self>;
}

macro_rules! step {
    ($($kind:ty),*) => {$(
        impl Step for $kind {
            const MIN: Self = <$kind>::MIN;
            const MAX: Self = <$kind>::MAX;
            fn next(self) -> Option<Self> { self.checked_add(1) }
            fn previous(self) -> Option<Self> { self.checked_sub(1) }
            fn count_to(self, last: Self) -> u128 {
                (u128::from(last) - u128::from(self)).saturating_add(1)
            }
            fn plus(self, steps: u128) -> Option<Self> {
                <$kind>::try_from(u128::from(self).checked_add(steps)?).ok()
            }
        }
    )*};
}
step!(u16, u32, u128);

/// A set of integers as sorted, disjoint, non-touching inclusive ranges.
///
/// Equal sets are equal values, so `==`, order and hashing are those of the set itself. A copy shares the ranges:
/// judging a network copies the sets of its tags, thousands of ranges each, for every packet family.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ranges<T>(Arc<[(T, T)]>);

impl<T> Default for Ranges<T> {
    fn default() -> Self {
        Ranges(Arc::default())
    }
}

impl<T: Step> Ranges<T> {
    /// The set of every value.
    pub fn all() -> Self {
        Ranges(Arc::new([(T::MIN, T::MAX)]))
    }

    /// The set of the values from `first` to `last`, both included; empty if `first > last`.
    pub fn from_range(first: T, last: T) -> Self {
        if first > last { Ranges::default() } else { Ranges(Arc::new([(first, last)])) }
    }

    /// The union of ranges in any order; reversed ranges are empty.
    pub fn from_ranges(ranges: impl IntoIterator<Item = (T, T)>) -> Self {
        let mut sorted: Vec<(T, T)> = ranges.into_iter().filter(|(a, b)| a <= b).collect();
        sorted.sort_unstable();
        Ranges::merged(sorted.len(), sorted)
    }

    /// The union of at most `most` ranges in ascending order of their first values.
    fn merged(most: usize, ascending: impl IntoIterator<Item = (T, T)>) -> Self {
        let mut merged: Vec<(T, T)> = Vec::with_capacity(most);
        for (first, last) in ascending {
            match merged.last_mut() {
                Some((_, end)) if end.next().is_none_or(|after| first <= after) => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        Ranges(merged.into())
    }

    /// The ranges in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = (T, T)> + '_ {
        self.0.iter().copied()
    }

    /// Whether nothing is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether everything is in the set.
    pub fn is_all(&self) -> bool {
        *self.0 == [(T::MIN, T::MAX)]
    }

    /// Whether `value` is in the set.
    pub fn contains(&self, value: T) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= value);
        after > 0 && value <= self.0[after - 1].1
    }

    /// The smallest and the largest value; `None` if there is none.
    pub fn span(&self) -> Option<(T, T)> {
        Some((self.0.first()?.0, self.0.last()?.1))
    }

    /// One value of the set as a set: the lowest for 0, the highest for 1, for any other seed one that depends on it alone.
    pub fn sample(&self, seed: u64) -> Self {
        let Some((first, last)) = self.span() else { return Ranges::default() };
        let value = match seed {
            0 => first,
            1 => last,
            _ => {
                let mixed = u128::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
                let index = (mixed >> 96) as usize % self.0.len();
                self.0.get(index).map_or(first, |(a, b)| a.plus((mixed >> 8) % a.count_to(*b)).unwrap_or(*a))
            }
        };
        Ranges::from_range(value, value)
    }

    /// How many values are in the set, saturating.
    pub fn count(&self) -> u128 {
        self.iter().fold(0, |sum: u128, (first, last)| sum.saturating_add(first.count_to(last)))
    }

    /// Everything in either set.
    pub fn union(&self, other: &Self) -> Self {
        if self.is_empty() || other.is_all() {
            return other.clone();
        }
        if other.is_empty() || self.is_all() || self.is_same(other) {
            return self.clone();
        }
        let (mut left, mut right) = (&*self.0, &*other.0);
        let ascending = std::iter::from_fn(|| {
            let side = match (left, right) {
                ([a, ..], [b, ..]) if a <= b => &mut left,
                ([_, ..], []) => &mut left,
                _ => &mut right,
            };
            let (range, rest) = side.split_first()?;
            *side = rest;
            Some(*range)
        });
        Ranges::merged(self.0.len() + other.0.len(), ascending)
    }

    /// Everything in both sets.
    pub fn intersection(&self, other: &Self) -> Self {
        if self.is_all() {
            return other.clone();
        }
        if other.is_all() || self.is_same(other) {
            return self.clone();
        }
        let (mut left, mut right) = (0, 0);
        let mut both = Vec::new();
        while let (Some(a), Some(b)) = (self.0.get(left), other.0.get(right)) {
            if a.1 < b.0 {
                left = self.seek(left, b.0);
            } else if b.1 < a.0 {
                right = other.seek(right, a.0);
            } else {
                both.push((a.0.max(b.0), a.1.min(b.1)));
                if a.1 < b.1 { left += 1 } else { right += 1 }
            }
        }
        Ranges(both.into())
    }

    /// Whether it is a copy of the other: equal without a look.
    fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The index of the first range from `from` on that does not end before `value`. Steps double, so that few ranges
    /// against thousands cost little.
    fn seek(&self, from: usize, value: T) -> usize {
        if self.0.get(from).is_none_or(|range| range.1 >= value) {
            return from;
        }
        let (mut low, mut step) = (from, 1);
        while self.0.get(low + step).is_some_and(|range| range.1 < value) {
            low += step;
            step *= 2;
        }
        let window = self.0.get(low..self.0.len().min(low + step)).unwrap_or_default();
        low + window.partition_point(|range| range.1 < value)
    }

    /// Everything not in the set.
    pub fn complement(&self) -> Self {
        let mut gaps = Vec::with_capacity(self.0.len() + 1);
        let mut from = Some(T::MIN);
        for (first, last) in self.iter() {
            if let (Some(start), Some(end)) = (from, first.previous())
                && start <= end
            {
                gaps.push((start, end));
            }
            from = last.next();
        }
        if let Some(start) = from {
            gaps.push((start, T::MAX));
        }
        Ranges(gaps.into())
    }

    /// Everything in this set and not in `other`.
    pub fn difference(&self, other: &Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return self.clone();
        }
        if self.is_same(other) {
            return Ranges::default();
        }
        let mut rest = Vec::with_capacity(self.0.len());
        let mut right = 0;
        for (first, last) in self.iter() {
            let mut from = Some(first);
            right = other.seek(right, first);
            while let Some(&(a, b)) = other.0.get(right)
                && a <= last
            {
                if let (Some(start), Some(end)) = (from, a.previous())
                    && start <= end
                {
                    rest.push((start, end));
                }
                // A range that reaches beyond `last` may cut the next one too.
                from = if b < last { b.next() } else { None };
                if from.is_none() {
                    break;
                }
                right += 1;
            }
            rest.extend(from.map(|start| (start, last)));
        }
        Ranges(rest.into())
    }

    /// Whether all of this set lies in `other`.
    pub fn is_subset(&self, other: &Self) -> bool {
        let mut at = 0;
        self.is_same(other)
            || self.iter().all(|(first, last)| {
                at = other.seek(at, first);
                other.0.get(at).is_some_and(|range| range.0 <= first && last <= range.1)
            })
    }

    /// Whether the two sets share a value.
    pub fn intersects(&self, other: &Self) -> bool {
        let (mut left, mut right) = (0, 0);
        while let (Some(a), Some(b)) = (self.0.get(left), other.0.get(right)) {
            if a.1 < b.0 {
                left = self.seek(left, b.0);
            } else if b.1 < a.0 {
                right = other.seek(right, a.0);
            } else {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::Ranges;
    use proptest::prelude::*;

    fn some_set() -> impl Strategy<Value = Ranges<u16>> {
        let edge = prop_oneof![0u16..40, Just(u16::MAX), Just(u16::MAX - 1)];
        proptest::collection::vec((edge.clone(), edge), 0..16).prop_map(Ranges::from_ranges)
    }

    proptest! {
        /// Each operation agrees with asking every single value.
        #[test]
        fn operations_agree_with_membership(a in some_set(), b in some_set()) {
            for value in (0u16..50).chain(u16::MAX - 3..=u16::MAX) {
                let (in_a, in_b) = (a.contains(value), b.contains(value));
                prop_assert_eq!(a.union(&b).contains(value), in_a || in_b);
                prop_assert_eq!(a.intersection(&b).contains(value), in_a && in_b);
                prop_assert_eq!(a.difference(&b).contains(value), in_a && !in_b);
                prop_assert_eq!(a.complement().contains(value), !in_a);
            }
            prop_assert_eq!(a.is_subset(&b), a.difference(&b).is_empty());
            prop_assert_eq!(a.intersects(&b), !a.intersection(&b).is_empty());
            prop_assert_eq!(a.complement().complement(), a.clone());
            prop_assert_eq!(a.difference(&b), a.intersection(&b.complement()));
            prop_assert_eq!(a.count() + a.complement().count(), 65_536);
            for seed in 0..20 {
                prop_assert!(a.sample(seed).is_subset(&a) && a.sample(seed).is_empty() == a.is_empty());
            }
        }
    }
}
