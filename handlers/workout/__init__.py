"""The open workout: starting, the card, logging the suggestion, the end of a rest, finishing."""
