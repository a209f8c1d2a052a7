"""How many cores our own threads use. BLAS is kept to one thread: ours use the cores better, and sums stay the same."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

_share: ContextVar[int | None] = ContextVar("share", default=None)


def n_cores() -> int:
    """Cores that whoever asks may use."""
    return _share.get() or os.cpu_count() or 1


@contextmanager
def within_cores(n: int) -> Iterator[None]:
    """Let passes over the rows use no more than ``n`` cores, where several fits run in threads beside each other."""
    token = _share.set(n)
    try:
        yield
    finally:
        _share.reset(token)


class _Limit:
    """How many are inside, and what to restore when the last one leaves."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.users = 0
        self.limiter: Any = None

    def enter(self) -> None:
        with self.lock:
            if self.users == 0:
                self.limiter = _controller().limit(limits=1, user_api="blas")
            self.users += 1

    def leave(self) -> None:
        with self.lock:
            self.users -= 1
            if self.users == 0 and self.limiter is not None:
                self.limiter.restore_original_limits()


_limit = _Limit()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Limit BLAS to one thread for the whole process while anyone is inside, then restore what was."""
    _limit.enter()
    try:
        yield
    finally:
        _limit.leave()


@cache
def _controller() -> Any:
    from threadpoolctl import ThreadpoolController  # scans the loaded libraries: a few milliseconds, once

    return ThreadpoolController()
