"""Where messages are kept: files of JSON Lines, and Parquet."""
