"""What somebody names (files, folders, archives, manifests, tables) becomes entries."""
