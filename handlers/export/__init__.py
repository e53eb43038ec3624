"""A lifter's own data as a file: asked for, sent, and taken in again."""
