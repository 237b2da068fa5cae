"""Who may see which row, by area: one file for concepts that belong together."""
