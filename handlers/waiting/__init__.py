"""Sets that were typed while there was no workout, or no unit, that they could go to: they are kept and offered."""
