"""Which model: criteria, and the grid of K by family."""
