"""Frames in the form in which a page sends them to the browser."""

from typing import Any

import pandas as pd
import pyarrow as pa


def arrow_table(frame: pd.DataFrame) -> Any:
    """The frame's columns, without its index, as a ``pyarrow.Table``: converted once, sent often.

    Frames are small, so threads would cost more than they save.
    """
    return pa.Table.from_pandas(frame, preserve_index=False, nthreads=1)
