"""Run as a script: `edit_child.py DATABASE NAME EDITS SEED` changes report r0001 at random, as one of several at once.

Each change is made on the latest revision; who was overtaken looks again. Half of them are turns of a conversation.
Says `ready`, begins on a line of input, and prints a line of JSON for each change that was kept.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from nigao.errors import ConflictError, EditError
from nigao.report.kinds import load_kind
from nigao.report.model import Origin, Sentence
from nigao.revising.keeper import ReportKeeper
from nigao.revising.planning import Change
from nigao.store import NewTurn, Store

ID = "r0001"


class Editor:
    def __init__(self, store: Store, name: str, chance: random.Random) -> None:
        self.store, self.name, self.chance = store, name, chance
        self.keeper = ReportKeeper(store, None, load_kind, lambda day, units: None)
        self.session = store.chats.open(ID, name)
        self.count = 0

    def edit(self) -> dict[str, object]:
        """One change, kept; what it was."""
        self.count += 1
        while True:
            act = self.chance.choice(["add", "add", "add", "drop", "undo", "redo", "restore"])
            try:
                told, planned = self._planned(act)
                if planned.revision is not None:
                    return told | {"act": act, "revision": self._write(planned)}
            except (ConflictError, EditError):
                continue

    def _planned(self, act: str) -> tuple[dict[str, object], Change]:
        plan, now = self.keeper.plan, self.keeper.get(ID)
        if act in ("undo", "redo"):
            others = self.chance.random() < 0.3
            return {}, getattr(plan, act)(ID, self.name, 1, now.revision, others=others)
        if act == "restore":
            back = self.chance.randint(max(1, now.revision - 5), now.revision)
            return {"back": back}, plan.restore(ID, back, self.name, now.revision)
        report = now.report.model_copy(deep=True)
        lead = report.parts[0].lead
        if act == "add":
            mark = f"{self.name}第{self.count}句。"
            lead.insert(self.chance.randint(0, len(lead)), Sentence(text=mark, origin=Origin.HUMAN))
        else:
            mine = [sentence for sentence in lead if sentence.text.startswith(self.name)]
            mark = self.chance.choice(mine).text if mine else ""
            lead[:] = [sentence for sentence in lead if sentence.text != mark]
        how = {"author": self.name, "reason": f"{act} {mark}"}
        return {"mark": mark}, plan.change(ID, report, **how, expected_revision=now.revision)

    def _write(self, planned: Change) -> int:
        if self.chance.random() < 0.5:
            return self.keeper.write(planned).revision
        turn = NewTurn("改", "{}", "{}", json.dumps({"count": self.count}))
        done = self.store.chats.commit(self.session, turn, planned.revision)
        self.session = done.session
        assert done.stored is not None
        return done.stored.revision


def main(database: str, name: str, edits: str, seed: str) -> None:
    with Store.open(Path(database)) as store:
        editor = Editor(store, name, random.Random(int(seed)))
        # All begin together.
        print("ready", flush=True)
        sys.stdin.readline()
        for _ in range(int(edits)):
            print(json.dumps(editor.edit(), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
