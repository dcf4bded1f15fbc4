"""Where upper apps say how what a person objects to is stopped. They fill the list in `AppConfig.ready()`."""

from collections.abc import Callable
from datetime import datetime

from privacy.people import Person

# Stops all direct marketing to a person at once, asked for no reason (art. 21(2) GDPR); whether there was any to stop.
Stopper = Callable[[Person, datetime], bool]
stoppers: list[Stopper] = []
