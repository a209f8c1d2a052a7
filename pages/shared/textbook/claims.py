"""What is commonly said of the well-known examples, beside what their fits give; all numbers are computed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gmm_core import FitSettings, load_example
from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.choice.agreement import cross_table
from gmm_core.model.choice.criteria import Evidence, bic
from gmm_core.model.families import get_family
from gmm_core.model.steps import Stepper, column_spreads, random_starts
from pages.shared.stage.ground import walk_of
from pages.shared.stage.setup import Stage
from pages.shared.textbook.refitting import model_of, rows_of
from pages.shared.wording import count_word, escaped, share

FIXED_FLOOR = 1e-6
"""The smallest variance that a well-known default allows, in squared units of the data whatever these are."""

N_NAIVE_STARTS = 15
MOST_NAIVE = 4
N_SAMPLES, N_STEPS, SMALL_GAIN = 24, 30, 1e-4
MOST_SHOWN = 0.9999
ROUNDING = 1e-9
FAR_AWAY = 60.0
"""Minutes of an eruption that nobody has seen."""


@dataclass(frozen=True)
class Finding:
    """What the fits say to a claim; ``sentence`` is safe as Markdown."""

    holds: bool
    sentence: str


@dataclass(frozen=True)
class Claim:
    """Something that is commonly said, and how it is checked."""

    title: str
    said: str
    check: Callable[[], Finding]


def _spikes() -> Finding:
    naive = [_naive("wait-times", k) for k in range(1, MOST_NAIVE + 1)]
    chosen = min(range(MOST_NAIVE), key=lambda i: naive[i][0])
    best, thinnest = naive[chosen]
    sound = _sound_bics("wait-times", MOST_NAIVE)
    ours = min(sound, key=sound.__getitem__)
    return Finding(
        chosen + 1 == 2,
        f"Done so, BIC picks K = {chosen + 1} of 1 to {MOST_NAIVE} (BIC {best:.2f}), by spikes of spread "
        f"{thinnest:.3g}; a smaller floor would make it better still. Without collapsed solutions it picks "
        f"K = {ours} (BIC {sound[ours]:.2f}; {sound[1]:.2f} for one group).",
    )


def _overlap() -> Finding:
    model, rows = model_of("test-scores", 1, 2, "full"), rows_of("test-scores", 1)
    least = float(model.predict_proba(rows).max(axis=1).min())
    (low, high), spreads = model.means_[:, 0], model.mixture_.standard_deviations[:, 0]
    return Finding(
        least < 0.95,
        f"The groups lie around {low:.1f} and {high:.1f} with spreads of {spreads[0]:.2f} and {spreads[1]:.2f}: the "
        f"least sure of the eight scores belongs to its group with a probability of "
        f"{_probability(least)}. They are well apart.",
    )


def _on_lines() -> Finding:
    centres = model_of("customers", 2, 2, "diag").means_
    places = " and ".join(f"({x:.0f}, {y:.0f})" for x, y in centres)
    try:
        model_of("customers", 2, 2, "full")
    except NoSoundSolutionError as error:
        family = get_family(str(error.value))
        return Finding(
            False,
            f"The centres are right: {places} by {family.words} groups, with BIC "
            f"{_bic('customers', 2, 2, family.name):.2f}. But the three customers of a kind lie exactly on a line, so "
            f"free shapes are refused: {escaped(error.problem)}",
        )
    return Finding(True, f"The centres are {places}.")


def _positive() -> Finding:
    model = model_of("six-points", 2, 2, "full")
    return Finding(
        model.log_likelihood_ < 0,
        f"It is {model.log_likelihood_:+.3f} nats for a sound fit of the six points: densities of close points exceed "
        f"1. What should worry instead: {model.n_parameters_} free parameters for 6 rows.",
    )


def _two_kinds() -> Finding:
    by_bic = {k: _bic("old-faithful", 1, k, "full") for k in range(1, 5)}
    rows = rows_of("old-faithful", 1)
    by_icl = {k: model_of("old-faithful", 1, k, "full").icl(rows) for k in (2, 3)}
    best, listed = min(by_bic, key=by_bic.__getitem__), ", ".join(f"{value:.1f}" for value in by_bic.values())
    n_short = int((model_of("old-faithful", 1, best, "full").means_[:, 0] < rows.mean().iloc[0]).sum())
    return Finding(
        best == 2,
        f"For K = 1 to 4 BIC is {listed}, lowest for K = {best}: {count_word(n_short)} of its components "
        f"share the short eruptions, which one normal does not fit. ICL, which asks for clusters, takes K = "
        f"{min(by_icl, key=by_icl.__getitem__)} ({by_icl[2]:.1f} against {by_icl[3]:.1f}).",
    )


def _two_free() -> Finding:
    free, tied = _bic("old-faithful", 2, 2, "full"), _bic("old-faithful", 2, 3, "tied")
    return Finding(
        free < tied,
        f"Three groups that share one shape have a lower BIC ({tied:.2f}) than two of free shapes ({free:.2f}), with "
        "as many free parameters. That makes two kinds of eruption by eye, and three ellipses by BIC.",
    )


def _species() -> Finding:
    three = model_of("iris", 4, 3, "full")
    n_same = _in_their_group(three.predict(rows_of("iris", 4)), load_example("iris")["species"].tolist())
    two, other = (_bic("iris", 4, k, "full") for k in (2, 3))
    return Finding(
        other < two,
        f"With K = 3 free shapes put {n_same} of the 150 flowers with their species. But BIC is {two:.1f} for two "
        f"groups and {other:.1f} for three: two of the species touch, and one has to know that they are two.",
    )


def _thirty() -> Finding:
    met = [_gains(seed)[-1] < SMALL_GAIN for seed in range(N_SAMPLES)]
    return Finding(
        all(met),
        f"Of {N_SAMPLES} samples of 200 numbers, {share(sum(met) / N_SAMPLES)} gain less than {SMALL_GAIN} nats in "
        f"step {N_STEPS}; in the others EM is still on its way. The groups overlap, and there EM is slow.",
    )


def _equal() -> Finding:
    last = walk_of(Stage(means=((2.0,), (2.0,)))).steps[-1]
    good = walk_of(Stage()).steps[-1]
    return Finding(
        last.log_likelihood > good.log_likelihood - 1,
        f"From two equal means nothing ever parts the components: after 30 steps both lie at "
        f"{last.mixture.means[0, 0]:.2f}, with {last.log_likelihood:.1f} nats. From 1 and 3 EM reaches "
        f"{good.log_likelihood:.1f}.",
    )


def _near_one() -> Finding:
    model, rows = model_of("old-faithful", 1, 2, "full"), rows_of("old-faithful", 1)
    far = rows.iloc[:1] * 0 + FAR_AWAY
    likeliest, log_density = float(model.predict_proba(far).max()), float(model.score_samples(far)[0])
    return Finding(
        log_density > float(model.score_samples(rows).min()),
        f"An eruption of {FAR_AWAY:.0f} minutes, {FAR_AWAY / float(rows.max().iloc[0]):.0f} times the longest, would "
        f"get a responsibility of {_probability(likeliest)}, at a log density of {log_density:,.0f}. Responsibilities "
        "compare groups with each other; only the density tells whether a row fits at all.",
    )


def _never_falls() -> Finding:
    least = min(gain for seed in range(N_SAMPLES) for gain in _gains(seed))
    return Finding(
        least >= -ROUNDING,
        f"Over {N_SAMPLES} samples and up to {N_STEPS} steps each the least gain is {least:.2g} nats.",
    )


def _swapped() -> Finding:
    ends = [walk_of(Stage(means=means)).steps[-1] for means in (((0.0,), (4.0,)), ((4.0,), (0.0,)))]
    first, second = (end.mixture.means[:, 0] for end in ends)
    return Finding(
        abs(first - second[::-1]).max() < ROUNDING,
        f"From 0 and 4 the means end at {first[0]:.3f} and {first[1]:.3f}, from 4 and 0 at {second[0]:.3f} and "
        f"{second[1]:.3f}, both with {ends[0].log_likelihood:.2f} nats. Only the names differ: elsewhere in this "
        "program groups are put into a fixed order.",
    )


CLAIMS = (
    Claim(
        "Eight waiting times",
        "Start EM often, keep every variance above 0.000001 and the highest likelihood for each K; the lowest BIC then "
        "tells how many groups there are: two.",
        _spikes,
    ),
    Claim("Eight test scores", "The two groups of scores overlap, so some pupils belong to both.", _overlap),
    Claim("Six customers", "Two groups with full covariances find the two kinds of customer.", _on_lines),
    Claim("Six points", "A log-likelihood is negative; a positive one is an error.", _positive),
    Claim("Old Faithful, durations", "BIC picks K = 2, the two kinds of eruption.", _two_kinds),
    Claim("Old Faithful, both columns", "Two groups with free shapes are the best model by BIC.", _two_free),
    Claim("Irises", "A mixture discovers the three species.", _species),
    Claim("The simulator: thirty steps", "Thirty iterations are enough for EM to converge.", _thirty),
    Claim("The simulator: any start", "EM finds the groups from any start.", _equal),
    Claim("The simulator: never falls", "No step of EM lowers the log-likelihood.", _never_falls),
    Claim("The simulator: swapped starts", "Swapped start values give the same groups under swapped names.", _swapped),
    Claim("A row far away", "A responsibility near 1 means that the row fits its group.", _near_one),
)


def _bic(example: str, n_columns: int, k: int, family: str) -> float:
    return model_of(example, n_columns, k, family).bic(rows_of(example, n_columns))


def _sound_bics(example: str, most: int) -> dict[int, float]:
    """BIC by K, of those that have a sound solution."""
    found = {}
    for k in range(1, most + 1):
        with suppress(NoSoundSolutionError):
            found[k] = _bic(example, 1, k, "full")
    return found


def _naive(example: str, k: int) -> tuple[float, float]:
    """BIC of the highest likelihood there is, whether or not its solution is sound, and its least spread."""
    x = rows_of(example, 1).to_numpy(dtype=float)
    stepper = Stepper.over(x, FitSettings(n_components=k, variance_floor=FIXED_FLOOR / float(x.var())))
    ends = stepper.endings(random_starts(x, k, column_spreads(x) / 2, N_NAIVE_STARTS, 0))
    best = max(ends, key=lambda end: end.log_likelihood)
    value = bic(Evidence(best.log_likelihood, best.mixture.n_parameters, len(x), 0.0))
    return value, float(best.mixture.standard_deviations.min())


def _gains(seed: int) -> list[float]:
    """What each step of EM gains on a sample of the simulator, in nats."""
    levels = [step.log_likelihood for step in walk_of(Stage(seed=seed, most_steps=N_STEPS, least_gain=0.0)).steps]
    return [after - before for before, after in pairwise(levels)]


def _probability(value: float) -> str:
    return f"{value:.4f}" if value < MOST_SHOWN else f"more than {MOST_SHOWN}"


def _in_their_group(labels: Any, species: Any) -> int:
    """Rows in the group that mostly holds their species."""
    return int(sum(each.n_label for each in cross_table(labels, species).purity))
