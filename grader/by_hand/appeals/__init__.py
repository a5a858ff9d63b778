"""Appeals: what students ask about marks is taken in, goes to another person, and is decided."""
