"""Papers: what a case writes as a PDF and as a Word file, from templates in Markdown. All that knows those two formats is here."""

from .paper import Paper, PaperTemplate, fill, read, with_note
from .pdf import to_pdf
from .word import to_word

__all__ = ["Paper", "PaperTemplate", "fill", "read", "to_pdf", "to_word", "with_note"]
