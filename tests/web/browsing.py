"""A browser on the served page: found or skipped, watched for what a page must never do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, expect, sync_playwright

from nigao import Assistant

DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Where the page breaks its own policy or a script runs that is not its own, this hears of it first.
_WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    window.broken.push(`${violatedDirective} ${blockedURI}`);
});
"""
expect.set_options(timeout=15_000)


@dataclass
class Site:
    """The served workspace: its address, and the assistant behind it."""

    url: str
    assistant: Assistant

    def key(self, person: str, *roles: str, units: tuple[str, ...] = ()) -> str:
        """A new key's secret; from the first one on, the page asks for one."""
        return self.assistant.store.keys.create(person=person, roles=roles, by="管理员", units=units)[1]


@dataclass
class Watch:
    """What a page did that it must not do."""

    origin: str
    wrong: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        """Watch a page from its first script on."""
        page.add_init_script(_WATCH)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("request", self._asked)
        page.on("dialog", lambda dialog: (self.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def check(self, page: Page) -> None:
        """Fail where the page did anything of it."""
        self.wrong += [f"policy: {one}" for one in page.evaluate("window.broken")]
        if page.evaluate("typeof window.pwned !== 'undefined'"):
            self.wrong.append("a script from a text was run")
        assert self.wrong == []

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "blob:" + self.origin)):
            self.wrong.append(f"request: {request.url}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Any Chromium that is installed; without one the tests are skipped, on CI they fail."""
    with sync_playwright() as playwright:
        program = _found(playwright)
        if program is None:
            reason = "no Chromium found (install one, or run `playwright install chromium`): the page is not tried"
            pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
        # Its own sandbox cannot be set up as root, as in a container; what it opens here is this project's page alone.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def _found(playwright: Playwright) -> str | None:
    installed = next(filter(None, map(shutil.which, _NAMES)), None)
    own = playwright.chromium.executable_path
    return installed or (own if Path(own).is_file() else None)
