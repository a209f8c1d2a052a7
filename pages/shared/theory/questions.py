"""Questions that people ask about mixtures, answered in a few sentences each."""

QUESTIONS = {
    "What is soft clustering?": "Each row belongs to every group with a probability, its responsibility, instead of "
    "to one group only. A row between two groups may be 60\u00a0% of one and 40\u00a0% of the other, and a work list "
    "of such rows is on Memberships.",
    "What is a responsibility?": "The part of a row that a group can claim: its share times its density at the row, "
    "divided by the sum of these over all groups. It is the probability that the row comes from there, if the model is "
    "right.",
    "What is the latent variable?": "The group that each row comes from, which is not in the table. EM works with its "
    "probabilities, the responsibilities, in its place.",
    "What do the E step and the M step do?": "The E step works out all responsibilities under the present groups; the "
    "M step moves each group to the average of its rows, weighted by them. In turns they never lower the likelihood.",
    "What does the log-likelihood mean, and may it be positive?": "It is the sum of the logarithms of the density at "
    "the rows. A density may exceed 1 where values lie close together, so its logarithm may be positive: in metres "
    "instead of millimetres every row's log density is larger by log 1000 for each such column. Compare it "
    "between models of the same rows only.",
    "What does NaN or an absurd value in a result mean?": "In simple programs: a component has collapsed onto one row "
    "or a line, its variance went to 0 and its density to infinity; most often K is too high for the rows. Here you "
    "get a sentence with the rows instead. Take fewer groups, a plainer shape, or a prior.",
    "Why do two runs differ?": "EM finds the top of the hill on which it starts, and there are several hills. Many "
    "starts are tried, and the best sound one counts; with the same seed the answer is the same to the last bit. The "
    "list of solutions on Fit tells how often each was found.",
    "Why are restarts needed?": "EM only climbs, so where it ends depends on where it began: a start on the wrong hill "
    "ends on a lower top, and nothing in that run tells. Only other starts do.",
    "How does it differ from k-means?": "k-means gives each row wholly to the nearest centre, so its groups are round "
    "and of like size, and depend on the units. A mixture shares rows out, lets groups be long and of any size, and "
    "says how sure it is.",
    "Why did the groups change their names between runs?": "The likelihood does not care which group is called A: that "
    "is label switching. Groups are put into a fixed order after each fit, and names that you give are found again.",
    "How do I choose K?": "Look at the picture, then at BIC and ICL over several K, then at whether the groups are "
    "of use. Where the criteria disagree, the page says what each of them asks.",
    "BIC, AIC or cross-validation?": "BIC for how many normal components there are, ICL for how many clusters that "
    "keep apart, AIC or cross-validation (held-out log-likelihood) for predicting new rows. AIC takes more groups; "
    "with few rows use AICc.",
    "How many rows do I need?": "At the very least a few for each free parameter. Two groups with free shapes in two "
    "columns have 11 parameters: six rows cannot carry them, 50 may, 200 do. Overlapping groups need many more.",
    "What makes a fit good or bad?": "K, the starts, the number of rows, how far the groups overlap, the number of "
    "columns, and the stopping rule: under a loose tolerance EM stops on the way where groups overlap.",
    "Elliptical or round groups?": "Round ones have few parameters and are right when spreads are alike in all "
    "directions; they cut long groups across. Free shapes follow any ellipse, at $D(D+1)/2$ parameters each.",
    "What changes in several columns?": "The variance becomes a covariance matrix: groups may be tilted, as columns go "
    "together within a group. The number of parameters grows with the square of the columns.",
    "What of high dimension?": "In many columns all rows are far apart, covariances need more rows than there are, and "
    "EM has more bad hills. Choose columns, take principal components, or use axis-aligned or same shapes.",
    "And huge tables?": "A pass of EM costs time in proportion to the rows. Starts are tried on a sample, and the best "
    "goes on over all rows.",
    "What if my data are not normal?": "A mixture can follow any smooth density with enough components, but then they "
    "are no clusters. Transform skewed columns (logarithms, Yeo-Johnson), or merge components that belong together.",
    "How are outliers handled?": "A few odd rows pull means and widen spreads. The noise component takes them in, "
    "spread evenly over the data's region. Mixtures of t distributions are another way, which this program has "
    "not.",
    "How do I find anomalies?": "Fit the ordinary rows, then flag new rows whose density is lower than that of, say, "
    "all but 1\u00a0% of the ordinary ones. The responsibility does not tell: it only compares groups.",
    "What are MAP estimates?": "The parameters that are likeliest when a prior counts as well. They keep small "
    "groups from collapsing, at the price of a small pull towards the prior.",
    "Can a mixture classify?": "Yes: fit one mixture to the rows of each class, and give a new row to the class with "
    "the largest prior share times density (Bayes' rule). A single normal for each class is quadratic discriminant "
    "analysis.",
    "What else is it good for?": "Segments of customers, anomalies, a density to draw new rows from, filling gaps, and "
    "a first look at whether there is one population or several.",
    "Are groups found in any data?": "Yes, also where there are none. Test one group against several on How many, and "
    "look at how sure the rows are.",
    "Which stopping rule?": "Small gain means near only where EM is fast. Here EM stops when what is estimated to be "
    "still to gain is below the tolerance, in nats a row.",
    "Does the unit matter?": "Not for free, same and axis-aligned shapes. For round shapes and for k-means it does, so "
    "standardise first.",
}

REFERENCES = (
    (
        "Dempster, A. P., Laird, N. M. and Rubin, D. B. (1977). Maximum likelihood from incomplete data via the EM "
        "algorithm. Journal of the Royal Statistical Society B 39, 1-38.",
        "https://doi.org/10.1111/j.2517-6161.1977.tb01600.x",
    ),
    (
        "Bishop, C. M. (2006). Pattern Recognition and Machine Learning, chapter 9. Springer.",
        "https://www.microsoft.com/en-us/research/publication/pattern-recognition-machine-learning/",
    ),
    ("McLachlan, G. J. and Peel, D. (2000). Finite Mixture Models. Wiley.", "https://doi.org/10.1002/0471721182"),
    (
        "Fraley, C. and Raftery, A. E. (2002). Model-based clustering, discriminant analysis, and density estimation. "
        "Journal of the American Statistical Association 97, 611-631.",
        "https://doi.org/10.1198/016214502760047131",
    ),
    (
        "Celeux, G. and Govaert, G. (1995). Gaussian parsimonious clustering models. Pattern Recognition 28, 781-793.",
        "https://doi.org/10.1016/0031-3203(94)00125-6",
    ),
    (
        "Scrucca, L., Fop, M., Murphy, T. B. and Raftery, A. E. (2016). mclust 5: clustering, classification and "
        "density estimation using Gaussian finite mixture models. The R Journal 8, 289-317.",
        "https://doi.org/10.32614/RJ-2016-021",
    ),
    (
        "Fraley, C. and Raftery, A. E. (2007). Bayesian regularization for normal mixture estimation and model-based "
        "clustering. Journal of Classification 24, 155-181.",
        "https://doi.org/10.1007/s00357-007-0004-5",
    ),
    (
        "Biernacki, C., Celeux, G. and Govaert, G. (2000). Assessing a mixture model for clustering with the "
        "integrated completed likelihood. IEEE Transactions on Pattern Analysis and Machine Intelligence 22, 719-725.",
        "https://doi.org/10.1109/34.865189",
    ),
)
"""What the page draws on, and where to find it."""
