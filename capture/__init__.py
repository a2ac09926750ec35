"""Keeps what was said: the programme, the seats, the notes, and the journal they are written in."""
