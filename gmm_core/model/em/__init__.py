"""Expectation-maximisation in the scaled space.

Rows (blocks) -> Expectation (one pass, additive Moments) -> Maximisation (family: scatter -> covariances)
-> Parameters, round and round in ``loop``; ``seeding`` makes the memberships from which the first parameters come.
Rows with gaps are one Expectation a pattern of observed columns (``gaps``), or many patterns at once (``thin``).
"""
