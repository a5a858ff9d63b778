"""The table of what waits, filled in by somebody who knows what the made-up class meant."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from examgen.simulation.scans.stack import INK


def settled(exam: Path, path: Path) -> Path:
    """Fill in the table of what waits and save it."""
    shown = map(json.loads, (exam / "simulated" / INK).read_text(encoding="utf-8").splitlines())
    truth = {(one["file"], str(one["number"])): one for one in shown}
    text = (exam / "scans" / "waiting.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        own = truth[Path(row["source"]).name, row["number"]]
        if not row["answer"]:
            row["typed"] = f"{own['paper']}/{own['page']:02d}"
        elif row["answer"] in own["meant"]:
            typed = own["meant"][row["answer"]]["text"]
            row["typed"], row["is"] = (f"'{typed}", "") if typed.strip() else ("", "blank")
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, rows[0].keys())
        table.writeheader()
        table.writerows(rows)
    return path
