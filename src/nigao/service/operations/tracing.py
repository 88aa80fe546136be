"""OpenTelemetry, where somebody asks for it: a span for each request, with its route and never its words.

The spans that FastAPI and its instrumentation make have query strings, and those are what people search for.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from nigao.errors import UsageError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_VARIABLES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_EXPORTER = "opentelemetry.exporter.otlp.proto.http"


@dataclass(frozen=True, slots=True)
class Tracing:
    """Writes spans to a provider."""

    provider: TracerProvider

    def record(self, parent: str, route: str, method: str, status: int, at: int, seconds: float) -> None:
        """Write the span of a request that has ended: `parent` is its `traceparent`, `at` when it began (ns)."""
        from opentelemetry.trace import SpanKind, Status, StatusCode
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        context = TraceContextTextMapPropagator().extract({"traceparent": parent})
        span = self.provider.get_tracer("nigao").start_span(
            f"{method} {route}",
            context=context,
            kind=SpanKind.SERVER,
            start_time=at,
            attributes={"http.request.method": method, "http.route": route, "http.response.status_code": status},
        )
        if status >= 500:
            span.set_status(Status(StatusCode.ERROR))
        span.end(at + int(seconds * 1e9))


def configured_tracing() -> Tracing | None:
    """As the environment asks for it (OTEL_EXPORTER_OTLP_ENDPOINT); None, and nothing imported, where it does not.

    Raises UsageError where what it takes is not installed.
    """
    if not any(os.environ.get(name) for name in _VARIABLES) or os.environ.get("OTEL_SDK_DISABLED") == "true":
        return None
    try:
        found = find_spec(_EXPORTER) is not None
    except ModuleNotFoundError:
        found = False
    if not found:
        raise UsageError(
            "设置了 OpenTelemetry 的地址，但没有安装所需的包",
            where=_VARIABLES[0],
            fix="安装 nigao[otel]，或去掉这个环境变量",
        )
    return Tracing(_provider())


def _provider() -> TracerProvider:
    from importlib import import_module

    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter

    # By name: it is an extra, and the type checker must do without it.
    exporter = cast(SpanExporter, import_module(f"{_EXPORTER}.trace_exporter").OTLPSpanExporter())
    named = os.environ.get("OTEL_SERVICE_NAME", "nigao")
    provider = TracerProvider(resource=Resource.create({"service.name": named}))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider
