"""REST: one module for each kind of thing; a route says what the caller's key must allow, and hands on."""

from nigao.service.rest import audit, chats, checks, corpus, documents, jobs, me, reports, revisions, signoff

ROUTERS = (
    me.router,
    corpus.router,
    documents.router,
    reports.router,
    revisions.router,
    signoff.router,
    chats.router,
    checks.router,
    jobs.router,
    audit.router,
)
