"""Scenes of what goes wrong: each a stage, what to turn, and a sentence on what to see, found out on its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gmm_core import Mixture
from gmm_core.errors import GmmError
from gmm_core.model.choice.agreement import cross_table
from gmm_core.model.choice.criteria import Evidence, bic
from gmm_core.model.choice.kmeans import k_means
from gmm_core.model.steps import Ending
from pages.shared.stage.ground import Ground, end_of, ground_of, walk_of
from pages.shared.stage.setup import LEAST_FLOOR, PLANE, Stage
from pages.shared.wording import count_word, counted, number, share

FREE = "free"
SURE = 0.99


@dataclass(frozen=True)
class Scene:
    """A stage with something to see.

    Attributes
    ----------
    title : str
    stage : Stage
    see : callable
        What is to be seen on a stage like this, as a sentence; safe as Markdown.
    knobs : tuple of str
        Controls that stand beside the sentence, by their names in ``controls.KNOBS``.
    row : int
        Position of the row that is asked about at first.
    """

    title: str
    stage: Stage
    see: Callable[[Stage], str]
    knobs: tuple[str, ...] = ()
    row: int = 0


def told(name: str, stage: Stage) -> str:
    """What is to be seen in a scene; where it was turned into another play, only what to do."""
    scene = SCENES[name]
    like_it = stage.source == scene.stage.source
    like_it &= stage.n_components == scene.stage.n_components or "groups" in scene.knobs
    try:
        return scene.see(stage) if like_it else _free(stage)
    except GmmError:  # too few rows to compare with anything
        return _free(stage)


def _free(stage: Stage) -> str:
    return (
        "Press **E step**: each row is shared out among the components. Press **M step**: each component moves to the "
        "rows it was given. EM is nothing but these two, in turns."
    )


def _equal(stage: Stage) -> str:
    walk, best = walk_of(stage), _from_truth(stage)
    last = walk.steps[-1]
    gap = float(abs(last.mixture.means[1] - last.mixture.means[0]).max())
    below = best.log_likelihood - last.log_likelihood
    if gap > 1e-6 or below < 1e-3:
        return "The components parted: a start that is only nearly equal leaves the saddle, if slowly."
    return (
        f"Both components start equal, so every row is {share(1 / stage.n_components)} each one's, and after "
        f"{counted(len(walk.steps) - 1, 'step')} they are still equal, {number(below)} nats below the best: a saddle. "
        "EM cannot leave it; move one start, however little, or start at random rows."
    )


def _worse(stage: Stage) -> str:
    end, best = end_of(stage), _from_truth(stage)
    below = best.log_likelihood - end.log_likelihood
    if below < 0.05:
        return "From here EM finds the same place as from the truth: this start is good enough."
    return (
        f"EM only climbs, so it ends on the hill it starts on: this one is {number(below)} nats lower than the one "
        "found from the truth. Nothing in the run tells; only other starts do, which is why EM is run from many."
    )


def _swapped(stage: Stage) -> str:
    end, other = end_of(stage), end_of(stage.having(means=stage.means[::-1]))
    apart = abs(end.log_likelihood - other.log_likelihood)
    places = " and ".join(
        f"{letter} at {number(m, 1.0)}" for letter, m in zip("AB", end.mixture.means[:, 0], strict=True)
    )
    if apart > 1e-3:
        return f"Swapping the starts leads to another place here, {number(apart)} nats apart."
    return (
        f"EM ends with {places}. With the two starts swapped it ends in the same place with the letters swapped, and "
        "the same log-likelihood: labels carry no meaning, so results must be put in order before they are compared."
    )


def _collapse(stage: Stage) -> str:
    free, floored = (end_of(stage.having(floor=floor, prior=False)) for floor in (LEAST_FLOOR, 1e-2))
    steadied = end_of(stage.having(prior=True, floor=LEAST_FLOOR))
    if free.kind == "sound":
        return "From this start no component collapses. Start one upon a lone row, with a small spread."
    return (
        f"One component starts upon a lone row and shrinks onto it: its spread falls to {_least(free):.1g}, where only "
        f"rounding stops it; the log-likelihood, now {number(free.log_likelihood, 10.0)}, has no upper limit there. "
        f"A floor of 1\u00a0% of the variance holds the spread at {number(_least(floored))}; a mild prior gives "
        f"{number(_least(steadied))}. Such a peak says nothing about groups."
    )


def _many(stage: Stage) -> str:
    n_rows = len(ground_of(stage).values)
    many, two = end_of(stage), _from_truth(stage)
    gained = many.log_likelihood - two.log_likelihood
    more = many.mixture.n_parameters - two.mixture.n_parameters
    cost = _bic(many, n_rows) - _bic(two, n_rows)
    side = "worse" if cost > 0 else "better"
    return (
        f"{count_word(stage.n_components).capitalize()} components on rows drawn from two gain {number(gained)} nats "
        f"with {more} parameters more; BIC is {number(abs(cost))} {side} than with two. A higher likelihood does not "
        "prove more groups: some of these share one group, or chase a few rows."
    )


def _long(stage: Stage) -> str:
    own, free = (_agreement(stage.having(family=family)) for family in ("spherical", "full"))
    return (
        f"Round components cut long groups across: they agree with the groups that were drawn only to {own:.2f} "
        f"(adjusted Rand index; 1 is the same, 0 is chance). With free shapes it is {free:.2f}. Turn to free shapes "
        "and play again."
    )


def _odd(stage: Stage) -> str:
    without, with_noise = (end_of(stage.having(noise=noise)) for noise in (False, True))
    widths = [number(float(end.mixture.standard_deviations.max())) for end in (without, with_noise)]
    noise = with_noise.mixture.noise
    taken = f"which takes {share(noise.weight)} of the rows" if noise is not None else "which takes none"
    return (
        f"{counted(stage.n_odd, 'odd row')} among {stage.n} bend the groups: the widest spread is {widths[0]}, and "
        f"{widths[1]} once odd rows may be noise, {taken}. In the groups that were drawn it is "
        f"{number(float(_truth(stage).standard_deviations.max()))}."
    )


def _hard(stage: Stage) -> str:
    ground = ground_of(stage)
    last = walk_of(stage).steps[-1]
    sure = float((last.memberships.max(axis=1) > SURE).mean())
    centres = k_means(ground.values, stage.n_components).centres
    off = float(abs(last.mixture.means[last.mixture.canonical_order()] - centres).max())
    return (
        f"All components keep the spread {number(stage.spreads[0])}, and {share(sure)} of the rows are surer than "
        f"{share(SURE)}. The smaller the spread, the harder the sharing: in the limit each row goes to the nearest "
        f"centre, which is k-means. Its centres differ from these by at most {number(off)}."
    )


def _early(stage: Stage) -> str:
    walk, end = walk_of(stage), end_of(stage)
    last = walk.steps[-1]
    left = end.log_likelihood - last.log_likelihood
    moved = float(abs(end.mixture.means - last.mixture.means).max())
    rule = f"a step gained less than {stage.least_gain:g} nats" if walk.met else "its steps were used up"
    return (
        f"EM stopped after {counted(len(walk.steps) - 1, 'step')}, since {rule}. Still to gain were {number(left)} "
        f"nats, and a mean has {number(moved)} still to go: EM is slow where groups overlap, and a small step does not "
        "mean that it is there. Ask for a smaller gain, and see how far it goes on."
    )


def _from_truth(stage: Stage) -> Ending:
    """Where EM ends from the means that the rows were drawn with."""
    truth = _truth(stage)
    return end_of(stage.having(spreads=ground_of(stage).spreads, hold=False).starting(truth))


def _truth(stage: Stage) -> Mixture:
    truth = ground_of(stage).truth
    assert truth is not None, "scenes are drawn"
    return truth


def _least(end: Ending) -> float:
    return float(end.mixture.standard_deviations.min())


def _bic(end: Ending, n_rows: int) -> float:
    return bic(Evidence(end.log_likelihood, end.mixture.n_parameters, n_rows, 0.0))


def _agreement(stage: Stage) -> float:
    ground: Ground = ground_of(stage)
    return cross_table(ground.origins, end_of(stage).mixture.labels(ground.values)).adjusted_rand


_FAR = Stage(source=PLANE, distance=6.0, n_odd=14, means=((-2.0, -2.0), (2.0, 2.0)), spreads=(2.0, 2.0))

SCENES: dict[str, Scene] = {
    FREE: Scene("EM at work", Stage(), _free, row=16),
    "equal": Scene("Equal starts", Stage(means=((2.0,), (2.0,))), _equal),
    "worse": Scene("A worse optimum", Stage(seed=35, means=((6.0,), (8.0,)), most_steps=40), _worse),
    "labels": Scene("Labels swapped", Stage(means=((4.0,), (0.0,))), _swapped),
    "collapse": Scene(
        "A collapse",
        Stage(n=60, seed=63, means=((8.5,), (6.6,)), spreads=(0.3,), most_steps=40),
        _collapse,
        ("floor", "prior"),
        row=8,
    ),
    "many": Scene(
        "Too many components",
        Stage(means=((-1.0,), (0.5,), (2.0,), (4.0,), (6.0,)), spreads=(0.8,), most_steps=60),
        _many,
        ("groups",),
    ),
    "long": Scene(
        "Long groups, round components",
        Stage(
            source=PLANE,
            distance=4.0,
            length=5.0,
            means=((-6.0, 0.0), (6.0, 0.0)),
            spreads=(3.0, 3.0),
            family="spherical",
        ),
        _long,
        ("family",),
    ),
    "odd": Scene("Odd rows", _FAR, _odd, ("noise",)),
    "k-means": Scene(
        "Towards k-means", Stage(means=((1.0,), (3.0,)), spreads=(0.3,), family="EII", hold=True), _hard, ("spread",)
    ),
    "early": Scene("Stopped too early", Stage(least_gain=1.0), _early, ("gain",)),
}
"""By the name that a link gives; the first one opens the page."""
