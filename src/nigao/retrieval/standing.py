"""Who may be cited and what documents are called, read from SQL once for each state of the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from nigao.corpus.model import Document, Role
from nigao.retrieval.naming import DocumentNames

if TYPE_CHECKING:
    from nigao.store import Store


class Standing:
    """What SQL says of the documents at one state of the store; use it for one query and ask for the next one's."""

    def __init__(self, store: Store, state: str) -> None:
        self.state = state
        self._store = store
        self._citable: dict[tuple[dt.date, frozenset[Role], tuple[str, ...]], frozenset[str]] = {}
        self._documents: dict[tuple[str, dt.date], Document] = {}

    def citable(self, day: dt.date, roles: Collection[Role], unit: str | Collection[str] | None) -> frozenset[str]:
        """Ids of the documents that a unit may cite on that day."""
        # The store brings SQLAlchemy, which importing the package must not.
        from nigao.store.documents import names_of

        key = (day, frozenset(roles), names_of(unit))
        if key not in self._citable:
            self._citable[key] = frozenset(self._store.documents.evidence_ids(day, roles, unit))
        return self._citable[key]

    def documents(self, ids: Collection[str], day: dt.date) -> dict[str, Document]:
        """Those of the documents that exist, by id, as they stand on that day."""
        missing = {id for id in ids if (id, day) not in self._documents}
        if missing:
            self._documents.update(
                {(document.id, day): document for document in self._store.documents.many(missing, day)}
            )
        return {id: self._documents[id, day] for id in ids if (id, day) in self._documents}

    @cached_property
    def names(self) -> DocumentNames:
        """What all documents are called."""
        return DocumentNames(self._store.documents.all())


def standing(store: Store, before: Standing | None) -> Standing:
    """The present standing: the one before where nothing was recorded since, which one row tells.

    Whatever changes who may be cited leaves an audit event in the same transaction, so that nothing is missed.
    """
    state = store.audit.head()
    return before if before is not None and before.state == state else Standing(store, state)
