"""Work that a person asks for: a button with its predicted time, then progress with Stop, then the result, kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.shared import jobs
from pages.shared.effort import agreed
from pages.shared.stores import store
from pages.shared.wording import escaped

MOST_KEPT = 32

Work = Callable[[jobs.Report], Any]
"""Returns the result; where its report says stop, with what there is so far, or None where that is nothing."""


def asked(slot: str, key: str, label: str, cost: float, work: Work, limit: float = 0.0) -> Any:
    """The result of the work with this key, or None while it waits for a click or runs; the page then shows which.

    Work that takes at most ``limit`` seconds begins without a click.

    Work that was stopped is shown with what it has, to this session only, and can be begun again.
    """
    found = store(slot, MOST_KEPT).get(key)
    if found is not None:
        return found
    if not agreed(slot, key, cost, label, limit):
        return None
    job = jobs.start(slot, key, work)
    if not job.ended_soon():
        jobs.show(slot)
        return None
    if job.error is not None:
        st.error(escaped(job.error), icon=":material/error:")
        return None
    if not job.stopped:
        store(slot, MOST_KEPT).put(key, job.result)
        jobs.forget(slot)
        st.rerun()  # what stands above may show it, too
    st.button("Begin again", key=f"{slot}-on", icon=":material/restart_alt:", on_click=jobs.go_on, args=(slot,))
    return job.result


def known(slot: str, key: str) -> Any:
    """The result of this work where it is done, or what there is of it where it was stopped; else None."""
    found, job = store(slot, MOST_KEPT).get(key), jobs.current(slot)
    return job.result if found is None and job is not None and job.key == key and not job.live else found
