"""Where results are kept for the whole process: bounded in number and bytes, keyed on content.

The longest unused are dropped first.

Values are shared by all sessions: never change one in place.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import streamlit as st

MOST_BYTES = 500_000_000
"""Bytes of frames and arrays in one store beyond which the longest unused go, whatever their number."""


class Store:
    """The most recently used results, for all sessions of the process."""

    def __init__(self, size: int, most_bytes: int = MOST_BYTES) -> None:
        self._size, self._most_bytes, self._lock = size, most_bytes, threading.Lock()
        self._kept: OrderedDict[str, tuple[Any, int]] = OrderedDict()

    def get(self, key: str) -> Any:
        """The result under this key, or None."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: str, value: Any) -> None:
        """Keep a result, and drop those longest unused that are too many or too large; the newest always stays."""
        with self._lock:
            self._kept[key] = value, _size_of(value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._size or (len(self._kept) > 1 and self._bytes() > self._most_bytes):
                self._kept.popitem(last=False)

    def _bytes(self) -> int:
        return sum(size for _, size in self._kept.values())

    def get_or_make(self, key: str, make: Callable[[], Any]) -> Any:
        """The result under this key, made now if there is none."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found


def _size_of(value: Any) -> int:
    """Bytes of a frame, an array, what says its ``nbytes``, or several of these; 0 for what is small by nature."""
    if isinstance(value, dict | list | tuple):
        return sum(map(_size_of, value.values() if isinstance(value, dict) else value))
    usage = getattr(value, "memory_usage", None)
    if usage is None:
        return int(getattr(value, "nbytes", 0))
    found = usage()  # of a series one number, of a frame one a column
    return found if isinstance(found, int) else int(found.sum())


@st.cache_resource
def store(name: str, size: int) -> Store:
    return Store(size)


def kept(name: str, size: int, key: str, make: Callable[[], Any]) -> Any:
    """The value under this key of a named store that holds ``size`` values, made now if there is none."""
    return store(name, size).get_or_make(key, make)
