"""Runs the stored jobs in threads of this process: what it leaves behind, the next process takes up."""

from __future__ import annotations

import logging
import threading
import time

from nigao.assistant import Assistant
from nigao.errors import NigaoError
from nigao.service.jobs.telling import Telling
from nigao.service.jobs.work import KINDS, Stop, StoppedError
from nigao.service.problems import problem_of
from nigao.store import JobRecord

log = logging.getLogger("nigao.service")
# Somebody else (a second process, a restored backup) may have put a job there.
_LOOK_AGAIN_SECONDS = 5.0


class JobRunner:
    """`start` takes up what an earlier process left; `stop` lets running work finish in its time and parks the rest."""

    def __init__(self, assistant: Assistant, workers: int) -> None:
        self._assistant = assistant
        self._workers = workers
        self._bell = threading.Condition()
        self._closing = False
        self._running: dict[str, Stop] = {}
        self._threads: list[threading.Thread] = []

    def start(self) -> int:
        """Begin to work; how many jobs an earlier process had left unfinished."""
        left = self._assistant.store.jobs.park()
        for number in range(self._workers):
            thread = threading.Thread(target=self._work, name=f"nigao-job-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)
        return left

    def wake(self) -> None:
        """Tell the workers that there is a job."""
        with self._bell:
            self._bell.notify_all()

    @property
    def alive(self) -> bool:
        """Whether every worker is there to take a job."""
        return len(self._threads) == self._workers and all(thread.is_alive() for thread in self._threads)

    @property
    def running(self) -> int:
        """How many jobs are under way."""
        return len(self._running)

    def cancel(self, id: str) -> JobRecord:
        """End a job: one that waits at once; one that runs finishes with what there is. Raises NotFoundError."""
        with self._bell:
            stop = self._running.get(id)
            if stop is None:
                return self._assistant.store.jobs.end(id, "cancelled")
            stop.ask()
            return self._assistant.store.jobs.get(id)

    def stop(self, grace: float) -> int:
        """Take no more jobs, give those under way `grace` seconds, and park the others; how many were parked."""
        with self._bell:
            self._closing = True
            self._bell.notify_all()
        until = time.monotonic() + grace
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return self._assistant.store.jobs.park()

    def _work(self) -> None:
        while True:
            with self._bell:
                job = None if self._closing else self._assistant.store.jobs.claim()
                if job is None:
                    if self._closing:
                        return
                    self._bell.wait(_LOOK_AGAIN_SECONDS)
                    continue
                stop = self._running[job.id] = Stop()
            try:
                self._run(job, stop)
            except Exception:
                # The store itself failed: the job stays running there, and the next process takes it up.
                log.exception("任务没有办完", extra={"job": job.id})
            finally:
                self._running.pop(job.id, None)

    def _run(self, job: JobRecord, stop: Stop) -> None:
        jobs = self._assistant.store.jobs
        try:
            with Telling(self._assistant.store, job.id) as telling:
                result = KINDS[job.kind](self._assistant, job, telling.tell, stop)
        except StoppedError:
            jobs.end(job.id, "cancelled")
        except NigaoError as error:
            jobs.end(job.id, "failed", problem_json=problem_of(error).model_dump_json(exclude_none=True))
        except Exception as error:
            log.exception("任务出错", extra={"job": job.id})
            jobs.end(job.id, "failed", problem_json=problem_of(error).model_dump_json(exclude_none=True))
        else:
            jobs.end(job.id, "cancelled" if stop.asked else "done", result_json=result.model_dump_json())
