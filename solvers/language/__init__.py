"""Language: how texts are decoded, measured, cut into pieces and mapped to vectors."""
