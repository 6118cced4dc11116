"""The craft: reads crochet notation, works it stitch by stitch, says whether it adds up. Pure."""
