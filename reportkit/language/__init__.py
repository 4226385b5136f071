"""What every rule module needs of written Chinese: characters, numerals, numbering, lines, words, and the word lists."""
