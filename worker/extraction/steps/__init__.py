"""The steps from an article to its events, one file each; a step takes a Document and hands on a fuller one."""
