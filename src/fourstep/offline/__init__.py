"""The brain that needs no model: it interviews from the rubric's own words and grades by its signals. Pure."""
