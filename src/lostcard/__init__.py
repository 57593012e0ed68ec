"""Lost a card in Japan: what to do now, where to go, in which order, on which day."""
