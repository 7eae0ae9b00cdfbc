"""One function over many documents: in this process, or in several."""
