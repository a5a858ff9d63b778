"""The names of what scanning keeps in an exam folder."""

SCANS = "scans"
ORIGINALS, PAGES, READS, ANSWERS, CROPS = (
    "originals", "pages.jsonl", "reads.jsonl", "answers.json", "crops"
)  # fmt: skip
WAITS = "waits"  # of an answer in `answers.json`: why a person has to look
