"""The mechanisms that a report describes: quotations → nouns → details → the register."""
