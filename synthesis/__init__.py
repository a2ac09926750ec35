"""Reads what was said: themes, actors, the graph and the report. Everything here can be thrown away."""
