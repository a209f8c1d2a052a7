"""M steps of all families, written down slowly: scatter matrices about the new means, (K, D, D), and counts (K,), to
covariances (K, D, D). What no formula gives is searched for.
"""

import math

import numpy as np
from scipy import linalg, optimize


def full(scatter, counts):
    """S_k = W_k / n_k."""
    return np.array([w / n for w, n in zip(scatter, counts, strict=True)])


def tied(scatter, counts):
    """S = sum of W_k / sum of n_k, the same for all."""
    return np.array([sum(scatter) / sum(counts) for _ in counts])


def diag(scatter, counts):
    """S_k = diag(W_k) / n_k."""
    return np.array([np.diag(np.diag(w)) / n for w, n in zip(scatter, counts, strict=True)])


def spherical(scatter, counts):
    """S_k = tr(W_k) / (D n_k) times the unit matrix."""
    n_features = scatter.shape[-1]
    return np.array([np.trace(w) / (n_features * n) * np.eye(n_features) for w, n in zip(scatter, counts, strict=True)])


def one_sphere(scatter, counts):
    """EII: S = (sum of the tr(W_k)) / (D n) times the unit matrix."""
    n_features = scatter.shape[-1]
    variance = sum(np.trace(w) for w in scatter) / (n_features * sum(counts))
    return np.array([variance * np.eye(n_features) for _ in counts])


def one_box(scatter, counts):
    """EEI: S = (sum of the diag(W_k)) / n."""
    return np.array([sum(np.diag(np.diag(w)) for w in scatter) / sum(counts) for _ in counts])


def by_alternation(scatter, counts):
    """S_k = v_k C for any W_k: C given the v_k, the v_k given C, until nothing moves (Celeux and Govaert, 3.2)."""
    n_features, volumes = scatter.shape[-1], [np.trace(w) / n for w, n in zip(scatter, counts, strict=True)]
    for _ in range(20_000):
        common = sum(w / v for w, v in zip(scatter, volumes, strict=True))
        common = common / np.linalg.det(common) ** (1 / n_features)
        inverse, before = np.linalg.inv(common), volumes
        volumes = [np.trace(w @ inverse) / (n_features * n) for w, n in zip(scatter, counts, strict=True)]
        if np.allclose(volumes, before, rtol=1e-15, atol=0):
            break
    return np.array([v * common for v in volumes])


def scaled_boxes(scatter, counts):
    """VEI: S_k = v_k B, B diagonal."""
    return by_alternation(np.array([np.diag(np.diag(w)) for w in scatter]), counts)


def of_one_volume(scatter, counts):
    """S_k = v W_k / |W_k|^(1/D), v = sum of the |W_k|^(1/D) / n."""
    roots = [np.linalg.det(w) ** (1 / scatter.shape[-1]) for w in scatter]
    return np.array([sum(roots) / sum(counts) * w / root for w, root in zip(scatter, roots, strict=True)])


def boxes_of_one_volume(scatter, counts):
    """EVI: the same for diag(W_k)."""
    return of_one_volume(np.array([np.diag(np.diag(w)) for w in scatter]), counts)


def on_own_axes(rule):
    """The rule for diagonals, applied to the eigenvalues of each W_k in order: EEI gives EEV, VEI gives VEV."""

    def m_step(scatter, counts):
        values, vectors = zip(*[np.linalg.eigh(w) for w in scatter], strict=True)
        spread = rule(np.array([np.diag(v) for v in values]), counts)
        return np.array([u @ s @ u.T for u, s in zip(vectors, spread, strict=True)])

    return m_step


def on_common_axes(rule):
    """The rule for diagonals in the common axes that fit best, by direct minimisation over rotations from many starts:
    EVI gives EVE, VVI gives VVE."""

    def given(axes, scatter, counts):
        return np.array([axes @ s @ axes.T for s in rule(np.array([axes.T @ w @ axes for w in scatter]), counts)])

    def m_step(scatter, counts):
        def turned(start, angles):
            skew = np.zeros((n_features, n_features))
            skew[above] = angles
            return start @ linalg.expm(skew - skew.T)

        def misfit(angles, start):
            return misfit_of(given(turned(start, angles), scatter, counts), scatter, counts)

        n_features = scatter.shape[-1]
        above = np.triu_indices(n_features, 1)
        rng = np.random.default_rng(0)
        starts = [np.linalg.eigh(w)[1] for w in [sum(scatter), *scatter, *rng.normal(size=(4, n_features, n_features))]]
        if n_features == 1:
            return given(np.eye(1), scatter, counts)
        angles = np.zeros(len(above[0]))
        found = [(optimize.minimize(misfit, angles, start, tol=1e-11), start) for start in starts]
        best, start = min(found, key=lambda pair: pair[0].fun)
        return given(turned(start, best.x), scatter, counts)

    return m_step


def misfit_of(covariances, scatter, counts):
    """-2 times the expected log-likelihood, but for what the covariances don't change."""
    terms = zip(covariances, scatter, counts, strict=True)
    return math.fsum(n * np.linalg.slogdet(s)[1] + np.trace(np.linalg.inv(s) @ w) for s, w, n in terms)


M_STEPS = {
    "EII": one_sphere,
    "VII": spherical,
    "EEI": one_box,
    "VEI": scaled_boxes,
    "EVI": boxes_of_one_volume,
    "VVI": diag,
    "EEE": tied,
    "VEE": by_alternation,
    "EVE": on_common_axes(boxes_of_one_volume),
    "VVE": on_common_axes(diag),
    "EEV": on_own_axes(one_box),
    "VEV": on_own_axes(scaled_boxes),
    "EVV": of_one_volume,
    "VVV": full,
}
"""By mclust's code. A family without an entry here has no oracle, and its tests fail."""


def obeys(code, covariances):
    """Whether covariances (K, D, D) have equal volumes, shapes and orientations wherever the code asks for it."""

    def alike(arrays):
        return all(np.allclose(a, arrays[0], rtol=1e-6, atol=1e-6 * np.abs(arrays[0]).max()) for a in arrays)

    volumes = np.linalg.det(covariances) ** (1 / covariances.shape[-1])
    unit = covariances / volumes[:, None, None]
    letters = {
        "E**": alike(volumes),
        "*I*": alike([np.eye(unit.shape[-1]), *unit]),
        "*E*": alike(np.linalg.eigvalsh(unit)),
        "**I": all(np.abs(s - np.diag(np.diag(s))).max() < 1e-6 * np.abs(s).max() for s in unit),
        "**E": all(np.allclose(a @ b, b @ a, atol=1e-6 * np.abs(a @ b).max()) for a in unit for b in unit),
        "*EE": alike(unit),
        "*EI": alike(unit),
    }
    asked = [k for k in letters if all(mark in ("*", letter) for mark, letter in zip(k, code, strict=True))]
    return all(letters[k] for k in asked)


SEARCHED = ("EVE", "VVE")
"""Codes of the families whose oracle searches for a minimum: it is right to about the root of the rounding."""


def tolerance(code, usual):
    """How closely a family's M step has to agree with its oracle, ``usual`` for rules that leave no error."""
    return max(usual, 2e-6) if code in SEARCHED else usual
