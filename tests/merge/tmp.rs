use super::messy::*;
use linchpin::edit::merge;
#[test]
fn stats() {
    let all = Reach {
        only_fields: false,
        records: &|at| at % 4 == 0,
    };
    let mut random = Random(99);
    for base in bases() {
        let l = loaded(&base);
        println!(
            "base problems {} {:?}",
            l.broken,
            l.problems
                .iter()
                .map(|p| (&p.message, p.span.of(&base)))
                .collect::<Vec<_>>()
        );
        let mut n = 0;
        let mut clashes = std::collections::BTreeMap::new();
        let mut shown = 0;
        for _ in 0..60 {
            let mine = edited(&base, &mut random, all);
            let theirs = edited(&base, &mut random, all);
            n += usize::from(mine != base) + usize::from(theirs != base);
            let m = merge(&loaded(&base), &loaded(&mine), &loaded(&theirs));
            for c in &m.conflicts {
                *clashes.entry(format!("{:?}", c.clash)).or_insert(0) += 1;
                if shown < 30 {
                    shown += 1;
                    println!(
                        "{} | {} | {}",
                        c.words(),
                        c.choice(linchpin::edit::Side::Mine),
                        c.choice(linchpin::edit::Side::Theirs)
                    );
                }
            }
            if n < 5 {
                for d in &m.taken {
                    println!("   {}", d.words());
                }
            }
        }
        println!("changed {n} of 120, {clashes:?}");
    }
}
#[test]
fn whole() {
    let all = Reach {
        only_fields: false,
        records: &|at| at % 4 == 0,
    };
    let mut random = Random(199);
    for base in bases() {
        for _ in 0..250 {
            let mine = edited(&base, &mut random, all);
            let theirs = edited(&base, &mut random, all);
            let m = merge(&loaded(&base), &loaded(&mine), &loaded(&theirs));
            if m.conflicts
                .iter()
                .any(|c| format!("{:?}", c.clash) == "WholeText")
            {
                let w = |a: &str, b: &str| {
                    linchpin::edit::compare(&loaded(a), &loaded(b))
                        .iter()
                        .map(|d| d.words())
                        .collect::<Vec<_>>()
                };
                println!(
                    "WHOLE\n mine {:?}\n theirs {:?}",
                    w(&base, &mine),
                    w(&base, &theirs)
                );
            }
            if m.conflicts
                .iter()
                .any(|c| format!("{:?}", c.clash) == "NotTogether")
            {
                println!(
                    "NOT {:?}",
                    m.conflicts.iter().map(|c| c.words()).collect::<Vec<_>>()
                );
            }
        }
    }
}
