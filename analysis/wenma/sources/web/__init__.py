"""The documents of a catalogue are fetched, each kept as it came."""
