"""A pack that comes back: its differences, chosen and taken as one step."""
