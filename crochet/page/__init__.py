"""A pasted text, line by line: what is a row, what is the head of a piece, what is talk."""
