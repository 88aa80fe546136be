"""Whether a model that failed may be asked again, so that a dead endpoint costs one wait and not one for each query."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from nigao.errors import ModelError, ModelUnavailableError

PAUSE_SECONDS = 60.0


class Circuit:
    """Broken by a failure for a minute, or for good where asking again is of no use; a success closes it.

    `trouble` is the last failure as a person reads it, empty while all is well. `clock` gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = -math.inf
        self.trouble = ""

    @property
    def closed(self) -> bool:
        """Whether the model may be asked."""
        return self._clock() >= self._until

    def fail(self, error: ModelError) -> None:
        """Break the circuit because of this failure; calls that fail while it is broken add nothing to the first."""
        if not self.closed:
            return
        lasting = isinstance(error, ModelUnavailableError) and error.lasting
        self._until = math.inf if lasting else self._clock() + PAUSE_SECONDS
        self.trouble = str(error)

    def close(self) -> None:
        """The model answered, or is to be tried again whatever happened before."""
        self._until, self.trouble = -math.inf, ""
