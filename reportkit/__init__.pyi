# The public names, grouped by arrow: a name is added here, and nowhere else.
# errors
# report → what it owes
from .coverage.genres import recognize_genre as recognize_genre
from .coverage.specificity import measure_specificity as measure_specificity
from .coverage.standard_tables import check_tables as check_tables
from .coverage.standard_tables import recognize_table as recognize_table
from .coverage.verdicts import check_coverage as check_coverage
from .errors import ExportError as ExportError
from .errors import LexiconError as LexiconError
from .errors import LoadingError as LoadingError
from .errors import ReportkitError as ReportkitError

# text → pieces, report → its sections, sentences, words
from .language.words import count_words as count_words
from .language.words import words as words

# file → report
from .loading.limits import Limits as Limits

# report → what it names
from .mentions.citations import extract_citations as extract_citations
from .mentions.register import extract_mechanisms as extract_mechanisms
from .mentions.register import extract_quotations as extract_quotations

# report → figures, and the evidence for a row
from .metrics import check_metrics as check_metrics
from .metrics import extract_metrics as extract_metrics
from .metrics import extract_rejected as extract_rejected
from .metrics import highlight as highlight

# table → picture
from .plots import Figure as Figure
from .plots import plot_changes as plot_changes
from .plots import plot_coverage as plot_coverage
from .plots import plot_density as plot_density
from .plots import plot_functions as plot_functions
from .plots import plot_levels as plot_levels
from .plots import plot_mechanisms as plot_mechanisms
from .plots import plot_saturation as plot_saturation
from .plots import plot_scores as plot_scores
from .plots import plot_sentence_lengths as plot_sentence_lengths
from .plots import plot_structure as plot_structure
from .plots import plot_words as plot_words
from .reading import extract_repairs as extract_repairs
from .reading import parse as parse
from .reading import read as read
from .report import Report as Report
from .report import Span as Span
from .report import Table as Table

# report → tone, and how far two codings agree
from .sentiment.agreement import agreement as agreement
from .sentiment.outcomes import extract_outcomes as extract_outcomes
from .sentiment.snownlp_score import score_snownlp as score_snownlp
from .sentiment.table import score_sentiment as score_sentiment
from .sentiment.table import summarize_sentiment as summarize_sentiment

# notebooks → pages, and what a class needs
from .site import export as export
from .structure.sentences import extract_sentences as extract_sentences
from .structure.sentences import split_sentences as split_sentences
from .structure.tree import extract_sections as extract_sections
from .teaching.exercises import check_answer as check_answer

__version__: str
