"""The E step: one pass over the rows, as additive moments."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, reduce
from operator import add
from threading import get_ident

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array, Form
from gmm_core.model.em.kernels import Kernel, choose_kernel
from gmm_core.model.em.moments import Moments
from gmm_core.model.em.noise import noise_labelled
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Rows
from gmm_core.model.threads import n_cores

WORTH_THREADS = 4e-3
"""Seconds of a pass on one core above which it is spread over threads: below, they wait for each other (measured)."""


def seconds_of_pass(n_rows: int, n_components: int, n_features: int, form: Form) -> float:
    """Time that one pass takes on one core, as a rule of thumb: mostly right within a factor of two (measured).

    The 20 stand for what a density costs whatever its features: an exponential, sums and a division.
    """
    return 1e-4 + 2e-10 * n_rows * n_components * (20 + n_features + form.n_quadratic(n_features))


def normalise(log_density: Array, row_weights: Array | None = None, log_noise: Array | float | None = None) -> float:
    """Turn log densities (K, B) into memberships in place, by log-sum-exp; the block's (weighted) log-likelihood.

    With noise of log density ``log_noise``, one number or (B,), a row's memberships sum to less than 1: the rest is
    the noise's.
    """
    peak = log_density.max(axis=0)
    if log_noise is not None:
        np.maximum(peak, log_noise, out=peak)
    log_density -= peak
    np.exp(log_density, out=log_density)
    total = log_density.sum(axis=0)
    if log_noise is not None:
        total += np.exp(log_noise - peak)
    log_density *= 1.0 / total  # sooner than a division for each component
    log_likelihoods = peak + np.log(total)
    return float(log_likelihoods.sum() if row_weights is None else log_likelihoods @ row_weights)


class Expectation:
    """E steps over the same rows, one after another; keeps the kernels' buffers between them."""

    def __init__(self, rows: Rows, n_threads: int | None = None) -> None:
        self.rows = rows
        self.n_threads = n_threads or n_cores()
        self._kernels: dict[tuple[str, int, type[Kernel]], Kernel] = {}

    def __call__(self, parameters: Parameters) -> Moments:
        """Moments of all rows about the means of ``parameters``, and the log-likelihood under them."""
        kind = choose_kernel(parameters)
        run = self._map(parameters)
        return reduce(add, run(lambda index: self._pass(index, kind, parameters), range(len(self.rows.shards))))

    def memberships(self, parameters: Parameters) -> Iterator[Array]:
        """Memberships (K, B) of one block of rows after another; each is overwritten by the next.

        With noise they are (K + 1, B), the noise's last.
        """
        kind = choose_kernel(parameters)
        for index, shard in enumerate(self.rows.shards):
            kernel = self._kernel(index, kind, parameters)
            kernel.prepare(parameters, shard)
            for z in shard.blocks:
                resp = kernel.log_densities(z)
                normalise(resp, log_noise=parameters.log_noise)
                yield beside_noise(resp, parameters)

    def labels(self, parameters: Parameters) -> NDArray[np.intp]:
        """The likeliest component of each row, (N,); -1 for noise."""
        labels = np.concatenate([resp.argmax(axis=0) for resp in self.memberships(parameters)])
        return noise_labelled(labels, parameters.n_components)

    def entropy(self, parameters: Parameters) -> float:
        """Minus the weighted sum over rows and components of r log r, which is 0 where every row is certain."""
        weights = (w for shard in self.rows.shards for w in shard.weights)
        pairs = zip(self.memberships(parameters), weights, strict=True)
        return float(sum(entropy_of(resp, w) for resp, w in pairs))

    def rows_held(self, parameters: Parameters) -> Array:
        """How many rows each component holds, (K,): the sum of its memberships, whatever the rows' weights.

        Where every row counts once, these are known from the shares, which the last M step took from such sums.
        """
        if not self.rows.weighted:
            return parameters.weights * self.rows.n_rows
        held = np.sum([resp.sum(axis=1) for resp in self.memberships(parameters)], axis=0)
        return np.asarray(held[: parameters.n_components])

    @property
    def column_weights(self) -> Array:
        """What the values of each column count for, (D,)."""
        return np.full(self.rows.n_features, self.total_weight)

    @property
    def total_weight(self) -> float:
        """What the rows count for: their number where every row counts once."""
        return self.rows.total_weight

    def _map(self, parameters: Parameters) -> Callable[..., Iterable[Moments]]:
        """``map``, over threads where a pass is worth several; the order of what it yields is the same."""
        if self.n_threads == 1 or len(self.rows.shards) == 1:
            return map
        size = self.rows.n_rows, parameters.n_components, parameters.n_features
        return _pool(self.n_threads).map if seconds_of_pass(*size, parameters.form) > WORTH_THREADS else map

    def _pass(self, index: int, kind: type[Kernel], parameters: Parameters) -> Moments:
        """The moments of one shard."""
        kernel, shard = self._kernel(index, kind, parameters), self.rows.shards[index]
        kernel.prepare(parameters, shard)
        log_likelihood = 0.0
        for z, row_weights in shard.weighted_blocks:
            resp = kernel.log_densities(z)
            log_likelihood += normalise(resp, row_weights, parameters.log_noise)
            if row_weights is not None:
                resp *= row_weights
            kernel.accumulate(z, resp)
        return with_noise(kernel.moments(log_likelihood), parameters, shard.total_weight)

    def _kernel(self, index: int, kind: type[Kernel], parameters: Parameters) -> Kernel:
        """A kernel for one shard. What it made of a lone block serves the next pass too; else a thread keeps one."""
        alone = len(self.rows.shards[index].blocks) == 1
        key = ("shard", index, kind) if alone else ("thread", get_ident(), kind)
        if key not in self._kernels:
            self._kernels[key] = kind(parameters.n_components, parameters.n_features)
        return self._kernels[key]


