"""Paper for printed sheets: page set-up, styles, measures."""
