"""The four levels of an answer, for whoever only reads figures and need not import the models of rubrics."""

LEVEL_NAMES = ("missing", "mentioned", "solid", "exceptional")
"""The names of levels 0 to 3."""

SOLID = 2
"""The level from which an answer was good enough: it is not asked for again, not practised, shown no stronger one."""
TOP_LEVEL = 3
