"""Mixtures on NumPy: families, EM, choosing a model, and the fitted mixture as a value.

A table goes through ``checking``, ``scaling`` and ``starts`` into ``em``; ``soundness`` says which solutions may win;
``fitting`` returns the best of them as a ``Fit`` in the units of the table, with what ``audit`` found. ``interchange``
writes and reads mixtures as JSON. ``estimator`` is the face for people who know scikit-learn.
"""
