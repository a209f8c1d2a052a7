"""Where each page is, by its path in the address: its file, and what a link to it says."""

PLACES = {
    "table": ("pages/data/table.py", "Table"),
    "features": ("pages/data/features.py", "Features"),
    "fit": ("pages/clusters/fit.py", "Fit"),
    "how-many": ("pages/clusters/how_many.py", "How many groups?"),
    "memberships": ("pages/clusters/memberships.py", "Memberships"),
    "k-means": ("pages/clusters/k_means.py", "Beside k-means"),
    "segments": ("pages/use/segments.py", "Segments"),
    "outliers": ("pages/use/outliers.py", "Outliers, new rows"),
    "classes": ("pages/use/classes.py", "Classes"),
    "em-by-step": ("pages/learn/em_by_step.py", "EM by step"),
    "calculators": ("pages/learn/calculators.py", "Quick answers"),
    "theory": ("pages/learn/theory.py", "Theory"),
    "textbook": ("pages/learn/textbook.py", "Textbook check"),
    "tours": ("pages/learn/tours.py", "Tours"),
}

FIRST = "fit"
"""The page that opens the app; its path in the address is empty."""