@cache
def _pool(n_threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(n_threads, thread_name_prefix="gmm-rows")


def moments_of(rows: Rows, resp: Array, form: Form) -> tuple[Array, Moments]:
    """The means (K, D) that given memberships ``resp`` (K, N) of the rows imply, and the moments about them.

    The log-likelihood is unknown here and given as nan.
    """
    blocks = list(_with_memberships(rows, resp))
    counts = np.sum([r.sum(axis=1) for _, r in blocks], axis=0)
    sums = sum((r @ z.T for z, r in blocks), start=np.zeros((len(resp), rows.n_features)))
    means = sums / np.where(counts > 0, counts, 1.0)[:, None]
    second = sum(form.scatter(z - means[:, :, None], r) for z, r in blocks)
    return means, Moments(np.nan, counts, np.zeros_like(means), np.asarray(second))


def _with_memberships(rows: Rows, resp: Array) -> Iterator[tuple[Array, Array]]:
    """Blocks with their memberships times the rows' weights."""
    at = 0
    for shard in rows.shards:
        for z, row_weights in shard.weighted_blocks:
            share = resp[:, at : at + z.shape[1]]
            yield z, share if row_weights is None else share * row_weights
            at += z.shape[1]


def beside_noise(resp: Array, parameters: Parameters) -> Array:
    """Memberships (K, B), with a last line for what they leave to the noise where there is any."""
    if parameters.noise is None:
        return resp
    return np.concatenate([resp, np.maximum(1.0 - resp.sum(axis=0, keepdims=True), 0.0)])


def with_noise(moments: Moments, parameters: Parameters, total_weight: float) -> Moments:
    """The moments of rows of so much weight, with what the groups leave to the noise where there is any."""
    if parameters.noise is None:
        return moments
    return replace(moments, noise=max(total_weight - float(moments.counts.sum()), 0.0))


def entropy_of(resp: Array, row_weights: Array | None = None) -> float:
    """Minus the weighted sum of r log r over memberships (K, B)."""
    logs = np.log(resp, out=np.zeros_like(resp), where=resp > 0)
    return -float(np.einsum("kb,kb->", resp if row_weights is None else resp * row_weights, logs))
