"""Finds who is named in the notes, and draws who is cited with which theme."""
