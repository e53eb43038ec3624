"""A workout pasted as text: previewed, settled question by question, and logged with one tap."""
