"""Articles for as long as one likes, random faults all the while, and a count of what became of each article."""
