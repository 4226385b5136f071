"""Mutations of good files that know the structure of their format: ``mutated(data, seed)`` is always the same for a seed."""
