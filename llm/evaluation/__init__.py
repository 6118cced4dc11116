"""evaluation: how good a model is on wishes that none was trained on, through the loop that ships."""
