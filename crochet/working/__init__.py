"""The tree worked, stitch by stitch, on the row below; what came out, and what would mend it."""
