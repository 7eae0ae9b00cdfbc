"""Numbers in, numbers out: agreement, association, tests, resampling. No DataFrame, no codes."""
