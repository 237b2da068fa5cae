"""What `./ketu` does before the environment exists: standard library only."""
