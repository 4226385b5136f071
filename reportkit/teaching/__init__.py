"""For a class: exercises that check themselves, a working copy of the notebooks, the files that are shipped."""
