"""Commands for what people mark: sheets, proposals, appeals."""
