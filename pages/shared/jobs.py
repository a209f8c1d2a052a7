"""Long work beside the page: a thread that reports where it is and can be asked to stop, and a view of it.

NumPy is not interrupted by Streamlit, so whatever may take longer than a moment runs here. A job looks up at each
report: it stops when asked, and when nobody has looked at it for a while (the tab was closed). At most as many jobs
compute at once as there are cores, over all sessions.
"""

from __future__ import annotations

import itertools
import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

import streamlit as st

from gmm_core.errors import GmmError
from pages.shared.pace import Pace
from pages.shared.wording import seconds

FORGOTTEN_AFTER = 60.0
"""Seconds without a look at a job after which it stops by itself."""

MOMENT = 1.2
"""Seconds that a page waits for a job before it shows progress instead."""

_serials = itertools.count(1)
ASKED = ("folds", "test", "population", "sure", "k-means", "classes", "class-mixtures", "sklearn")
"""Slots of work that a person asks for, beside those of the fit and of the grid."""

_cores = threading.BoundedSemaphore(os.cpu_count() or 1)


class Report(Protocol):
    """Given the share done (0 to 1) and what is being tried; False asks the work to stop with what it has.

    The time left is told of work that is ``paced``: whose share done is that of its time.
    """

    def __call__(self, share: float, text: str, paced: bool = False) -> bool: ...


class Job:
    """One piece of work in a thread of its own."""

    def __init__(self, key: str, work: Callable[[Report], Any]) -> None:
        self.key = key
        self.serial = next(_serials)
        self.share, self.text = 0.0, "Waiting for other work to finish"
        self.result: Any = None
        self.error: GmmError | None = None
        self._work = work
        self._asked = False
        self._pace = Pace()
        self._seen = time.monotonic()
        self._stopped = threading.Event()
        self._done = threading.Event()
        threading.Thread(target=self._run, daemon=True, name="gmm-job").start()

    @property
    def live(self) -> bool:
        """Whether it still runs; asking counts as a look at it."""
        self._seen = time.monotonic()
        return not self._done.is_set()

    @property
    def stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._stopped.is_set()

    @property
    def words(self) -> str:
        """What is being tried, and where that can be told, how long the rest will take."""
        left = self._pace.left(time.monotonic())
        return self.text if left is None else f"{self.text}; {seconds(left)} left"

    def stop(self) -> None:
        """Ask it to end soon, with what it has so far."""
        self._stopped.set()

    def ended_soon(self) -> bool:
        """Whether it has ended; the first to ask waits a moment for that."""
        first, self._asked = not self._asked, True
        return self.wait(MOMENT if first else 0.0)

    def wait(self, seconds: float) -> bool:
        """Wait for its end, at most so long; whether it has ended."""
        self._seen = time.monotonic()
        return self._done.wait(seconds)

    def _report(self, share: float, text: str, paced: bool = False) -> bool:
        self.share, self.text, now = min(max(share, 0.0), 1.0), text, time.monotonic()
        if paced:
            self._pace = self._pace.at(self.share, now)
        if now - self._seen > FORGOTTEN_AFTER:
            self._stopped.set()
        return not self.stopped

    def _run(self) -> None:
        try:
            with _cores:
                self.result = self._work(self._report)
        except GmmError as error:
            self.error = error
        except Exception:
            logging.getLogger(__name__).exception("A job failed")
            self.error = GmmError("The calculation failed in a way that it never should.", "Try other settings.")
        finally:
            self._done.set()


def start(slot: str, key: str, work: Callable[[Report], Any]) -> Job:
    """The session's job in ``slot`` with this key: the running or finished one, or a new one in place of another."""
    jobs: dict[str, Job] = st.session_state.setdefault("jobs", {})
    job = jobs.get(slot)
    if job is None or job.key != key:
        if job is not None:
            job.stop()
        job = jobs[slot] = Job(key, work)
    return job


def current(slot: str) -> Job | None:
    """The session's last job in ``slot``."""
    jobs: dict[str, Job] = st.session_state.get("jobs", {})
    return jobs.get(slot)


def keep_only(wanted_keys: dict[str, tuple[str, ...]]) -> None:
    """Stop and drop the session's jobs whose key begins in no way that is wanted for their slot: nobody waits."""
    jobs: dict[str, Job] = st.session_state.get("jobs", {})
    for slot, beginnings in wanted_keys.items():
        job = jobs.get(slot)
        if job is not None and not job.key.startswith(beginnings):
            job.stop()
            del jobs[slot]


def forget(slot: str) -> None:
    """Drop the finished job, so that the same key may run again."""
    st.session_state.get("jobs", {}).pop(slot, None)


def go_on(slot: str) -> None:
    """Run the stopped job's work again from where it was, without being asked a second time."""
    job = current(slot)
    if job is not None:
        want(slot, job.key)
        forget(slot)


def want(slot: str, key: str) -> None:
    """Note that the person says that this work should run."""
    st.session_state[f"wanted-{slot}"] = key


def wanted(slot: str, key: str) -> bool:
    """Whether the person has said already that this work should run."""
    return bool(st.session_state.get(f"wanted-{slot}") == key)


def show(slot: str, follow: bool = False, place: str = "") -> None:
    """Progress and a stop button while the job runs; draws the page anew when it ends, or follows each step.

    A job may be shown in two places at once, each with a name of its own.
    """
    job = current(slot)
    if job is not None:
        _progress(slot, job.share if follow else None, place)


def mention(slot: str) -> None:
    """Say where the job is, if it runs: that of another page or of a closed tab is looked at here only."""
    job = current(slot)
    if job is not None and job.live:
        _mentioned(slot)


@st.fragment(run_every=2.0)
def _mentioned(slot: str) -> None:
    job = current(slot)
    if job is not None and job.live:
        st.caption(job.words)


@st.fragment(run_every=0.5)
def _progress(slot: str, drawn: float | None, place: str) -> None:
    job = current(slot)
    if job is None:
        return
    if not job.live or (drawn is not None and job.share > drawn):
        st.rerun()
    st.progress(job.share, text=job.words)
    st.button("Stop, keep what is done", key=f"stop-{slot}{place}", on_click=job.stop, disabled=job.stopped)
