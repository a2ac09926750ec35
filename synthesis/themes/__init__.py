"""Groups notes into themes that keep their identity and obey what people decided."""
