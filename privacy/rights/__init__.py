"""The rights of the person (art. 15-22 GDPR): states, deadlines, letters, exports, and the pages to use them."""
