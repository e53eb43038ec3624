"""Looking back: the list of finished workouts, one of them whole, putting it right, and entering what is past."""
