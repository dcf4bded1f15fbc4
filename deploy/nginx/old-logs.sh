#!/bin/sh
# RT23: a web log lives 30 days. The nginx image runs this before its server; it looks again every hour.
while :; do
    find "${LOGS:-/var/log/jkreeft}" -name 'access-*.log' -mtime +29 -delete
    sleep 3600
done &
