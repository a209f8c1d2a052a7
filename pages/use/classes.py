"""Do the groups tell a label?"""

from pages.shared import class_panel, frame

frame.question("Do the groups tell a label?", "class", "membership", "cross-validation")
class_panel.board()
