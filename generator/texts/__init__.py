"""The texts of questions: values put in, formulas with brackets where they are needed."""
