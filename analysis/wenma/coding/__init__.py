"""Rules meet units and leave codings with evidence."""
