"""What the craft knows: stitches and their symbols, fabric, yarn and its colours."""
