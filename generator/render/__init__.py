"""Papers, keys, tables and forms as text: what is printed and what students fill in."""

from generator.render.forms import form_header, form_json, form_row
from generator.render.html import paper_html
from generator.render.key import key_tex
from generator.render.latex import paper_tex

__all__ = ["form_header", "form_json", "form_row", "key_tex", "paper_html", "paper_tex"]
