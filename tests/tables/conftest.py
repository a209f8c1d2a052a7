"""What the tests of tables share: workbooks made on the spot, and mixtures whose parameters are known."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
import xlsxwriter

from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.mixture import Mixture

Sheets = dict[str, Sequence[Sequence[object]]]


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """Makes a workbook of sheets of rows; ``finish`` may do more to it before it is closed."""

    def make(sheets: Sheets, finish: Callable[[xlsxwriter.Workbook], object] = lambda book: None) -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
            finish(book)
        return out.getvalue()

    return make


@pytest.fixture
def with_rows() -> Callable[..., bytes]:
    """Adds rows, as XML, to a workbook's first sheet, or puts them in place of its own."""

    def swap(data: bytes, rows: bytes, replace: bool = False) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                xml = old.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    head, _, rest = xml.partition(b"<sheetData>")
                    own, _, foot = rest.partition(b"</sheetData>")
                    xml = head + b"<sheetData>" + (b"" if replace else own) + rows + b"</sheetData>" + foot
                new.writestr(name, xml)
        return out.getvalue()

    return swap


@pytest.fixture
def plane() -> Mixture:
    """Three groups in two columns."""
    covariances = np.array([[[1.0, 0.5], [0.5, 2.0]], [[0.5, 0.0], [0.0, 0.5]], [[4.0, -1.0], [-1.0, 1.0]]])
    means = np.array([[0.0, 0.0], [5.0, 5.0], [10.0, -5.0]])
    return Mixture(np.array([0.5, 0.3, 0.2]), means, covariances, "full")


@pytest.fixture
def noisy(plane: Mixture) -> Mixture:
    """The three groups, with a tenth of noise between -10 and 20."""
    noise = Noise(0.1, Region(np.array([5.0, 5.0]), 30.0 * np.eye(2)))
    return replace(plane, weights=0.9 * plane.weights, noise=noise)


@pytest.fixture
def line() -> Mixture:
    """Two groups in one column, the second one narrow."""
    return Mixture(np.array([0.7, 0.3]), np.array([[0.0], [5.0]]), np.array([[[1.0]], [[1e-6]]]), "full")
