"""What is behind it?"""

from pages.shared import frame
from pages.shared.theory import showing

frame.question("What is behind it?", "group", "hidden group", "membership", "E step and M step")
frame.answer(
    "A Gaussian mixture says that each row comes from one of K normal groups that nobody has noted down; EM finds "
    "the groups by turns: who belongs where, and where the groups then lie."
)
showing.contents()
showing.sections()
showing.closing()
showing.go_to_asked()
