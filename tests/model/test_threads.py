"""BLAS is held to one thread inside, and given back what it had."""

from contextlib import ExitStack

import pytest
from threadpoolctl import ThreadpoolController

from gmm_core.model.threads import one_blas_thread


def blas_threads():
    """Threads of every BLAS library loaded."""
    return [library.num_threads for library in ThreadpoolController().select(user_api="blas").lib_controllers]


@pytest.fixture
def two_threads():
    """BLAS at two threads, whatever the machine has."""
    with ThreadpoolController().limit(limits=2, user_api="blas"):
        before = blas_threads()
        if not before or 2 not in before:
            pytest.skip("This BLAS cannot be set to two threads.")
        yield before


def test_blas_has_one_thread_inside_and_what_it_had_afterwards(two_threads):
    with one_blas_thread():
        assert set(blas_threads()) == {1}
        with one_blas_thread():
            assert set(blas_threads()) == {1}
        assert set(blas_threads()) == {1}
    assert blas_threads() == two_threads


def test_the_limit_is_lifted_after_an_error(two_threads):
    with pytest.raises(RuntimeError, match="stop"), one_blas_thread():
        raise RuntimeError("stop")
    assert blas_threads() == two_threads


def test_the_limit_holds_until_the_last_of_several_fits_has_left(two_threads):
    first, second = ExitStack(), ExitStack()
    first.enter_context(one_blas_thread())
    second.enter_context(one_blas_thread())
    first.close()
    assert set(blas_threads()) == {1}
    second.close()
    assert blas_threads() == two_threads
