"""How much a workout holds."""

LONGEST_TITLE = 100
"""Characters."""

MOST_EXECUTIONS = 50
"""In one workout."""

MOST_SETS = 100
"""In one execution."""
