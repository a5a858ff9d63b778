"""Texts of made-up students besides answers: prose, unreadable text, and poison."""

from __future__ import annotations

PROSE = (
    "Because the gradient vanishes.",
    "The skip connection adds 1 to the derivative, so the product cannot die out.",
    'It is "parameter sharing": one kernel, every position.',
    "First, memory.\nSecond, time; see the drawing.",
    "Ağırlıklar paylaşılır; daha az parametre gerekir.",
    "",
)
# Nothing of this can be read as mathematics, whatever is asked for.
JUNK = ("1 + (", "#@!", "3..5..7", "2 +* 5", "((7]", "see the next page !!", "??? 12 ???")
_DEEP = 5_000
POISON = {
    "call": "__import__('os').system('true')",
    "spreadsheet formula": '=HYPERLINK("http://example.com";"marks")',
    "spreadsheet command": "=cmd|' /C calc'!A0",
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7 * 7 }}",
    "TeX input": r"\input{/etc/passwd}",
    "SQL": "'; DROP TABLE marks; --",
    "path": "../../../../etc/passwd",
    "tower of powers": "9**9**9**9**9",
    "huge exponent": "1e999999999",
    "huge power of a sum": "(x+1)^(10^9)",
    "factorials": "((1000!)!)!",
    "exponentials": "e^(e^(e^(e^10)))",
    "open brackets": "(" * _DEEP,
    "nested roots": "sqrt(" * 400 + "2" + ")" * 400,
    "nested fractions": r"\frac{1}{" * 400,
    "signs": "+" * 900 + "1",
    "many digits": "9" * 60_000,
    "one long word": "x" * 60_000,
    "unseen characters": "\u202e\u0000\x1b[2J\u200b",
}
