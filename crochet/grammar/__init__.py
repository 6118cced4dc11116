"""The words of one row, read into a tree, and written back."""
