"""Papers, keys, tables and forms as text: what is printed and what students fill in."""

from generator.render.forms import form_json, form_rows
from generator.render.html import paper_html
from generator.render.latex import key_tex, marker_table_tex, paper_tex

__all__ = ["form_json", "form_rows", "key_tex", "marker_table_tex", "paper_html", "paper_tex"]
