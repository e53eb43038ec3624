"""What keeps Spotter from starting and only its host can mend."""


class StartError(Exception):
    """One line that names the variable and says what to do."""
