"""What a document does not state is guessed, with the words the guess rests on."""
