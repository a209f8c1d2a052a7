"""What a search found, in the units of the table: the fit, its starts, and the map of distinct solutions."""

from dataclasses import dataclass

import numpy as np

from gmm_core.model.audit import audit
from gmm_core.model.audited import Subject
from gmm_core.model.em.loop import Run
from gmm_core.model.fit import Fit, Start
from gmm_core.model.mixture import Mixture
from gmm_core.model.reasons import sentence
from gmm_core.model.search import Search
from gmm_core.model.solutions import Candidate, Solution, grouped, in_order
from gmm_core.model.soundness import Verdict

MAP_ROWS = 1_000
"""Rows at which solutions are compared to tell which are the same."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """The end of a search.

    Attributes
    ----------
    search : Search
    candidates : list of Candidate
        Every start, in the order tried.
    winner : Candidate
        The one among them that won.
    run : Run
        What became of it over all rows.
    """

    search: Search
    candidates: list[Candidate]
    winner: Candidate
    run: Run

    def fit(self) -> Fit:
        """The fit."""
        search, run = self.search, self.run
        entropy = search.rows.expect.entropy(run.parameters)
        complete = not search.rows.gaps
        subject = Subject(run, search.rows.expect.rows, search.maximise, search.settings.tol, entropy, complete)
        return Fit(
            self._mixture(),
            len(search.table),
            search.rows.expect.total_weight,
            run.trace - search.jacobian(search.rows.expect),
            run.stopped_by,
            run.remainder,
            entropy,
            tuple(self._start(candidate) for candidate in self.candidates),
            search.columns,
            audit(subject),
            self._solutions(),
            run.log_prior,
        )

    def _mixture(self) -> Mixture:
        p, search = self.run.parameters, self.search
        family, held, ridge = search.family.name, search.settings.held, search.maximise.ridge
        scaled = Mixture(p.weights, p.means, np.array(p.dense), family, p.noise, held, ridge)
        mixture = scaled.rescaled(search.scaling.centre, search.scaling.scale)
        return mixture if search.settings.fixed else mixture.permuted(mixture.canonical_order().tolist())

    def _start(self, candidate: Candidate) -> Start:
        run, verdict = candidate.run, candidate.verdict
        reason = self._reason(verdict)
        n_rows = len(self.search.rows.scouts)
        return Start(self._level(run), n_rows, run.n_iterations, run.converged, verdict.sound, reason)

    def _solutions(self) -> tuple[Solution, ...]:
        """The distinct solutions among the candidates, that of the winner first."""
        rows = self.search.rows.complete_scouts
        some = self.search.scaling.to_z(rows[:: 1 + len(rows) // MAP_ROWS]).T
        groups = grouped(self.candidates, some)
        groups.sort(key=lambda group: self.winner not in group)
        return tuple(self._solution(group) for group in groups)

    def _solution(self, group: list[Candidate]) -> Solution:
        best, verdict, scaling = group[0].run, group[0].verdict, self.search.scaling
        return Solution(
            self._level(best),
            len(self.search.rows.scouts),
            len(group),
            len(group) / len(self.candidates),
            verdict.sound,
            verdict.kind,
            self._reason(verdict),
            *in_order(best.parameters.weights, scaling.centre + scaling.scale * best.parameters.means),
        )

    def _level(self, run: Run) -> float:
        """Log-likelihood of a start, over the rows on which starts are tried."""
        return run.log_likelihood - self.search.jacobian(self.search.rows.expect_scouts)

    def _reason(self, verdict: Verdict) -> str:
        """A verdict on the rows on which starts are tried, in words that name the rows of the table they come from."""
        if self.search.rows.sampled is not None:
            verdict = verdict.in_table(self.search.rows.sampled)
        return sentence(verdict.in_table(self.search.positions), self.search.columns)
