"""Cutting a table into blocks and shards."""

import numpy as np
import pytest

from gmm_core.model.em.rows import N_SHARDS, Rows, Scaling, block_length


@pytest.mark.parametrize("n_rows", [1, 255, 256, 257, 2048, 2049, 6000])
def test_every_row_lies_in_one_block_in_order(n_rows, rng):
    X = rng.normal(size=(n_rows, 400))  # blocks of the least length
    scaling = Scaling(X.mean(axis=0), X.std(axis=0) + 1.0)
    rows = Rows.scaled(X, scaling)
    blocks = [block for shard in rows.shards for block in shard.blocks]
    np.testing.assert_array_equal(np.concatenate(blocks, axis=1).T, scaling.to_z(X))
    assert all(block.flags.c_contiguous for block in blocks)
    assert len(rows.shards) <= N_SHARDS
    assert (rows.n_rows, rows.n_features) == X.shape


def test_blocks_are_shorter_where_there_are_more_features():
    lengths = [block_length(n) for n in (1, 2, 5, 10, 50, 200, 10_000)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] == 256


def test_the_totals_of_all_shards_add_up_to_the_sum_of_outer_products(rng):
    X = rng.normal(size=(20_000, 2))
    rows = Rows.scaled(X, Scaling(np.zeros(2), np.ones(2)))
    assert len(rows.shards) > 1
    np.testing.assert_allclose(sum(shard.total for shard in rows.shards), X.T @ X, rtol=1e-11)
