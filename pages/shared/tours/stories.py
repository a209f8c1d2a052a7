"""The tours: four stories over the built-in examples. Tests walk them and look for every figure on its page."""

from __future__ import annotations

from pages.shared.tours.tour import Step, Tour

_LOGARITHMS = {
    "prepared": '{"transforms":{"average order value (EUR)":"log","days since last order":"log"}}',
}
_NOISE = {"noise": "on"}

_CUSTOMERS = Tour(
    "Customers of a shop",
    "From a table of customers to segments with names: skewed columns, groups that overlap, and who is hard to place.",
    "shop-customers",
    (
        Step(
            "table",
            "Look at the small histograms of the three ticked columns, further down.",
            "4,000 customers. Order values run from 3 to 914.5 EUR and have a heavy tail (skewness 2.8): a bell does "
            "not fit such a column.",
        ),
        Step(
            "features",
            "Press **Use all suggestions**.",
            "Order value and days since the last order are taken as logarithms now: their skewness falls from 2.8 to "
            "0.3, and from 2.2 to 0.5.",
        ),
        Step(
            "fit",
            "Move **Number of groups** from 2 to 4.",
            "Four kinds of customer with 26\u00a0%, 39\u00a0%, 22\u00a0% and 13\u00a0% of the rows. A spends least "
            "(27.56 EUR an order), C has not ordered for 240 days.",
            {**_LOGARITHMS, "k": "2"},
        ),
        Step(
            "memberships",
            "Move **Leave undecided below** from 90\u00a0% down to 75\u00a0%.",
            "The groups overlap, so some customers belong to none of them for sure: 156 of them at 90\u00a0%, still 77 "
            "at 75\u00a0%. Those are a work list, not an error.",
            _LOGARITHMS,
        ),
        Step(
            "segments",
            "On card B open **Name, colour, note**, and name the segment Regulars.",
            "The name stands in the sentence at the top, and goes with the group to all pages: 11.57 orders a year "
            "against 6.89 over all customers.",
            _LOGARITHMS,
        ),
        Step(
            "outliers",
            "Read the first two rows of the table below, and what makes them odd.",
            "15 customers fit no group. The oddest orders 41.3 times a year for 9 EUR each, the next spends 915 EUR "
            "an order.",
            _LOGARITHMS,
        ),
    ),
)

_SENSORS = Tour(
    "Sensor readings of a plant",
    "Three operating points, faults among them, and new readings: how low density tells what memberships can't.",
    "sensor-readings",
    (
        Step(
            "table",
            "Look at which columns are ticked, further down.",
            "1,500 readings; temperature and pressure are ticked. The column *fault* marks 15 readings and is left "
            "out: the fit must find out by itself.",
        ),
        Step(
            "fit",
            "Move **Number of groups** from 1 to 3.",
            "Three operating points, at 41.0, 66.2 and 85.8 °C. The first is tight (± 0.6 °C), the last is wide "
            "(± 3.8 °C).",
            {"k": "1"},
        ),
        Step(
            "how-many",
            "Compare the lines of the table below for 3 and 4 groups of free shape.",
            "BIC falls from 7,959 with 3 groups to 7,685 with 4. The fourth holds the faults: BIC counts bell shapes, "
            "and a few odd rows are one to it.",
        ),
        Step(
            "fit",
            "Press **More** and turn on **Odd rows may be noise**.",
            "1.3\u00a0% of the rows belong to no group now, and the hot point is no longer stretched by its faults: "
            "its spread is 3.2 °C.",
        ),
        Step(
            "outliers",
            "Read the line about known faults, below the answer.",
            "Of the 15 known faults 15 are flagged, though the fit never saw the mark; 1 ordinary reading of the 16 "
            "flagged is a false alarm (precision 94\u00a0%).",
            _NOISE,
        ),
        Step(
            "memberships",
            "Open **What if** below, and enter a new reading: 66 °C and 3.5 bar.",
            "It lies 8.03 standard deviations from its likeliest group and goes to the noise: of rows drawn "
            "from the groups fewer than 1 in 1,000 are as rare. Its temperature is ordinary, only the pair is not.",
            _NOISE,
        ),
    ),
)

_WAITS = Tour(
    "Eight wait times",
    "The smallest mixture there is: two kinds of wait in eight numbers, and what goes wrong if one trusts too much.",
    "wait-times",
    (
        Step(
            "calculators",
            "Look at the numbers, which are there already: those of **Wait times**.",
            "Half of the waits lie around 2.03 minutes and half around 8.00. The table has their standard deviations, "
            "0.192 and 0.158.",
        ),
        Step(
            "em-by-step",
            "In the tab **Rows** choose *Example: Eight wait times* under **Rows**, in the tab **Start** pull the "
            "spread down to 0.5, then press **Play**.",
            "From two random rows EM finds 2.03 and 8.00, 50\u00a0% each, in a few steps; in the end each row is "
            "almost wholly one component's.",
        ),
        Step(
            "fit",
            "Move **Number of groups** from 1 to 2.",
            "One broad bell becomes two narrow ones: 2.03 ± 0.19 and 8.00 ± 0.16 minutes.",
            {"k": "1"},
        ),
        Step(
            "how-many",
            "Look at the table below: two groups, once of the same shape and once of free shape.",
            "BIC is 14.3 for two groups of the same shape and 16.2 for free ones, against 44.4 for a single group: two "
            "kinds of wait, and no need for spreads of their own.",
        ),
        Step(
            "memberships",
            "Open **What if** below, and enter a wait of 5 minutes.",
            "It would belong to A with 100\u00a0%, yet lies 15.49 standard deviations away: a membership compares "
            "groups, it does not say that a row fits.",
        ),
        Step(
            "textbook",
            "Read the first card.",
            "A program that only wants a high likelihood picks K = 4 here, by spikes of spread 0.001. Such collapsed "
            "solutions can't win in this one.",
        ),
    ),
)

_SCORES = Tour(
    "Eight test scores",
    "A well-known example that is told wrongly: do the two groups overlap? And how much can eight rows say?",
    "test-scores",
    (
        Step(
            "table",
            "Read the warning below the column.",
            "8 rows have to carry 5 parameters. Whatever comes out is a sketch.",
        ),
        Step(
            "fit",
            "Under **Shape of the groups** choose **Same shape**.",
            "The groups stay where they were, around 79.2 and 93.7, with one spread for both. That leaves 4 free "
            "parameters, and BIC, now 53.5, is a little lower than before.",
        ),
        Step(
            "memberships",
            "Look at the answer, and at the counts beside the chart.",
            "No score is unsure: 5 of the 8 are A's and 3 are B's, each with more than 90\u00a0%. The groups are often "
            "said to overlap; these don't.",
        ),
        Step(
            "memberships",
            "Open **What if** below, and enter a score of 89.",
            "Only a score that nobody has would be hard to place: 88 is likelier in A, and 89 in B.",
        ),
        Step(
            "k-means",
            "Look at the two pictures and the table of counts.",
            "k-means puts all 8 rows into the same groups: 5 and 3. Where groups are well apart, the way hardly "
            "matters.",
        ),
        Step(
            "textbook",
            "Find the card *Eight test scores*.",
            "Even the least sure of the scores belongs to its group with a probability of more than 0.9999.",
        ),
    ),
)

TOURS = {"customers": _CUSTOMERS, "sensors": _SENSORS, "waits": _WAITS, "scores": _SCORES}
"""By the name that a link gives."""
