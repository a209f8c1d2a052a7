"""Keep BLAS to one thread while our own threads work on blocks: they use the cores better, and sums stay the same."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


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
