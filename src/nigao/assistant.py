"""The facade: a workspace opened, synced, searched, drafted from and checked against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypedDict, Unpack

from nigao.checker import Checker
from nigao.checks.finding import Finding
from nigao.corpus.model import Role
from nigao.draft import Draft
from nigao.errors import KindError
from nigao.exporting import ExportOptions
from nigao.keeping import CorpusKeeper, Progress, Stated
from nigao.modelsettings import ModelSettings
from nigao.report.brief import Brief
from nigao.report.kinds import Kind
from nigao.report.model import Report
from nigao.reportfile import parse_text
from nigao.retrieval.embeddings import Embedder, TextEmbeddings, as_embedder
from nigao.retrieval.endpoint_embeddings import configured_embedder
from nigao.retrieval.evidence import CorpusEvidence
from nigao.retrieval.reranking import configured_reranker
from nigao.retrieval.search import Hit, HybridSearch
from nigao.settings import Settings, find_workspace, load_settings
from nigao.store import Store
from nigao.workspace import create_workspace

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from nigao.chat.session import ChatSession
    from nigao.chat.turn import Office
    from nigao.drafting.composer import Writer
    from nigao.drafting.events import DraftEvent
    from nigao.drafting.run import DraftRun
    from nigao.retrieval.retriever import HybridRetriever
    from nigao.retrieval.sync import SyncResult
    from nigao.revising.keeper import ReportKeeper


class DraftOptions(TypedDict, total=False):
    """How to draft. `part` limits the report to one part and those it answers; `writer` replaces the offline composer.

    `model` (any LangChain chat model, or settings; by default the workspace's, if it names one) words what the composer
    laid out; `offline` leaves it out. `author` (default 拟稿人) is recorded; `job` is the stored job it is made for.
    """

    part: str
    writer: Writer | None
    model: BaseChatModel | ModelSettings | None
    offline: bool
    author: str
    job: str


class Assistant:
    """One open workspace. Use `open`, `create` or `in_memory`; close it or use it as a context manager."""

    def __init__(self, store: Store, embedder: Embedder | None, settings: Settings | None = None) -> None:
        self.store = store
        self.settings = settings
        self._embedder = embedder

    @classmethod
    def open(
        cls,
        folder: str | Path | None = None,
        *,
        embeddings: bool = True,
        embedder: Embedder | TextEmbeddings | None = None,
    ) -> Assistant:
        """Open the workspace at or above `folder` (default: NIGAO_WORKSPACE, else the current folder).

        `embeddings=False` searches by words only, which opens faster. `embedder` (ours, or any LangChain embeddings
        object) replaces the one of the settings. Raises WorkspaceError, StoreError.
        """
        settings = load_settings(find_workspace(Path(folder) if folder is not None else None))
        chosen = None
        if embeddings:
            chosen = as_embedder(embedder) if embedder is not None else configured_embedder(settings)
        return cls(Store.open(settings.database), chosen, settings)

    @classmethod
    def create(cls, folder: str | Path, *, sample: bool = False) -> Assistant:
        """Make a workspace and open it; with `sample` the sample corpus is copied in. Raises OutputError."""
        create_workspace(Path(folder), sample=sample)
        return cls.open(folder)

    @classmethod
    def in_memory(cls, embedder: Embedder | TextEmbeddings | None = None) -> Assistant:
        """A workspace that leaves nothing on disk; words only unless an embedder, or a LangChain one, is given."""
        return cls(Store.in_memory(), as_embedder(embedder) if embedder is not None else None)

    def close(self) -> None:
        """Close the indexes, then the database."""
        for name in ("hybrid", "by_words"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def hybrid(self) -> HybridSearch:
        """Search by words and, where there is an embedder, by meaning."""
        # Where the models are left out, so is the second look.
        settings = self.settings if self._embedder is not None else None
        reranker = configured_reranker(settings) if settings is not None else None
        return HybridSearch(self.store, self._embedder, self._cache, reranker=reranker)

    @cached_property
    def by_words(self) -> HybridSearch:
        """Search by words only: what the checks use."""
        return self.hybrid if self._embedder is None else HybridSearch(self.store, None, self._cache)

    @property
    def _cache(self) -> Path | None:
        return self.settings.data if self.settings is not None else None

    def kind(self, key: str = "") -> Kind:
        """A kind by key, the workspace's own first; by default the workspace's. Raises KindError."""
        return self.checker.kind(key)

    @cached_property
    def corpus(self) -> CorpusKeeper:
        """Keeps the corpus: submits, approves, revokes; tells what rests on a document and what was in force when."""
        return CorpusKeeper(self.store, self.settings, lambda: self.hybrid)

    def sync(self, manifest: str | Path | None = None, *, progress: Progress | None = None) -> SyncResult:
        """`corpus.sync`: bring the corpus in step with a manifest (default: the workspace's). Searchable by words on
        return; vectors are `embed`'s work.
        """
        return self.corpus.sync(manifest, progress=progress)

    def embed(self, *, progress: Progress | None = None) -> int:
        """Compute the vectors still missing; resumable. Returns how many texts were embedded."""
        return self.hybrid.embed_pending(progress)

    def add(
        self,
        files: Sequence[str | Path],
        *,
        role: Role | str,
        approved_by: str,
        approved_on: dt.date,
        **stated: Unpack[Stated],
    ) -> SyncResult:
        """`corpus.add`: admit single files with their approval."""
        return self.corpus.add(files, role=role, approved_by=approved_by, approved_on=approved_on, **stated)

    def revoke(self, document_id: str, *, reason: str, by: str = "") -> None:
        """`corpus.revoke`: stop a document from being evidence, from the next query on."""
        self.corpus.revoke(document_id, reason=reason, by=by)

    def verify(self) -> list[str]:
        """`corpus.verify`: what is wrong with the corpus, in Chinese; empty when all is well."""
        return self.corpus.verify()

    def search(
        self, query: str, k: int = 10, *, unit: str | None = None, roles: Collection[Role] | None = None
    ) -> list[Hit]:
        """The `k` best passages of documents in force today that the unit (default: the settings') may see."""
        return self.hybrid.search(query, k, unit=unit or self._unit, roles=roles)

    def retriever(self, k: int = 10, *, unit: str | None = None) -> HybridRetriever:
        """The same search as a LangChain retriever, for a chain of one's own."""
        from nigao.retrieval.retriever import HybridRetriever

        return HybridRetriever(search=self.hybrid, k=k, unit=unit or self._unit)

    def draft(
        self, brief: Brief, *, on_event: Callable[[DraftEvent], None] | None = None, **how: Unpack[DraftOptions]
    ) -> Draft:
        """Draft the report, check it and keep it as a new stored report; `on_event` hears how it goes.

        Raises KindError for an unknown kind or part, ModelUnavailableError where the model cannot even be opened.
        """
        return self.start(brief, **how).wait(on_event)

    def start(self, brief: Brief, **how: Unpack[DraftOptions]) -> DraftRun[Draft]:
        """The same as a running job: iterate it for its events, `cancel` it, take its `draft` when they are over."""
        from nigao.drafting.composer import OfflineComposer
        from nigao.drafting.desk import Desk
        from nigao.drafting.run import DraftRun
        from nigao.draftjob import DraftJob, choose_model

        kind, part = self.kind(brief.kind), how.get("part", "")
        if part and kind.part(part) is None:
            known = "、".join(spec.key for spec in kind.parts)
            raise KindError(f"文种“{kind.name}”没有 {part} 部分", where="part", fix=f"可用的有：{known}")
        today = dt.date.today()
        job = DraftJob(
            store=self.store,
            desk=Desk(brief=brief, kind=kind, corpus=self.hybrid, on=today),
            writer=how.get("writer") or OfflineComposer(),
            evidence=self._evidence(today, brief.unit.named),
            choice=None if how.get("offline") else choose_model(self.store, self.model_settings, how.get("model")),
            only=part,
            author=how.get("author", "拟稿人"),
            ai_label=self._labelled,
            job=how.get("job", ""),
        )
        return DraftRun(job)

    def chat(
        self,
        report: str = "",
        *,
        author: str = "编辑",
        fresh: bool = False,
        rules: bool = True,
        model: BaseChatModel | ModelSettings | None = None,
        offline: bool = False,
    ) -> ChatSession:
        """The author's conversation about a stored report (by default the one last changed), gone on with where it
        stopped, or a `fresh` one. `model` and `offline` as for drafting; without `rules` the model reads every turn.

        Raises NotFoundError for an unknown report.
        """
        from nigao.chat.opening import open_session

        return open_session(self.office(model, offline=offline), report, author, fresh=fresh, rules=rules)

    def office(self, model: BaseChatModel | ModelSettings | None = None, *, offline: bool = False) -> Office:
        """What a conversation works with, for a caller that keeps sessions of its own."""
        from nigao.chat.turn import Office
        from nigao.draftjob import choose_model

        return Office(
            store=self.store,
            reports=self.reports,
            search=self.hybrid,
            kind=self.kind,
            evidence=lambda day, brief: self._evidence(day, brief.unit.named),
            model=lambda: None if offline else choose_model(self.store, self.model_settings, model),
            start=lambda brief, by: self.start(brief, author=by, model=model, offline=offline),
            folder=Path(),
            allow=lambda command: None,
        )

    @property
    def model_settings(self) -> ModelSettings:
        """The workspace's model; one without a name is none."""
        return self.settings.model if self.settings is not None else ModelSettings()

    @property
    def _unit(self) -> str | None:
        """Who searches where nobody else is named."""
        return self.settings.unit or None if self.settings is not None else None

    @property
    def _labelled(self) -> bool:
        return self.settings.ai_label if self.settings is not None else True

    def export(self, draft: Draft, files: Sequence[str | Path], options: ExportOptions | None = None) -> list[str]:
        """`reports.export`: write a draft's files by suffix, all or none. What a person should know about them.

        Leaving the AI label off is a choice that the audit log records.
        """
        return self.reports.export(draft, [Path(file) for file in files], options)

    @cached_property
    def reports(self) -> ReportKeeper:
        """Keeps the stored reports: changes, undoes, compares and signs them off."""
        from nigao.revising.keeper import ReportKeeper

        return ReportKeeper(self.store, self.settings, self.kind, self._evidence)

    @cached_property
    def checker(self) -> Checker:
        """Checks report files by this workspace's settings and corpus."""
        return Checker(self.settings, self.evidence)

    def _evidence(self, day: dt.date, units: Collection[str]) -> CorpusEvidence:
        """What may be cited on a day, as a unit may see it."""
        return CorpusEvidence(self.store, self.by_words, day, units)

    def evidence(self, day: dt.date, units: Collection[str]) -> CorpusEvidence | None:
        """The corpus of a day as a unit (by its names) may see it; with no workspace and no documents there is none."""
        nothing = self.settings is None and not self.store.documents.all()
        return None if nothing else self._evidence(day, units)

    def check(
        self,
        report: Report,
        *,
        brief: Brief | None = None,
        select: Collection[str] = (),
        ignore: Collection[str] = (),
    ) -> list[Finding]:
        """Check a report against its kind, the brief and the corpus of today; `checker` tells more, and takes files.

        Raises KindError, NotFoundError.
        """
        return self.checker.check(report, brief=brief, select=select, ignore=ignore)

    def read(self, file: str | Path, kind: str = "") -> Report:
        """A report from a .txt, .md, .docx or (our own) .json file. Raises ReportFileError."""
        return self.checker.open_file(file, kind).report

    def parse(self, text: str, kind: str = "") -> Report:
        """A report from plain text."""
        return parse_text(text, self.kind(kind))

    def stored(self, report_id: str, revision: int | None = None) -> Draft:
        """A stored report, its latest revision by default. Raises NotFoundError."""
        return self.reports.get(report_id, revision)
