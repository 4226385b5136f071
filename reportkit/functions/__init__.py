"""What a sentence does: clauses → rules."""
