"""From the ends of all starts to the best sound solution over all rows."""

from gmm_core.model.runs import Runs
from gmm_core.model.search import Search
from gmm_core.model.solutions import Candidate
from gmm_core.model.watching import Watch, Watcher


def finished(search: Search, candidates: list[Candidate], watch: Watch | None) -> tuple[Candidate, Candidate]:
    """The best candidate, and what became of it over all rows."""
    _settle(search, candidates, watch)
    ranked = sorted(candidates, key=lambda candidate: candidate.rank, reverse=True)
    return (ranked[0], ranked[0]) if search.rows.sampled is None else _polished(search, ranked, watch)


def _settle(search: Search, candidates: list[Candidate], watch: Watch | None) -> None:
    """Nudge the best candidate until it rests; one that was on a saddle gives way to what was found from there."""
    if search.rows.long and search.start is not None:  # nothing there is held by symmetry
        return
    last = len(candidates) - 1
    watcher = Watcher(watch, last, last + 1, search.jacobian(search.rows.expect_scouts))
    while True:
        best = max(candidates, key=lambda candidate: candidate.rank)
        settled = search.scout_runs.settled(search.rows.expect_scouts, best, watcher)
        candidates[candidates.index(best)] = settled
        if settled is best or search.lone or watcher.stopped:
            return


def _polished(search: Search, ranked: list[Candidate], watch: Watch | None) -> tuple[Candidate, Candidate]:
    """Carry the sample's solutions on with all rows, the best first, until one stays sound; which, and its end.

    A solution that a glance finds unsound waits until all others have been tried: on 100,000 rows with K = 9 one took
    750 passes to end as it looked after 30 (measured). A few that look so turn out to be sound.
    """
    runs, expect = Runs(search.settings, search.maximise, search.lone), search.rows.expect
    watcher = Watcher(watch, len(ranked), len(ranked), search.jacobian(expect))
    glanced = []
    for candidate in ranked:
        polished = runs.glance(expect, candidate.run.parameters, watcher, search.settings.tol)
        if polished.verdict.sound:
            polished = runs.carried_on(expect, polished, watcher)
        if polished.verdict.sound or watcher.stopped:
            return candidate, polished
        glanced.append((candidate, polished))
    ends = []
    for candidate, begun in glanced:
        ends.append((candidate, runs.carried_on(expect, begun, watcher)))
        if ends[-1][1].verdict.sound or watcher.stopped:
            return ends[-1]
    return ends[0]
