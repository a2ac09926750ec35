"""What people write in the report themselves: its titles, its introduction, its chapters, their own signed texts."""
