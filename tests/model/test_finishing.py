"""From the ends of all starts to the best sound solution over all rows."""

from types import SimpleNamespace

import pytest

from gmm_core.model import finishing
from gmm_core.model.finishing import finished
from gmm_core.model.solutions import Candidate
from gmm_core.model.soundness import SOUND, Verdict

SPURIOUS = Verdict("spurious")
SEARCH = SimpleNamespace(
    settings=SimpleNamespace(tol=1e-10),
    maximise=None,
    lone=False,
    start="given",  # so that nothing has to be nudged
    rows=SimpleNamespace(long=True, sampled="some", expect=None),
    jacobian=lambda expect: 0.0,
)


@pytest.fixture(name="polish")
def polished_as(monkeypatch):
    """From verdicts on each candidate, at a glance and at the end, to the winner's place and what was carried on."""

    def polish(*verdicts):
        calls = []

        class Told:
            def __init__(self, *given):
                pass

            def glance(self, expect, parameters, watcher, tol):
                return Candidate(SimpleNamespace(parameters=parameters), verdicts[parameters][0])

            def carried_on(self, expect, glanced, watcher):
                calls.append(glanced.run.parameters)
                return Candidate(glanced.run, verdicts[glanced.run.parameters][1])

        monkeypatch.setattr(finishing, "Runs", Told)
        tried = [Candidate(SimpleNamespace(parameters=i, objective=-i), SOUND) for i in range(len(verdicts))]
        candidate, end = finished(SEARCH, tried, None)
        return candidate.run.parameters, end.verdict, calls

    return polish


def test_the_best_that_looks_sound_is_carried_on_alone(polish):
    assert polish((SPURIOUS, SOUND), (SOUND, SOUND), (SOUND, SOUND)) == (1, SOUND, [1])


def test_what_looked_unsound_is_carried_on_where_nothing_else_ends_soundly(polish):
    assert polish((SPURIOUS, SPURIOUS), (SOUND, SPURIOUS), (SPURIOUS, SOUND)) == (2, SOUND, [1, 0, 1, 2])


def test_where_nothing_ends_soundly_the_best_is_told(polish):
    assert polish((SPURIOUS, SPURIOUS), (SPURIOUS, SPURIOUS)) == (0, SPURIOUS, [0, 1])
