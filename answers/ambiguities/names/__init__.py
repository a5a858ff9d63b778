"""Letters and functions: aliases, names without `_`, capitals, products that look like names."""
