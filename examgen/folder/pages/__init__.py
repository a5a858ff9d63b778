"""Contents of the printed pages: codes, fields, boxes, ink."""
