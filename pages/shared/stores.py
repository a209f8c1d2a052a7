"""Where results are kept for the whole process: bounded, keyed on content, the longest unused dropped first.

Values are shared by all sessions: never change one in place.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import streamlit as st


class Store:
    """The most recently used results, for all sessions of the process."""

    def __init__(self, size: int) -> None:
        self._size, self._lock = size, threading.Lock()
        self._kept: OrderedDict[str, Any] = OrderedDict()

    def get(self, key: str) -> Any:
        """The result under this key, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, value: Any) -> None:
        """Keep a result, and drop the one that was longest unused."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)

    def get_or_make(self, key: str, make: Callable[[], Any]) -> Any:
        """The result under this key, made now if there is none."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found


@st.cache_resource
def store(name: str, size: int) -> Store:
    return Store(size)


def kept(name: str, size: int, key: str, make: Callable[[], Any]) -> Any:
    """The value under this key of a named store that holds ``size`` values, made now if there is none."""
    return store(name, size).get_or_make(key, make)
