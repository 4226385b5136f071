"""Mutations of good files that know the structure of their format: for the tests and for long runs."""
