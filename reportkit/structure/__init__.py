"""Clean text → headings, title page, tree, sentences, roles."""
