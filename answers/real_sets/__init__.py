"""Conditions on real variables: their solution sets, and points that tell two apart."""
