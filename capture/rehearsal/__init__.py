"""A whole gathering played at speed before people come: simulated rooms, the real server, and a verdict."""
