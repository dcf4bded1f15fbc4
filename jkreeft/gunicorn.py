"""How gunicorn serves the site, in the demo and in production: `gunicorn --config python:jkreeft.gunicorn`.

The number of workers comes from WEB_CONCURRENCY, the address from --bind.
"""

wsgi_app = "jkreeft.wsgi:application"
# Load the site once, before the workers are forked: they share its memory, and a bad configuration stops the start.
preload_app = True
timeout = 60
graceful_timeout = 20
# A worker begins anew now and then, so that a slow leak stays small.
max_requests = 5000
max_requests_jitter = 500
# The control socket would lie in the home directory, shared by every site of this user.
control_socket_disable = True
# Requests are logged by nginx, with shortened addresses (RT23); never twice, and never here with the whole address.
accesslog = None
errorlog = "-"
