"""What people make of actors and themes beyond reading them: the actors' desk, the atlas, the action scenarios."""
