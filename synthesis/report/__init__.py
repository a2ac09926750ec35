"""Composes the report once; each format renders it without making another choice."""
