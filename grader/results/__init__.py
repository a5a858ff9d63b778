"""The results of a class: which verdicts stand, and the files that say so."""
