"""Articles through the extraction, in this process or in several, always in input order."""
