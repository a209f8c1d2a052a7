"""The map of starts: where EM ends from many random ones, and what that says about the start on the stage."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from gmm_core import charts
from gmm_core.model.steps import Ending, Walk
from gmm_core.model.watching import Progress
from gmm_core.tables.results import component_letters
from pages.shared import drawing, jobs
from pages.shared.asked import asked, known
from pages.shared.effort import predicted_seconds
from pages.shared.stage import state
from pages.shared.stage.ground import (
    N_STARTS,
    end_of,
    ground_of,
    last_position,
    map_key,
    map_of,
    scattered_starts,
    walk_of,
)
from pages.shared.stage.setup import Stage
from pages.shared.wording import counted, escaped, listed, number, share

SLOT = MAP = "em-map"
WITHOUT_ASKING = 4.0
SAME = 0.05
"""Nats within which two places are taken for equally high."""

NOTES = {
    "sound": "",
    "collapsed": "collapsed",
    "too few rows": "too few rows",
    "spurious": "a few rows only",
    "saddle": "a saddle",
    "empty": "a component died",
}
WHY = (
    "EM only climbs, so each ends on the hill it began on: that is why one runs it from many starts and keeps the best "
    "sound end."
)
GONE = 1e-6
"""Share below which a component is taken to have no rows."""


def verdict(stage: Stage) -> str:
    """What becomes of the start on the stage, in a sentence or two."""
    walk, end = walk_of(stage), end_of(stage)
    return " ".join([_end_in_words(stage, walk, end), *_beside_others(stage, end), *_stopped(walk, end)])


def cautions(stage: Stage) -> list[str]:
    """What to beware of: starts far away, spreads of zero, too few rows, rows left out."""
    ground, found = ground_of(stage), []
    n_rows = len(ground.values)
    if n_rows < stage.n_components:
        found.append(f"{stage.n_components} components for {counted(n_rows, 'row')}: some must share a row, or die.")
    found += [
        f"All rows have the same {escaped(name)}: there is no spread to model, and every component shrinks onto it."
        for column, name in enumerate(ground.columns)
        if len(set(ground.ends(column))) == 1
    ]
    found += [
        f"{letter} starts outside the rows; the first E step {_given(count)}"
        for letter, count in _outside(stage).items()
    ]
    if ground.n_left_out:
        found.append(
            f"{counted(ground.n_left_out, 'row')} of the table with gaps or beyond {n_rows:,} not on the stage."
        )
    return found


def starts_map(stage: Stage) -> None:
    """The distinct places with their log-likelihoods and shares; a click on one shows it on the stage."""
    places = _places(stage)
    if not places:
        return
    frame = places_frame(places)
    drawing.chart(
        MAP,
        f"{map_key(stage)}|{_total(places)}",
        lambda: charts.solutions(frame, pick=charts.PICK),
        "Where EM ended from random starts",
        on_pick=partial(_see_picked, places, list(frame["solution"])),
        named=False,
    )
    st.caption(_why(places, places[0].log_likelihood - end_of(stage).log_likelihood))
    with st.container(horizontal=True):
        for rank, place in enumerate(places[: charts.MOST_SOLUTIONS]):
            told = f"See end {rank + 1} ({place.log_likelihood:,.1f})"
            st.button(told, key=f"em-see-{rank}", on_click=_see, args=(place.starts[0],))


def places_frame(places: tuple[Ending, ...]) -> Any:
    """Columns solution, starts, sound and note, for the chart."""
    import pandas as pd

    rows = [
        {
            "solution": f"end {rank}: log-likelihood {place.log_likelihood:,.1f}",
            "starts": len(place.starts),
            "sound": place.kind == "sound",
            "note": ", ".join(
                filter(None, [f"{share(len(place.starts) / _total(places))} of starts", NOTES[place.kind]])
            ),
        }
        for rank, place in enumerate(places, start=1)
    ]
    return pd.DataFrame(rows)


def _places(stage: Stage) -> Any:
    ground = ground_of(stage)
    settings = stage.settings
    cost = N_STARTS * predicted_seconds(len(ground.values), ground.n_columns, [settings]) / settings.n_init

    run = map_of(stage)

    def work(report: jobs.Report) -> Any:
        def watch(progress: Progress) -> bool:
            return report(progress.start / N_STARTS, f"Random start {progress.start + 1} of {N_STARTS}", paced=True)

        return run(watch)

    return asked(SLOT, map_key(stage), f"Run {N_STARTS} random starts", cost, work, WITHOUT_ASKING)


def _see_picked(places: tuple[Ending, ...], names: list[str]) -> None:
    for bar in drawing.picked(MAP, charts.PICK):
        if bar["solution"] in names:  # it may be a bar of rows that were on the stage before
            _see(places[names.index(bar["solution"])].starts[0])


def _see(start: int) -> None:
    """Put a random start onto the stage, and show where it ends; how it came there is a press of Start away."""
    state.replace_stage(lambda stage: scattered_starts(stage)[start])
    state.go_to(last_position(state.stage()))


def _end_in_words(stage: Stage, walk: Walk, end: Ending) -> str:
    letters = component_letters(stage.n_components)
    last = walk.steps[-1].mixture
    dead = [letter for letter, weight in zip(letters, last.weights, strict=True) if weight < GONE]
    if dead:
        whose, them = ("its share is", "it") if len(dead) == 1 else ("their shares are", "them")
        return f"{listed(dead)} got no rows and died: {whose} 0, and EM can never bring {them} back."
    if end.kind == "saddle":
        return "EM stands still on a saddle: components are held in balance, and the slightest push would part them."
    if end.kind != "sound":
        return escaped(end.reason)
    spreads = ground_of(stage).spreads
    centres = [
        f"{letter} at {' / '.join(number(v, s) for v, s in zip(mean, spreads, strict=True))} ({share(weight)})"
        for letter, mean, weight in zip(letters, end.mixture.means.tolist(), end.mixture.weights.tolist(), strict=True)
    ]
    return f"From this start EM finds {listed(centres)}."


def _beside_others(stage: Stage, end: Ending) -> list[str]:
    places = known(SLOT, map_key(stage))
    if not places or places[0].kind != "sound" or end.kind != "sound":
        return []
    below = places[0].log_likelihood - end.log_likelihood
    total = _total(places)
    if below <= SAME:
        found = sum(len(place.starts) for place in places if place.log_likelihood >= places[0].log_likelihood - SAME)
        if found == total:
            return [f"All {total} random starts end here, too."]
        return [f"{found} of {total} random starts end here, too; no other sound place that they find is likelier."]
    return [f"That is {number(below)} nats below the best that {_total(places)} random starts find: a worse optimum."]


def _stopped(walk: Walk, end: Ending) -> list[str]:
    left = end.log_likelihood - walk.steps[-1].log_likelihood
    if left <= SAME or end.kind not in ("sound", "spurious"):
        return []
    return [f"After the {counted(len(walk.steps) - 1, 'iteration')} shown, {number(left)} nats are still to gain."]


def _outside(stage: Stage) -> dict[str, float]:
    """Components that start outside the rows, and how many rows the first E step gives them."""
    ground, counts = ground_of(stage), walk_of(stage).steps[0].counts.tolist()
    ends = [ground.ends(column) for column in range(ground.n_columns)]
    inside = [all(low <= v <= high for v, (low, high) in zip(mean, ends, strict=True)) for mean in stage.means]
    named = zip(component_letters(stage.n_components), counts, inside, strict=False)  # the noise's count is one more
    return {letter: count for letter, count, among in named if not among}


def _given(count: float) -> str:
    return "gives it no row." if count < GONE else f"gives it {number(count)} rows all the same."


def _why(places: tuple[Ending, ...], below: float) -> str:
    """What the map says about starting more than once; the stage's own start ends so far below the best place."""
    total, sound = _total(places), [place for place in places if place.kind == "sound"]
    if not sound:
        return f"None of {total} random starts ends in a sound place: ask for fewer components, or turn the prior on."
    best = sum(len(place.starts) for place in sound if place.log_likelihood >= sound[0].log_likelihood - SAME)
    if best < total:
        return f"Of {total} random starts {best} find the best sound place. {WHY}"
    if below > SAME:
        return f"All {total} random starts end in one place, but the start on the stage in another. {WHY}"
    return (
        f"All {total} random starts end in the same place: these rows are easy, and one start would do. The scene “A "
        "worse optimum” has rows for which it would not."
    )


def _total(places: tuple[Ending, ...]) -> int:
    return sum(len(place.starts) for place in places)
