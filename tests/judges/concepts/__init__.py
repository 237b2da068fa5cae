"""The judges' words and rows, by area: one file for concepts that belong together."""
