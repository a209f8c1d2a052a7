"""Can a label be predicted?"""

from pages.shared import class_panel, frame

frame.question("Can a label be predicted?", "class", "membership", "cross-validation")
class_panel.board()
