"""Making an exercise of one's own: its name is typed, its body part and modality are tapped."""
