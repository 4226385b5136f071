"""Structure-aware mutations of each format: ``mutated(data, seed) -> bytes``, always the same for a seed."""
