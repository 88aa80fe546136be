"""Prints, for each kind of defect, how many the checker finds and what it says elsewhere, against the three targets."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.mutations.harness import Tally, run
from benchmarks.mutations.model import Clean, Group, all_operators
from benchmarks.mutations.sources import drafted, examples, given

TARGETS = {Group.MECHANICAL: 0.95, Group.SEMANTIC: 0.80}
QUIET_TARGET = 0.98


def main() -> None:
    """Parse the options, run, print."""
    options = _options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        texts = [*drafted(stack, folder / "draft"), *examples(stack, folder / "examples")]
        if options.data is not None:
            texts += given(stack, folder / "data", options.data, options.texts)
        chosen = [o for o in all_operators() if not options.kind or o.kind in options.kind]
        started = time.perf_counter()
        tallies = list(run(texts, chosen, options.cases, options.seed))
        seconds = time.perf_counter() - started
    if options.json:
        print(json.dumps(_as_data(tallies), ensure_ascii=False, indent=1))
        return
    _print_table(tallies)
    if options.worst:
        _print_worst(tallies, options.worst)
    print(f"\n{sum(len(t.cases) for t in tallies)} cases on {len(texts)} texts in {seconds:.0f} s, seed {options.seed}")
    _print_rules(tallies, texts)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description=__doc__)
    parser.add_argument("--cases", type=int, default=4, help="defects of each kind (default 4)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", help="only this kind of defect; may be repeated")
    parser.add_argument("--data", type=Path, help="a folder of official texts, or one file, read where it is")
    parser.add_argument("--texts", type=int, default=6, help="how many texts of --data (default 6)")
    parser.add_argument("--worst", type=int, nargs="?", const=3, default=0, help="print so many misses of each kind")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _print_table(tallies: Sequence[Tally]) -> None:
    print(f"{'defect':<26}{'applied':>8}{'caught':>8}{'(noted)':>8}{'elsewhere':>10}   caught by")
    for group in Group:
        inside = [t for t in tallies if t.group is group and t.cases]
        if not inside:
            continue
        print(f"-- {group}")
        for t in inside:
            codes = " ".join(f"{code}×{n}" for code, n in list(t.codes.items())[:5])
            print(f"{t.kind:<26}{len(t.cases):>8}{t.caught:>8}{t.noted:>8}{t.elsewhere:>10}   {codes}")
    idle = [t.kind for t in tallies if not t.cases]
    if idle:
        print("no occasion in these texts:", " ".join(idle))
    for group, target in TARGETS.items():
        inside = [t for t in tallies if t.group is group]
        applied, caught = sum(len(t.cases) for t in inside), sum(t.caught for t in inside)
        noted = sum(t.noted for t in inside)
        if applied:
            share = f"{caught}/{applied} = {caught / applied:.1%}"
            print(f"{group} caught {share} (by notes alone {noted}), target {target:.0%}")
    applied, loud = sum(len(t.cases) for t in tallies), sum(t.elsewhere for t in tallies)
    if applied:
        print(f"nothing new elsewhere {applied - loud}/{applied} = {1 - loud / applied:.1%}, target {QUIET_TARGET:.0%}")


def _print_rules(tallies: Sequence[Tally], texts: Sequence[Clean]) -> None:
    caught: dict[str, int] = {}
    strays: dict[str, int] = {}
    for t in tallies:
        for counts, of in ((caught, t.codes), (strays, t.strays)):
            for code, n in of.items():
                counts[code] = counts.get(code, 0) + n
    print("rule: caught / elsewhere")
    print("  ".join(f"{code}: {caught.get(code, 0)}/{strays.get(code, 0)}" for code in sorted({*caught, *strays})))
    print("findings on the clean texts:")
    used = {case.clean.name for t in tallies for case in t.cases}
    # What a text that was not used says can no longer be asked: its workspace is closed.
    for text in (text for text in texts if text.name in used):
        print(f"  {text.name}: " + (" ".join(sorted(f.code for f in text.baseline)) or "none"))


def _print_worst(tallies: Sequence[Tally], count: int) -> None:
    for t in tallies:
        missed = [case for case in t.cases if not case.caught][:count]
        loud = [case for case in t.cases if case.elsewhere][:count]
        if missed or loud:
            print(f"\n{t.kind}")
        for case in missed:
            print(f"  missed    {case.clean.name}: {case.told()}")
        for case in loud:
            said = "；".join(f"{f.code} {f.message}" for f in case.elsewhere[:3])
            print(f"  elsewhere {case.clean.name}: {case.told()}\n            {said}")


def _as_data(tallies: Sequence[Tally]) -> list[dict[str, object]]:
    return [
        {
            "kind": t.kind,
            "group": t.group,
            "applied": len(t.cases),
            "caught": t.caught,
            "noted": t.noted,
            "elsewhere": t.elsewhere,
            "codes": t.codes,
            "strays": t.strays,
            "missed": [f"{c.clean.name}: {c.told()}" for c in t.cases if not c.caught],
            "loud": [
                {"case": f"{c.clean.name}: {c.told()}", "said": [f"{f.code} {f.message}" for f in c.elsewhere]}
                for c in t.cases
                if c.elsewhere
            ],
        }
        for t in tallies
    ]


if __name__ == "__main__":
    main()
