"""How a mail is shown in a browser, shut off from the site that shows it."""

# A mail brings its own styles and nothing else: no script, no form, no picture from elsewhere, no origin of its own.
MAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "sandbox": ["allow-popups"],
}
