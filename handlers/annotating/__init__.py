"""Remarks about sets that are logged: an RPE or a note, by replying or by button."""
