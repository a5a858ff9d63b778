"""Commands for what people mark: sheets, appeals, annotated pages."""
