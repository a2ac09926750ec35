"""What the grands témoins say on stage: the version they read, their landmarks, the screens they speak from."""
