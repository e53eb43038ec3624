"""The library: browsing it, searching in it, and looking at an exercise."""
