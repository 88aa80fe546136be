"""Figures for Prometheus, in a registry of each app's own. No figure is broken down by anything that a person wrote."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from nigao.service.serving import Service

CONTENT_TYPE = CONTENT_TYPE_LATEST
_BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)
_STATES = ("queued", "running", "done", "failed", "cancelled")


class Metrics:
    """Counts requests as they end; jobs and the corpus are looked at when somebody asks."""

    def __init__(self, service: Service) -> None:
        self._registry = CollectorRegistry()
        labels = ("route", "method", "status")
        self._requests = Counter("nigao_requests", "办完的请求", labels, registry=self._registry)
        self._seconds = Histogram(
            "nigao_request_seconds", "请求用时（秒）", ("route", "method"), buckets=_BUCKETS, registry=self._registry
        )
        self.under_way = Gauge("nigao_requests_under_way", "正在办的请求", registry=self._registry)
        self._registry.register(_Stored(service))

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Take in a request that has ended."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route, method).observe(seconds)

    def written(self) -> bytes:
        """All figures in Prometheus' text format. Raises StoreError."""
        return generate_latest(self._registry)


class _Stored(Collector):
    def __init__(self, service: Service) -> None:
        self._service = service

    def describe(self) -> Iterator[Metric]:
        """Named beforehand, so that to register this needs no look at the database."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        """What the database says now."""
        assistant = self._service.assistant
        counts = {str(state): count for state, count in assistant.store.jobs.counts().items()}
        jobs = GaugeMetricFamily("nigao_jobs", "各种状态的任务", labels=["state"])
        for state in _STATES:
            jobs.add_metric([state], counts.get(state, 0))
        yield jobs
        yield GaugeMetricFamily("nigao_jobs_running", "本进程正在办的任务", value=self._service.runner.running)
        status = assistant.hybrid.status()
        yield GaugeMetricFamily("nigao_corpus_passages", "可检索的段落", value=status.passages)
        yield GaugeMetricFamily("nigao_corpus_embedded", "已有向量的段落", value=status.embedded)
