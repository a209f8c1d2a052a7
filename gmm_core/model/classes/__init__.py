"""Classes known beforehand: Gaussians or mixtures for each, and how well they tell the class of a row."""
