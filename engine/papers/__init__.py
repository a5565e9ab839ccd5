"""Papers: what a case writes as PDF and Word, from templates in Markdown, and the words of any file. All that knows these formats."""

from .paper import Paper, PaperTemplate, fill, read, with_note
from .pdf import to_pdf
from .programs import runs_something
from .reading import Words, words_of
from .stamp import Unstampable, stamp
from .word import to_word

__all__ = [
    "Paper", "PaperTemplate", "Unstampable", "Words", "fill", "read", "runs_something", "stamp", "to_pdf", "to_word", "with_note",
    "words_of",
]  # fmt: skip
