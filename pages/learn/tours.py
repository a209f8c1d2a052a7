"""Which story would you like to follow?"""

from pages.shared import frame
from pages.shared.tours import choosing

frame.question("Which story would you like to follow?", "group", "membership")
frame.answer(
    "Each tour leads over the real pages, with one thing to do and one thing to see at a time.",
    note="Your own data and settings come back when you leave it.",
)
choosing.cards()
frame.next_page("pages/learn/em_by_step.py", "Or see how EM finds the groups, step by step")
