"""Tone: SnowNLP's own score, and what can be defended instead.

model → snownlp_score, the score as it is; cues → functions, what a sentence does; outcomes, which way a change points; tone,
words that commit, stress, blur or repeat; the table of all that; agreement between coders.  Nothing is imported here, so that
a score needs no more than its models.
"""
