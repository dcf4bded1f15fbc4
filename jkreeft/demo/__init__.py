"""The demo studio: people who do not exist, drawn by code, with clients, orders and staff around them."""
