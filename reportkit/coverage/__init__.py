"""Does a report hold the contents that are asked of its genre?  Genres, checklists, standard tables."""
