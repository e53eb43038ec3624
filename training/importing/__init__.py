"""Exercises that come and go as a document: reading one, comparing it with the library, loading it, writing one."""
