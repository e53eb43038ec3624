"""Timers: countdowns, EMOM and intervals, by command or for the suggested set."""
