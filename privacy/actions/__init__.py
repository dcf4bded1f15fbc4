"""Every write of the privacy engine that a person asks for."""
