"""Representations: contrastive losses."""
