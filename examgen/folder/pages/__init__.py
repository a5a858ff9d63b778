"""What is on the printed pages: codes, fields, boxes, ink."""
